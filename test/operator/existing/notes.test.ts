import { existing } from './support';
import {
  AlertingRule, Authorization, ExistingPrometheusProps, KubeletMonitor, ObjectSelector, RecordingRule, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeJob,
} from '../../../lib';
import { inChart } from '../../charts';

const endpoints = [new ScrapeEndpoint({ port: 'http' })];
const jobs = {
  service: ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'], endpoints }),
  pods: ScrapeJob.fromPods({ name: 'pods', labels: { app: 'web' }, namespaces: ['shop'], endpoints }),
  static: ScrapeJob.fromStaticTargets({ name: 'db', targets: ['a:1'] }),
};

describe('say which selectors have to match', () => {
  const selectorsIn = (notes: readonly string[]) => notes.filter((text) => text.includes('kubectl get'));
  const selection = (props: ExistingPrometheusProps, ...made: ScrapeJob[]) => {
    const prometheus = existing(props);
    made.forEach((job) => prometheus.addScrapeJob(job));
    return selectorsIn(prometheus.notes);
  };

  test('of the kinds that are made', () => {
    expect(selection({})).toEqual([]);
    expect(selection({}, jobs.service)).toEqual([
      'serviceMonitorSelector of the Prometheus has to match objects with the labels release=kps, and the namespace selector beside it '
      + "the namespace 'shop'; kubectl get prometheus -A -o yaml shows them",
    ]);
    const prometheus = existing();
    [jobs.service, jobs.pods, jobs.static].forEach((job) => prometheus.addScrapeJob(job));
    prometheus.addRules(new RuleGroup({ name: 'shop', rules: [new RecordingRule({ record: 'shop:up:sum', expr: 'sum(up)' })] }));
    expect(selectorsIn(prometheus.notes)).toEqual([
      'serviceMonitorSelector, podMonitorSelector, scrapeConfigSelector, ruleSelector of the Prometheus have to match objects with the labels release=kps, '
      + "and the namespace selectors beside them the namespace 'shop'; kubectl get prometheus -A -o yaml shows them",
    ]);
  });

  test('by the labels that all objects have, where the app chooses none', () => {
    expect(selection({ labels: {} }, jobs.static)[0])
      .toMatch('has to match objects with the labels app.kubernetes.io/part-of=monitoring, app.kubernetes.io/managed-by=cdk8s, and');
  });

  test('in the resource of an agent', () => {
    expect(selection({ agent: true }, jobs.static)[0]).toMatch(/^scrapeConfigSelector of the Prometheus has .* kubectl get prometheusagent -A/);
  });

  test('but none that are known', () => {
    const known = ObjectSelector.all();
    expect(selection({ selectors: { serviceMonitors: known } }, jobs.service, jobs.pods)[0]).toMatch(/^podMonitorSelector of/);
    expect(selection({ selectors: { others: known } }, jobs.service, jobs.pods)).toEqual([]);
  });
});

test('name all things whose rules an agent leaves out in one text', () => {
  const prometheus = existing({ agent: true, selectors: { others: ObjectSelector.all() } });
  ['a', 'b'].forEach((name) => prometheus.monitor({ monitoring: {
    rules: RuleSet.of(new RuleGroup({ name, rules: [new RecordingRule({ record: `${name}:up:sum`, expr: 'sum(up)' })] })),
  } }));
  expect(prometheus.notes).toEqual([
    "the rules of 'a', 'b' are left out, because an agent evaluates none; add them to a Prometheus that has its samples: addRuleSet() takes 'monitoring.rules'",
  ]);
});

test('say what the Prometheus has to be allowed, once for all jobs that need it', () => {
  const prometheus = existing({ selectors: { others: ObjectSelector.all() } });
  ['a', 'b'].forEach((name) => prometheus.addScrapeJob(ScrapeJob.fromService({ name, labels: { app: name }, namespaces: ['shop'], endpoints })));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'a' }, namespaces: ['shop', 'bank'], endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromAnnotatedServices());
  prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'db', targets: ['a:1'] }));
  expect(prometheus.notes).toEqual([
    "in namespace 'shop': list and watch endpoints or endpointslices.discovery.k8s.io",
    'across the cluster: list and watch endpointslices.discovery.k8s.io, nodes, pods, services',
  ].map((text) => `the service account of the Prometheus needs, ${text}`));
});

