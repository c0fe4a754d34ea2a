import { clashes, differences, jobsOf } from './compare';
import { Fill, operated, plain } from './backends';
import { MetricSelection, Relabeling, RuleSet, ScrapeEndpoint, ScrapeJob } from '../../lib';

const utf8: Fill = ({ prometheus }) => {
  prometheus.addScrapeJob(ScrapeJob.fromService({
    name: 'shop', labels: { tier: 'web' }, namespaces: ['shop'],
    endpoints: [new ScrapeEndpoint({
      port: 'http', metrics: MetricSelection.dropByLabels({ 'service.name': 'x' }),
      relabelings: [
        Relabeling.replace({ sourceLabels: ['namespace'], targetLabel: 'k8s.namespace.name' }),
        Relabeling.uppercase(['k8s.namespace.name'], 'größe "a b"'),
      ],
    })],
  }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'static', targets: ['a.example.com:1'], targetLabels: { 'service.name': 'a' } }));
  prometheus.addRuleSet(RuleSet.fromText('groups: [{name: g, rules: [{record: "http.requests:sum", expr: \'sum({"http.requests"})\', labels: {service.name: x}}]}]'));
};

test('names of labels and metrics in UTF-8 reach Prometheus on both backends', () => {
  const [one, other] = [plain({ selfMonitoring: false }, utf8), operated({ selfMonitoring: false }, utf8)];
  expect(other.configured.ignored).toEqual([]);
  expect(jobsOf(one.targets)).toEqual(['shop', 'static']);
  expect(one.targets[0].labels).toMatchObject({ 'k8s.namespace.name': 'shop', 'größe "a b"': 'SHOP' });
  expect(differences(one.targets, other.targets)).toEqual([]);
  expect(other.groups).toEqual(one.groups);
});

const NAMES = ['integrations/node_exporter', 'Linux Servers', 'job_', 'a:b', 'überwachung', '日本', '_x', 'a (b) + c, d'];

const named: Fill = ({ prometheus }) => NAMES.forEach((name, i) => {
  prometheus.addScrapeJob(i % 2 === 0
    ? ScrapeJob.fromService({ name, labels: { tier: 'web' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http' }), new ScrapeEndpoint({ port: 'admin' })] })
    : ScrapeJob.fromPods({ name, labels: { tier: 'web' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http' })] }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: `${name}/static`, targets: [`${i}.example.com:1`] }));
  prometheus.addScrapeJob(ScrapeJob.raw(`${name}/raw`, { static_configs: [{ targets: [`${i}.example.com:2`] }] }));
});

test('jobs have any names, from which objects have theirs', () => {
  const [one, other] = [plain({ selfMonitoring: false }, named), operated({ selfMonitoring: false }, named)];
  expect(other.configured.ignored).toEqual([]);
  expect(jobsOf(one.targets)).toEqual(NAMES.flatMap((name) => [name, `${name}/raw`, `${name}/static`]).sort());
  expect(clashes(one.targets)).toEqual([]);
  expect(differences(one.targets, other.targets)).toEqual([]);
});

const groups: Fill = ({ prometheus }) => {
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({
    name: 'windows',
    targets: ['w0.example.com:9182'],
    targetLabels: { env: 'test', rack: 'r1' },
    groups: [
      { targets: ['w1.example.com:9182', 'w2.example.com:9182'], labels: { env: 'prod' } },
      { targets: ['192.0.2.1:9182'], labels: { env: 'dev', instance: 'router-1' } },
      { targets: ['[2001:db8::1]:9182'], labels: { 'data.center': 'north' } },
    ],
  }));
};

test('groups of static targets have labels of their own in one job', () => {
  const [one, other] = [plain({ selfMonitoring: false }, groups), operated({ selfMonitoring: false }, groups)];
  expect(one.targets.map(({ url, labels: { instance, env, rack } }) => [url, instance, env, rack]).sort()).toEqual([
    ['http://192.0.2.1:9182/metrics', 'router-1', 'dev', 'r1'],
    ['http://[2001:db8::1]:9182/metrics', '[2001:db8::1]:9182', 'test', 'r1'],
    ['http://w0.example.com:9182/metrics', 'w0.example.com:9182', 'test', 'r1'],
    ['http://w1.example.com:9182/metrics', 'w1.example.com:9182', 'prod', 'r1'],
    ['http://w2.example.com:9182/metrics', 'w2.example.com:9182', 'prod', 'r1'],
  ]);
  expect(differences(one.targets, other.targets)).toEqual([]);
});
