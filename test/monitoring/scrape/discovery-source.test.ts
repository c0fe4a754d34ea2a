import { Duration, Size } from 'cdk8s';
import { sources } from './sources';
import { secretNamed } from './secrets';
import {
  Authorization, DiscoveryScrapeProps, DiscoverySource, DnsRecordType, OperatedPrometheus, PrometheusServer, Relabeling, ScrapeEndpoint,
  ScrapeJob, TlsClient,
} from '../../../lib';
import { inChart, manifests, newChart } from '../../charts';
import { checkPrometheus, Loose } from '../../manifests';
import { Synthesized } from '../../server/support';

/** The promtool of the tests knows no clouds; `test/parity/sources.test.ts` holds what it does not judge against the operator's own code. */
const JUDGED = ['http', 'file', 'dns', 'dns-srv'];

test.each([['all', sources(secretNamed('shop'))], ['those that promtool judges', sources(secretNamed('shop')).filter(([name]) => JUDGED.includes(name))]] as const)('%s are in the configuration', (of, all) => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { selfMonitoring: false });
  all.forEach(([name, source]) => prometheus.addScrapeJob(ScrapeJob.fromDiscovery({ name, source })));
  const { scrape_configs: jobs } = new Synthesized(chart, 'prometheus').configuration;
  jobs.forEach(({ job_name: job, relabel_configs: _, ...config }: Loose, i: number) => expect([job, config]).toEqual([`${all[i][0]}/metrics`, all[i][2]]));
  if (of !== 'all') {
    expect(checkPrometheus(manifests(chart))).toHaveLength(1);
  }
});

test('a job takes all the props', () => {
  const chart = newChart();
  const source = DiscoverySource.http({ url: 'https://inventory/targets', tls: TlsClient.clusterCa() });
  const props: Required<DiscoveryScrapeProps> = {
    name: 'hosts', source, targetLabels: { env: 'prod' }, sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, keepDroppedTargets: 6,
    bodySizeLimit: Size.mebibytes(1),
    endpoints: [new ScrapeEndpoint({ portNumber: 9100, relabelings: [Relabeling.replace({ sourceLabels: ['__meta_url'], targetLabel: 'list' })] })],
  };
  new PrometheusServer(chart, 'prometheus', { selfMonitoring: false }).addScrapeJob(ScrapeJob.fromDiscovery(props));
  const { configuration, pod } = new Synthesized(chart, 'prometheus');
  const [config] = configuration.scrape_configs;
  expect(config).toMatchObject({
    sample_limit: 1, keep_dropped_targets: 6,
    http_sd_configs: [{ url: 'https://inventory/targets', tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' } }],
  });
  expect(config.relabel_configs.slice(-3)).toEqual([
    { target_label: 'env', replacement: 'prod' }, { source_labels: ['__meta_url'], target_label: 'list' }, { target_label: 'job', replacement: 'hosts' },
  ]);
  expect(JSON.stringify(pod.volumes)).toContain('ca.crt');
  expect(checkPrometheus(manifests(chart))).toHaveLength(1);
});

test.each<[string, () => unknown, string]>([
  ['a URL that is none', () => DiscoverySource.http({ url: 'inventory' }), "DiscoverySource.http('inventory'): url: 'inventory' is not an absolute http or https URL"],
  ['no files', () => DiscoverySource.file({ files: [] }), 'DiscoverySource.file: files: the list is empty; name at least one'],
  ['a file of another kind', () => DiscoverySource.file({ files: ['/etc/targets.txt'] }), "DiscoverySource.file: files: '/etc/targets.txt' is not an absolute path of a .json, .yml or .yaml file"],
  ['no time between two readings', () => DiscoverySource.file({ files: ['/etc/a.json'], refreshInterval: Duration.millis(0) }), 'DiscoverySource.file: refreshInterval (ms): 0 is not a whole number above 0'],
  ['a folder with an asterisk', () => DiscoverySource.file({ files: ['/etc/*/a.json'] }), "'/etc/*/a.json' is not an absolute path"],
  ['an empty name', () => DiscoverySource.dns({ names: [''] }), "DiscoverySource.dns: names[0]: '' is not a name that can be looked up"],
  ['records without a port', () => DiscoverySource.dns({ names: ['a'], type: DnsRecordType.A }), "DiscoverySource.dns: records of type A have no port; give it by 'port'"],
  ['records with a port', () => DiscoverySource.dns({ names: ['a'], port: 1 }), "DiscoverySource.dns: got 'port' with records of type SRV, which have their own"],
  ['a server without a port', () => DiscoverySource.consul({ server: 'consul' }), "DiscoverySource.consul('consul'): server: 'consul' is not host:port"],
  ['a filter without values', () => DiscoverySource.ec2({ filters: [{ name: 'tag:a', values: [] }] }), "DiscoverySource.ec2: values of filter 'tag:a': the list is empty"],
  ['a port that is none', () => DiscoverySource.ec2({ port: 0 }), 'DiscoverySource.ec2: port 0 is not a port number; use 1 to 65535'],
  ['no project', () => DiscoverySource.gce({ project: '', zone: 'a' }), 'DiscoverySource.gce: project is empty; name the project of the instances'],
  ['no zone', () => DiscoverySource.gce({ project: 'a', zone: ' ' }), 'DiscoverySource.gce: zone is empty; name the zone of the instances'],
  ['no subscription', () => DiscoverySource.azure({ subscriptionId: '' }), 'DiscoverySource.azure: subscriptionId is empty; give the id of the subscription'],
  ['a port by name', () => ScrapeJob.fromDiscovery({ name: 'a', source: DiscoverySource.ec2(), endpoints: [new ScrapeEndpoint({ port: 'http' })] }),
    "ScrapeJob 'a': endpoint 'http' names port 'http', and these targets have no named ports; use 'portNumber', or a relabeling"],
  ['a proxy that is not there', () => inChart((chart) => new PrometheusServer(chart, 'p').addScrapeJob(ScrapeJob.fromDiscovery({ name: 'a', source: DiscoverySource.http({ url: 'https://a', proxyFromEnvironment: true }) }))),
    "test/p: scrape job 'a': got 'proxyFromEnvironment', and the environment has no proxy"],
  ['a token that a ScrapeConfig cannot name', () => inChart((chart) => new OperatedPrometheus(chart, 'p').addScrapeJob(ScrapeJob.fromDiscovery({
    name: 'a', source: DiscoverySource.http({ url: 'https://a', authorization: Authorization.serviceAccountToken() }),
  }))), "test/p: scrape job 'a': DiscoverySource.http('https://a'): got the token of the service account, which a ScrapeConfig of the operator cannot name for discovery"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});
