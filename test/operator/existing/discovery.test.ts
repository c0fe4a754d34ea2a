import { Size } from 'cdk8s';
import { monitorsOf, synthesize } from './support';
import { Authorization, ExistingPrometheusProps, KubeletDiscovery, KubeletMonitor, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, TlsClient } from '../../../lib';
import { find, Loose, ofKind } from '../../manifests';

const DIR = '/var/run/secrets/kubernetes.io/serviceaccount';
const CA = { ca: { configMap: { name: 'kube-root-ca.crt', key: 'ca.crt' } } };
const token = { authorization: Authorization.serviceAccountToken() };
const ca = { tls: TlsClient.clusterCa() };

function service(...endpoints: ScrapeEndpointProps[]): ScrapeJob {
  return ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: endpoints.map((one) => new ScrapeEndpoint(one)) });
}

describe('endpoints of a Service are found by EndpointSlices and by Endpoints, whichever the Prometheus reads', () => {
  const relabelings = (endpoint: ScrapeEndpointProps): Loose[] => find(monitorsOf({}, service(endpoint)), 'ServiceMonitor').spec.endpoints[0].relabelings;
  const node = { action: 'labelmap', regex: '__meta_kubernetes_(?:endpoint(?:slice_endpoint)?|pod)_(node)_name' };
  const ofService = {
    action: 'keep', sourceLabels: ['__meta_kubernetes_endpointslice_port_protocol', '__meta_kubernetes_endpoint_port_protocol'], separator: '', regex: '.+',
  };
  const job = { targetLabel: 'job', replacement: 'web', action: 'replace' };

  test('by the name of a port', () => {
    expect(relabelings({ port: 'http' })).toEqual([node, job]);
  });

  test('by its number', () => {
    expect(relabelings({ portNumber: 8080 })).toEqual([
      { action: 'keep', sourceLabels: ['__address__'], regex: '.+:8080' }, ofService, node, { targetLabel: 'endpoint', replacement: '8080', action: 'replace' }, job,
    ]);
  });

  test('by neither', () => {
    expect(relabelings({})).toEqual([ofService, node, {
      sourceLabels: ['__meta_kubernetes_endpointslice_port_name', '__meta_kubernetes_endpoint_port_name'], separator: '', regex: '(.+)', targetLabel: 'endpoint', action: 'replace',
    }, job]);
  });

  test('by a pattern of names', () => {
    const name = { sourceLabels: ['__meta_kubernetes_endpointslice_port_name', '__meta_kubernetes_endpoint_port_name'], separator: '' };
    expect(relabelings({ portPattern: 'm-.+' })).toEqual([
      { action: 'keep', ...name, regex: 'm-.+' }, ofService, node, { ...name, regex: '(.+)', targetLabel: 'endpoint', action: 'replace' }, job,
    ]);
  });
});

test('probes of Services are spread over shards by what is probed, as long as there may be several', () => {
  const prober = { proberAddress: 'a:9115', proberScheme: 'http', proberPath: '/probe', checkModule: () => undefined } as never;
  const job = ScrapeJob.fromProbes({ name: 'web', prober, module: 'a', labels: { app: 'web' } });
  const spread = (props: ExistingPrometheusProps) => JSON.stringify(monitorsOf(props, job)).includes('__tmp_hash');
  expect([spread({}), spread({ shards: 2 }), spread({ shards: 1 })]).toEqual([true, true, false]);
});

describe('targets whose addresses are given have the namespace of the objects', () => {
  const prober = { proberAddress: 'a:9115', proberScheme: 'http', proberPath: '/probe', checkModule: () => undefined } as never;
  const page = { name: 'page', prober, module: 'a', targets: ['https://shop.example.com'] };
  const labels = (job: ScrapeJob) => monitorsOf({}, job).map(({ spec }) => (spec.targets?.staticConfig ?? spec.staticConfigs[0]).labels);

  test.each<[string, (own: object) => ScrapeJob]>([
    ['in a Probe', (own) => ScrapeJob.fromProbes({ ...page, ...own })],
    ['in a ScrapeConfig of probes', (own) => ScrapeJob.fromProbes({ ...page, bodySizeLimit: Size.mebibytes(1), ...own })],
    ['in a ScrapeConfig', (own) => ScrapeJob.fromStaticTargets({ name: 'db', targets: ['db:9104'], ...own })],
  ])('%s, unless they have their own', (_, job) => {
    expect(labels(job({}))).toEqual([{ namespace: 'shop' }]);
    expect(labels(job({ targetLabels: { team: 'web' } }))).toEqual([{ namespace: 'shop', team: 'web' }]);
    expect(labels(job({ targetLabels: { namespace: 'bank' } }))).toEqual([{ namespace: 'bank' }]);
  });
});