test('say it by namespace where none is needed across the cluster', () => {
  const prometheus = existing({ selectors: { others: ObjectSelector.all() } });
  const pods = (name: string, ...namespaces: string[]) => prometheus.addScrapeJob(ScrapeJob.fromPods({ name, labels: { app: 'a' }, namespaces, endpoints }));
  pods('a', 'shop', 'bank');
  pods('b', 'bank');
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'c', labels: { app: 'c' }, namespaces: ['cart'], endpoints }));
  expect(prometheus.notes).toEqual([
    "in namespaces 'shop' and 'bank': list and watch pods",
    "in namespace 'cart': list and watch endpoints or endpointslices.discovery.k8s.io, pods, services",
  ].map((text) => `the service account of the Prometheus needs, ${text}`));
});

test('say how it gets its token', () => {
  const kubelet = inChart((chart) => new KubeletMonitor(chart, 'kubelet'));
  const notes = (scrapeClass?: string) => {
    const prometheus = existing({ selectors: { others: ObjectSelector.all() }, scrapeClass });
    prometheus.monitor(kubelet);
    return prometheus.notes;
  };
  expect(notes()).toEqual([
    "ServiceMonitors name the file of its token, which a Prometheus with arbitraryFSAccessThroughSMs.deny refuses; name a scrape class by 'scrapeClass' there",
    expect.stringContaining("in namespace 'kube-system'"),
    'the service account of the Prometheus needs, across the cluster: get nodes/metrics',
  ]);
  expect(notes('account')[0]).toBe("the Prometheus has to have a scrape class 'account' with authorization.credentialsFile, or the operator rejects the monitors that name it");
});

test('say which paths the API server has to allow', () => {
  const prometheus = existing({ selectors: { others: ObjectSelector.all() } });
  prometheus.addScrapeJob(ScrapeJob.fromService({
    name: 'api', labels: { app: 'a' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http', authorization: Authorization.serviceAccountToken() })],
  }));
  expect(prometheus.notes).toContain('the service account of the Prometheus needs, across the cluster: get /metrics');
});

test('say which alerts of the app no AlertmanagerConfig gets', () => {
  const alert = (name: string, expr: string, labels = {}) => new AlertingRule({ alert: name, expr, labels, summary: 's', description: 'd' });
  const notes = (...rules: AlertingRule[]) => {
    const prometheus = existing({ selectors: { others: ObjectSelector.all() } });
    prometheus.addRules(new RuleGroup({ name: 'shop', rules }));
    return prometheus.notes;
  };
  expect(notes(alert('Silent', 'sum(rate(a[5m])) == 0'), alert('Fine', 'a == 0'), alert('Gone', 'absent(a)'), alert('Set', 'absent(a)', { namespace: 'shop' }))).toEqual([
    "alerts 'Silent' and 'Gone' without a label 'namespace': an AlertmanagerConfig gets those of its namespace alone, unless the Alertmanager sets "
    + "alertmanagerConfigMatcherStrategy; keep the label, as in sum by (namespace) (…), or set it by labels: { namespace: 'shop' }",
  ]);
  expect(notes(alert('Silent', 'sum by (namespace) (rate(a[5m])) == 0'))).toEqual([]);
  const prometheus = existing({ selectors: { others: ObjectSelector.all() } });
  prometheus.addRuleSet(RuleSet.of(new RuleGroup({ name: 'shop', rules: [alert('Silent', 'sum(a)')] })));
  expect(prometheus.notes).toEqual([expect.stringMatching(/^alert 'Silent' without a label 'namespace': /)]);
});

test('say which alerts are left out where the Prometheus has shards', () => {
  const kubelet = inChart((chart) => new KubeletMonitor(chart, 'kubelet'));
  const notes = (shards?: number) => {
    const prometheus = existing({ shards });
    prometheus.monitor(kubelet);
    return prometheus.notes.filter((text) => text.startsWith("'KubeletDown' is left out: a target is in one shard"));
  };
  expect([notes().length, notes(1).length, notes(2).length]).toEqual([0, 0, 1]);
});

test('are information on the construct, too', () => {
  const prometheus = existing();
  prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
  expect(prometheus.node.metadata.map(({ type, data }) => [type, data])).toEqual(prometheus.notes.map((text) => ['info', text]));
});
