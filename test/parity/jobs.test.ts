import { Pods, Service } from 'cdk8s-plus-27';
import { Backend, Fill, operated, OperatedBackend, plain } from './backends';
import { clashes, differences, jobsOf } from './compare';
import { everyJob } from './jobs';
import { ScrapeEndpoint, ScrapeJob } from '../../lib';
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

test('two shards have each target once, whatever resource it is from', () => {
  const { ofShard } = operated({ selfMonitoring: false, shards: 2 }, fill);
  const [first, second] = [ofShard(0), ofShard(1)];
  expect([first.length, second.length]).not.toContain(0);
  expect(first.length + second.length).toBe(one.targets.length);
  expect(differences(one.targets, [...first, ...second])).toEqual([]);
});
