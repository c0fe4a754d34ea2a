import { differences, jobsOf } from './compare';
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