describe('files of the service account', () => {
  const clientOf = ({ tlsConfig, bearerTokenFile, authorization }: Loose) => ({ tlsConfig, bearerTokenFile, authorization });
  const endpoints = (props: ExistingPrometheusProps, ...given: ScrapeEndpointProps[]) => (
    ofKind(monitorsOf(props, service(...given.map((one, i) => ({ port: 'http', name: `e${i}`, path: `/${i}`, ...one })))), 'ServiceMonitor')
      .map(({ spec }) => [spec.scrapeClass, spec.endpoints.map(clientOf)])
  );

  test('are the ConfigMap of the namespace for the cluster\'s authority, and in a ServiceMonitor the file of the token', () => {
    expect(endpoints({}, {}, ca, { ...ca, ...token }, { tls: TlsClient.insecureSkipVerify(), ...token })).toEqual([[undefined, [
      {}, { tlsConfig: CA }, { tlsConfig: CA, bearerTokenFile: `${DIR}/token` }, { tlsConfig: { insecureSkipVerify: true }, bearerTokenFile: `${DIR}/token` },
    ]]]);
  });

  test('are named by the scrape class for the token, and for that alone', () => {
    expect(endpoints({ scrapeClass: 'account' }, ca, { ...ca, ...token })).toEqual([[undefined, [{ tlsConfig: CA }]], ['account', [{ tlsConfig: CA }]]]);
  });

  test('need a scrape class where the kind has no field for the token', () => {
    const pods = ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', ...token })] });
    const nodes = ScrapeJob.fromNodes({ name: 'web', endpoints: [new ScrapeEndpoint({ portNumber: 10250, name: 'a', ...ca, ...token })] });
    const message = (endpoint: string, kind: string) => `shop/prometheus: scrape job 'web', endpoint '${endpoint}': it is scraped by the token of the service account, `
      + `which ${kind} gets by a scrape class alone; name by 'scrapeClass' a class of the Prometheus resource with authorization.credentialsFile '${DIR}/token'`;
    expect(() => monitorsOf({}, pods)).toThrow(message('http', 'a PodMonitor'));
    expect(() => monitorsOf({}, nodes)).toThrow(message('a', 'a ScrapeConfig'));
    expect(find(monitorsOf({ scrapeClass: 'account' }, pods), 'PodMonitor').spec.scrapeClass).toBe('account');
    expect(find(monitorsOf({ scrapeClass: 'account' }, nodes), 'ScrapeConfig').spec).toMatchObject({ scrapeClass: 'account', tlsConfig: CA });
  });
});

test('kubelets are found through the Service that the operator keeps, or through the nodes', () => {
  const made = (props: ExistingPrometheusProps, discovery?: KubeletDiscovery) => (
    synthesize(props, (prometheus, chart) => prometheus.monitor(new KubeletMonitor(chart, 'kubelet', { discovery })))
  );
  const { spec } = find(made({}), 'ServiceMonitor');
  expect(spec.endpoints.map(({ port, bearerTokenFile, tlsConfig }: Loose) => [port, bearerTokenFile, tlsConfig])).toEqual(
    Array.from({ length: 3 }, () => ['https-metrics', `${DIR}/token`, CA]),
  );
  expect(find(made({}, KubeletDiscovery.service('ops')), 'ServiceMonitor').spec.namespaceSelector).toEqual({ matchNames: ['ops'] });
  expect(ofKind(made({ scrapeClass: 'account' }, KubeletDiscovery.nodes()), 'ScrapeConfig').map((object) => object.spec.scrapeClass)).toEqual(['account', 'account', 'account']);
});
