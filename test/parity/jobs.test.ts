import { Pods, Service } from 'cdk8s-plus-27';
import { Backend, Fill, operated, OperatedBackend, plain } from './backends';
import { clashes, differences, jobsOf } from './compare';
import { asClients, everyJob } from './jobs';
import { Relabeling, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { secretNamed } from '../monitoring/scrape/secrets';

const fill: Fill = ({ prometheus, secret }) => everyJob(secret).forEach((job) => prometheus.addScrapeJob(job));
const names = everyJob(secretNamed('shop')).map(({ name }) => name).sort();

let one: Backend;
let other: OperatedBackend;

beforeAll(() => {
  one = plain({ selfMonitoring: false }, fill);
  other = operated({ selfMonitoring: false }, fill);
});

test('every job has targets with both backends, and no two targets of one have the same labels', () => {
  expect(jobsOf(one.targets)).toEqual(names);
  expect(jobsOf(other.targets)).toEqual(names);
  expect([...clashes(one.targets), ...clashes(other.targets)]).toEqual([]);
});

test('the Prometheus of the operator selects all resources that are made for it', () => {
  expect(other.configured.ignored).toEqual([]);
});

test.each(names)('%s', (name) => {
  const ofJob = ({ targets }: Backend) => targets.filter(({ labels }) => labels.job === name);
  expect(differences(ofJob(one), ofJob(other))).toEqual([]);
});

test('a Service and Pods of the chart are found as such, whatever else has their labels', () => {
  const ofChart: Fill = ({ prometheus, chart }) => {
    const pods = Pods.select(chart, 'pods', { labels: { app: 'till' } });
    const service = new Service(chart, 'service', { metadata: { name: 'till' }, selector: pods, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const twin = { metadata: { name: 'twin' }, selector: pods, ports: [{ name: 'http', port: 81, targetPort: 8080 }] };
    new Service(chart, 'twin', twin);
    prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'service', service, endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', pods, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] }));
  };
  const [found, foundToo] = [plain({ selfMonitoring: false }, ofChart), operated({ selfMonitoring: false }, ofChart)];
  expect(found.targets.map(({ labels: { job, service } }) => [job, service])).toEqual([['service', 'till'], ['pods', undefined]]);
  expect(differences(found.targets, foundToo.targets)).toEqual([]);
});

test('a sidecar that is an init container is a target by the name of its port, and no init container is one by default', () => {
  const sidecar: Fill = ({ prometheus }) => {
    const pods = { labels: { tier: 'web' }, namespaces: ['shop'] };
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'named', ...pods, endpoints: [new ScrapeEndpoint({ port: 'proxy' })] }));
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pattern', ...pods, endpoints: [new ScrapeEndpoint({ portPattern: 'prox.' })] }));
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'all', ...pods }));
  };
  const [found, foundToo] = [plain({ selfMonitoring: false }, sidecar), operated({ selfMonitoring: false }, sidecar)];
  const containers = (job: string) => new Set(found.targets.filter(({ labels }) => labels.job === job).map(({ labels }) => labels.container));
  expect(['named', 'pattern'].map(containers)).toEqual([new Set(['proxy']), new Set(['proxy'])]);
  expect(containers('all')).not.toContain('proxy');
  expect(differences(found.targets, foundToo.targets)).toEqual([]);
});

test('the label job comes from a label of the Service or the Pod', () => {
  const labelled: Fill = ({ prometheus }) => {
    const options = { namespaces: ['shop'], jobLabel: 'team', endpoints: [new ScrapeEndpoint({ port: 'http' })] };
    prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'services', labels: { tier: 'web' }, ...options }));
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'shop' }, ...options }));
    prometheus.addScrapeJob(ScrapeJob.fromAnnotatedServices({ name: 'annotated', namespaces: ['shop'], jobLabel: 'team' }));
  };
  const [found, foundToo] = [plain({ selfMonitoring: false }, labelled), operated({ selfMonitoring: false }, labelled)];
  expect(jobsOf(found.targets)).toEqual(['cart', 'pods', 'stock']);
  expect(differences(found.targets, foundToo.targets)).toEqual([]);
});

test('endpoints of a job that no resource has fields for read the same files', () => {
  const ofTeam: Fill = ({ prometheus, secret }) => {
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'clients', labels: { app: 'shop' }, endpoints: asClients(secret, { port: 'http' }), namespaceLabels: { team: 'cart' } }));
  };
  const [found, foundToo] = [plain({ selfMonitoring: false }, ofTeam), operated({ selfMonitoring: false }, ofTeam)];
  expect(found.targets.length).toBeGreaterThan(10);
  expect(differences(found.targets, foundToo.targets)).toEqual([]);
});

describe('two shards', () => {
  const props = { selfMonitoring: false, shards: 2 };

  test('have each target once, whatever resource it is from, and the same ones with both backends', () => {
    const [plainly, byOperator] = [plain(props, fill), operated(props, fill)].map(({ ofShard }) => [ofShard(0), ofShard(1)]);
    expect(plainly.map(({ length }) => length)).not.toContain(0);
    expect(plainly[0].length + plainly[1].length).toBe(one.targets.length);
    // Each has the limit on samples that follows from its part of the series.
    expect(differences(one.targets, plainly.flat()).filter((line) => !line.endsWith('settings.sample_limit: 100000 | 60000'))).toEqual([]);
    expect(plainly.flatMap((ofShard, shard) => differences(ofShard, byOperator[shard]))).toEqual([]);
  });

  test('have a target both, or by another label, as a relabeling says', () => {
    const everywhere = Relabeling.replace({ targetLabel: '__tmp_disable_sharding', replacement: 'true' });
    const together = Relabeling.replace({ targetLabel: '__tmp_hash', replacement: 'shop' });
    const both: Fill = ({ prometheus }) => [everywhere, together].forEach((relabeling, i) => prometheus.addScrapeJob(ScrapeJob.fromPods({
      name: `shop-${i}`, labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ port: 'http', relabelings: [relabeling] })],
    })));
    const shards = [plain(props, both), operated(props, both)].map(({ ofShard }) => [ofShard(0), ofShard(1)]);
    expect(shards[0].flatMap((ofShard, shard) => differences(ofShard, shards[1][shard]))).toEqual([]);
    const [first, second] = shards[0].map((targets) => targets.map(({ labels: { job } }) => job));
    const inBoth = (jobs: string[]) => jobs.filter((job) => job === 'shop-0');
    expect(inBoth(first)).not.toEqual([]);
    expect(inBoth(second)).toEqual(inBoth(first));
    expect([first, second].filter((jobs) => jobs.includes('shop-1'))).toHaveLength(1);
  });

  test('are monitored both, by both backends', () => {
    const itself = (backend: Backend) => [0, 1].flatMap((shard) => backend.ofShard(shard))
      .map(({ labels: { job, endpoint, pod } }) => `${job} ${endpoint} ${pod.replace('prometheus-prometheus', 'prometheus')}`).sort();
    const pods = ['prometheus-0', 'prometheus-shard-1-0'];
    const expected = ['reloader-web', 'web'].flatMap((endpoint) => pods.map((pod) => `prometheus ${endpoint} ${pod}`));
    expect(itself(plain({ shards: 2 }, () => undefined))).toEqual(expected);
    expect(itself(operated({ shards: 2 }, () => undefined))).toEqual(expected);
  });
});
