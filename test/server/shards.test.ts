import { Chart, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { checkConfig, Synthesized, synthesize } from './support';
import { newChart } from '../charts';
import { find, Manifest, nameOf, ofKind } from '../manifests';
import {
  AlertingRule, ApiServerMonitor, BlackboxExporter, CapacityPlan, DataStorage, IMonitored, KubeletMonitor, KubernetesMonitoring, MonitoringBackend,
  NodeExporterDaemonSet, OperatedPrometheus, PrometheusProps, PrometheusServer, PrometheusServerProps, Relabeling, RemoteWrite, RuleGroup, RuleSet,
  ScrapeEndpoint, ScrapeJob,
} from '../../lib';

const storage = DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) });

/** The names of the objects of a kind. */
function names({ objects }: Synthesized, kind: string): string[] {
  return ofKind(objects, kind).map(nameOf).sort();
}

/** The texts of `prometheus.yml`, by shard. */
function configurations({ objects }: Synthesized): string[] {
  return ['prometheus', 'prometheus-shard-1', 'prometheus-shard-2'].flatMap((name) => (
    ofKind(objects, 'ConfigMap').filter((map) => nameOf(map) === `${name}-config`).map(({ data }) => String(data['prometheus.yml']))
  ));
}

/** The relabelings of a job by shard, after promtool has accepted the configuration. */
function relabelings(synthesized: Synthesized, job: string): Manifest[] {
  return configurations(synthesized).map((text) => {
    checkConfig(text);
    return parse(text).scrape_configs.find(({ job_name: name }: Manifest) => name.split('/')[0] === job).relabel_configs;
  });
}

const three = synthesize({ shards: 3, replicas: 2, storage });

test('each has a StatefulSet and a configuration of its own, named as the operator does', () => {
  expect(names(three, 'StatefulSet')).toEqual(['prometheus', 'prometheus-shard-1', 'prometheus-shard-2']);
  expect(names(three, 'ConfigMap')).toEqual(['prometheus-config', 'prometheus-shard-1-config', 'prometheus-shard-2-config']);
  ofKind(three.objects, 'StatefulSet').forEach((set) => {
    expect(set.spec.replicas).toBe(2);
    expect(set.spec.serviceName).toBe('prometheus-replicas');
    expect(set.spec.template.spec.volumes[0].projected.sources[0]).toEqual({ configMap: { name: `${nameOf(set)}-config` } });
  });
});

test('a further one changes no Pod whose resources are given, and no remote write, which would drop what waits', () => {
  const resources = { cpuRequest: Cpu.millis(100), memoryRequest: Size.gibibytes(1), memoryLimit: Size.gibibytes(2) };
  const remoteWrites = [new RemoteWrite({ url: 'https://store.example.com' })];
  const of = (shards: number) => synthesize({ shards, storage, resources, remoteWrites, capacity: CapacityPlan.forSeries({ series: 1_000_000 }) });
  const [two, more] = [of(2), of(3)];
  expect(find(more.objects, 'StatefulSet', 'prometheus')).toEqual(find(two.objects, 'StatefulSet', 'prometheus'));
  expect(more.configuration.remote_write).toEqual(two.configuration.remote_write);
});

test('without volumes of their own they have StatefulSets too, so that each keeps its label', () => {
  expect(names(synthesize({ shards: 2 }), 'StatefulSet')).toEqual(['prometheus', 'prometheus-shard-1']);
  expect(synthesize({ shards: 2 }).configuration.global.external_labels).toEqual({ prometheus: 'monitoring/prometheus', prometheus_replica: '${POD_NAME}' });
});

test('no StatefulSet selects the Pods of another, and Services, budget and spread select those of all', () => {
  const sets = ofKind(three.objects, 'StatefulSet');
  const pods: Manifest[] = sets.map(({ spec }) => spec.template.metadata.labels);
  const carries = (labels: Manifest, selector: Manifest) => Object.entries(selector).every(([label, value]) => labels[label] === value);
  const selected = (selector: Manifest) => pods.flatMap((labels, i) => (carries(labels, selector) ? [i] : []));
  expect(sets.map(({ spec }) => selected(spec.selector.matchLabels))).toEqual([[0], [1], [2]]);
  const ofAll: Manifest[] = [
    ...ofKind(three.objects, 'Service').map(({ spec }) => spec.selector),
    find(three.objects, 'PodDisruptionBudget').spec.selector.matchLabels,
    ...sets.flatMap(({ spec }) => spec.template.spec.topologySpreadConstraints.map(({ labelSelector }: Manifest) => labelSelector.matchLabels)),
  ];
  expect(ofAll).toHaveLength(9);
  expect(ofAll.map(selected)).toEqual(ofAll.map(() => [0, 1, 2]));
});

test('the first is the Prometheus without shards, so that more can be added to it', () => {
  const one = synthesize({ storage });
  const two = synthesize({ storage, shards: 2 });
  const fixed = ({ workload: { spec } }: Synthesized) => [spec.selector, spec.serviceName, spec.volumeClaimTemplates, spec.podManagementPolicy];
  expect(fixed(two)).toEqual(fixed(one));
  expect(two.workload.spec.template.metadata.labels).toEqual({ ...one.workload.spec.template.metadata.labels, prometheus: 'prometheus' });
});

test('a budget lets one of all replicas be evicted', () => {
  expect(find(synthesize({ shards: 2 }).objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  expect(find(synthesize({ shards: 2, replicas: 2, maxUnavailable: 3 }).objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(3);
});

describe('targets', () => {
  const of = (job: ScrapeJob, props: PrometheusServerProps = { shards: 2 }) => (
    relabelings(synthesize(props, (prometheus) => prometheus.addScrapeJob(job)), job.name)
  );
  const hashed = (label: string) => [
    { source_labels: [label, '__tmp_hash'], regex: '(.+);', target_label: '__tmp_hash' },
    { action: 'hashmod', source_labels: ['__tmp_hash'], target_label: '__tmp_hash', modulus: 2 },
  ];
  const kept = (shard: number) => ({ action: 'keep', source_labels: ['__tmp_hash', '__tmp_disable_sharding'], regex: `${shard};|.+;.+` });

  test('are split by their address, after all other relabelings', () => {
    const own = Relabeling.replace({ targetLabel: '__tmp_hash', replacement: 'mine' });
    const [first, second] = of(ScrapeJob.fromNodes({ name: 'nodes', endpoints: [new ScrapeEndpoint({ portNumber: 9100, name: 'm', relabelings: [own] })] }));
    expect(first.slice(-5)).toEqual([
      { target_label: '__tmp_hash', replacement: 'mine' }, { target_label: 'job', replacement: 'nodes' }, ...hashed('__address__'), kept(0),
    ]);
    expect(second).toEqual([...first.slice(0, -1), kept(1)]);
  });

  test('of probes are split by what is probed', () => {
    const prober = new BlackboxExporter(newChart(), 'prober');
    const jobs = [
      ScrapeJob.fromProbes({ name: 'static', prober, module: 'http_2xx', targets: ['http://a.example.com'] }),
      ScrapeJob.fromIngresses({ name: 'ingresses', prober, module: 'http_2xx' }),
    ];
    jobs.forEach((job) => expect(of(job)[1].slice(-3)).toEqual([...hashed('__param_target'), kept(1)]));
  });

  test('of a raw job are split too, whatever it hashes itself', () => {
    const own = { action: 'hashmod', source_labels: ['__address__'], target_label: 'part', modulus: 4 };
    const job = (more: object) => ScrapeJob.raw('raw', { static_configs: [{ targets: ['a:1'] }], ...more });
    expect(of(job({ relabel_configs: [own] }))[1]).toEqual([own, ...hashed('__address__'), kept(1)]);
    expect(of(job({}))[0]).toEqual([...hashed('__address__'), kept(0)]);
  });

  test('are all in one that has no shards', () => {
    expect(JSON.stringify(of(ScrapeJob.fromNodes({ name: 'nodes' }), {}))).not.toContain('hashmod');
  });
});

test('the own job finds the Pods of all', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { shards: 2 });
  prometheus.monitor(new NodeExporterDaemonSet(chart, 'node-exporter', { namespace: 'nodes' }));
  const synthesized = new Synthesized(chart);
  const keep = relabelings(synthesized, 'prometheus')[1][0];
  expect([keep.source_labels[0], keep.regex.split(';')[0]]).toEqual(['__meta_kubernetes_service_label_app_kubernetes_io_name', 'prometheus']);
  expect(find(synthesized.objects, 'Service', 'prometheus').spec.selector).toEqual({ 'app.kubernetes.io/name': 'prometheus', 'prometheus': 'prometheus' });
  const rules = [1, 3, 5].map((number) => `/etc/prometheus/rules/*.rules-${number}.yaml`);
  expect(configurations(synthesized).map((text) => parse(text).rule_files)).toEqual([rules, rules]);
  expect(prometheus.shardWorkloads.map(({ name }) => name)).toEqual(['prometheus-shard-1']);
  expect(prometheus.shardConfigMaps.map(({ name }) => name)).toEqual(['prometheus-shard-1-config']);
});

test('many jobs fill further ConfigMaps of each', () => {
  const synthesized = synthesize({ shards: 2 }, (prometheus) => {
    const targets = Array.from({ length: 800 }, (_, i) => `host-${i}.example.com:9100`.padEnd(100, '0'));
    [1, 2].forEach((i) => prometheus.addScrapeJob(ScrapeJob.raw(`job-${i}`, { static_configs: [{ targets }] })));
    expect(prometheus.scrapeConfigMaps.map(({ name }) => name)).toEqual(['prometheus-scrape-2', 'prometheus-shard-1-scrape-2']);
  });
  const second = find(synthesized.objects, 'StatefulSet', 'prometheus-shard-1').spec.template.spec;
  expect(JSON.stringify(second.volumes)).toContain('"configMap":{"name":"prometheus-shard-1-scrape-2","optional":true}');
  expect(find(synthesized.objects, 'ConfigMap', 'prometheus-shard-1-scrape-2').data['scrape-2.yaml']).toContain('regex: 1;|.+;.+');
});

test.each<[string, (chart: Chart, props: PrometheusProps) => PrometheusServer | OperatedPrometheus]>([
  ['PrometheusServer', (chart, props) => new PrometheusServer(chart, 'prometheus', props)],
  ['OperatedPrometheus', (chart, props) => new OperatedPrometheus(chart, 'prometheus', props)],
])('alerts on the presence of what %s monitors are left out, because a shard has a part of the targets', (_, make) => {
  const of = (props: PrometheusProps) => {
    const chart = newChart();
    const prometheus = make(chart, { selfMonitoring: false, ...props });
    prometheus.monitor(new ApiServerMonitor(chart, 'api-server'));
    const own = { alert: 'OwnGone', expr: 'absent(own)', summary: 's', description: 'd' };
    prometheus.addRules(new RuleGroup({ name: 'own', rules: [new AlertingRule(own)] }));
    const notes = prometheus.node.metadata.map(({ data }): unknown => data).filter((data) => String(data).includes('left out: '));
    return { notes, text: JSON.stringify(Testing.synth(chart)) };
  };
  const [one, two] = [of({}), of({ shards: 2 })];
  const alerts = ({ text }: { readonly text: string }) => ['KubeAPIDown', 'OwnGone', 'KubeAPITerminatedRequests'].filter((name) => text.includes(name));
  expect(alerts(one)).toEqual(['KubeAPIDown', 'OwnGone', 'KubeAPITerminatedRequests']);
  expect(alerts(two)).toEqual(['OwnGone', 'KubeAPITerminatedRequests']);
  expect(one.notes).toEqual([]);
  expect(two.notes).toEqual([
    "'KubeAPIDown' is left out: a target is in one shard, and the others would fire without it; evaluate such rules on the samples of all shards, in a store that they "
    + "write to or in a Prometheus without shards: addRuleSet() takes 'monitoring.rules' of what is monitored",
  ]);
});

test('rules that a shard cannot judge are named, on both backends', () => {
  const rule = (alert: string, expr: string) => new AlertingRule({ alert, expr, summary: 's', description: 'd' });
  const own = new RuleGroup({ name: 'own', rules: [
    rule('Joined', 'up{job="a"} and on (node) up{job="b"}'), rule('JoinedToo', 'up{job="a"} unless on (node) up{job=~"b|c"}'), rule('Gone', 'absent(up{job="a"})'),
    rule('OfOneJob', 'up{job="a"} and on (node) x{job="a"}'), rule('OfAnyJob', 'up{job!="a"} and on (node) up{job="b"}'),
  ] });
  [PrometheusServer, OperatedPrometheus].forEach((Prometheus) => {
    const notes = (props: PrometheusProps) => {
      const chart = newChart();
      const prometheus = new Prometheus(chart, 'prometheus', { selfMonitoring: false, ...props });
      prometheus.monitor(new KubeletMonitor(chart, 'kubelets'));
      prometheus.addRules(own);
      return prometheus.node.metadata.map(({ data }) => String(data)).filter((text) => /joins? |fires? in each/.test(text));
    };
    expect(notes({ shards: 2 })).toEqual([
      expect.stringMatching(/^'KubePersistentVolumeFillingUp' and 'KubePersistentVolumeInodesFillingUp' join the series of several jobs, /),
      "'Joined' and 'JoinedToo' join the series of several jobs, and a shard has those of its own targets only; evaluate such rules on the samples of all "
      + "shards, or keep the targets in all of them by '__tmp_disable_sharding'",
      "'Gone' fires in each shard that lacks the target; evaluate such rules on the samples of all shards, or keep the targets in all of them by '__tmp_disable_sharding'",
    ]);
    expect(notes({})).toEqual([]);
  });
});

test('an alert on presence stays where its targets are in all shards', () => {
  const rule = (alert: string) => new AlertingRule({ alert, expr: `absent(up{job="${alert}"})`, summary: 's', description: 'd' });
  const everywhere = Relabeling.replace({ targetLabel: '__tmp_disable_sharding', replacement: 'true' });
  const thing = (name: string, ...own: Relabeling[]): IMonitored => ({
    monitoring: {
      jobs: [ScrapeJob.fromStaticTargets({ name, targets: ['a:1'], endpoints: [new ScrapeEndpoint({ relabelings: own })] })],
      rules: RuleSet.of(new RuleGroup({ name, rules: [rule(name)] })),
    },
  });
  const { objects } = synthesize({ shards: 2 }, (prometheus) => prometheus.monitor(thing('Everywhere', everywhere), thing('Somewhere')));
  const text = JSON.stringify(objects);
  expect([text.includes('alert: Everywhere'), text.includes('alert: Somewhere')]).toEqual([true, false]);
});

test('the stack names all alerts on presence that are left out', () => {
  const notes = (shards: number, backend: MonitoringBackend) => (
    new KubernetesMonitoring(newChart(), 'monitoring', { backend, prometheus: { shards } }).notes.filter((text) => text.includes('shards'))
  );
  [MonitoringBackend.plain(), MonitoringBackend.operator()].forEach((backend) => {
    expect(notes(1, backend)).toEqual([]);
    const [text, ...others] = notes(2, backend);
    expect(others).toEqual([]);
    ['KubeStateMetricsDown', 'KubeletDown', 'KubeAPIDown', 'CoreDNSDown', 'NodeExporterDown'].forEach((name) => expect(text).toContain(`'${name}'`));
  });
  const app = newChart();
  new KubernetesMonitoring(app, 'monitoring', { prometheus: { shards: 2 } });
  expect(JSON.stringify(Testing.synth(app))).not.toContain('absent(');
});

test('their rules are said to see a part, but for an agent, which has none', () => {
  const notes = (props: PrometheusServerProps) => new PrometheusServer(newChart(), 'prometheus', props).node.metadata.map(({ data }): unknown => data);
  expect(notes({ shards: 2 })).toEqual([expect.stringMatching(/^each shard evaluates the rules on the targets that it scrapes: sums are partial, /)]);
  expect(notes({})).toEqual([]);
  expect(notes({ shards: 2, agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store.example.com' })] }))
    .toEqual([expect.stringMatching(/^the rules of 'test\/prometheus' are left out, because an agent evaluates none/)]);
});

test.each<[string, PrometheusServerProps, string]>([
  ['none', { shards: 0 }, 'test/prometheus: shards: 0 is not a whole number above 0; leave it out for one'],
  ['half of one', { shards: 1.5 }, 'test/prometheus: shards: 1.5 is not a whole number above 0'],
  ['one claim for two', { shards: 2, storage: DataStorage.existingClaim('data') }, "test/prometheus: 2 shards cannot share claim 'data'"],
  ['a name without room for their numbers', { shards: 11, name: 'a'.repeat(44) }, `'${'a'.repeat(44)}' has 44 characters, and a Prometheus with 11 shards has at most 43; give a shorter one`],
  ['a label of the Pods of all', { shards: 2, podLabels: { prometheus: 'mine' } }, "'podLabels' sets 'prometheus' to 'mine', which has to be 'prometheus'; leave it out"],
  ['a label of the Pods of one', { shards: 2, podLabels: { 'app.kubernetes.io/instance': 'prometheus' } }, "which has to be 'prometheus-shard-1'; leave it out"],
  ['a label by which the own job finds the Services', { shards: 2, serviceLabels: { 'app.kubernetes.io/instance': 'mine' } },
    "'serviceLabels' sets 'app.kubernetes.io/instance' to 'mine', which has to be 'prometheus'; leave it out"],
])('%s throws', (_, props, message) => {
  expect(() => new PrometheusServer(newChart(), 'prometheus', props)).toThrow(message);
});

test('the longest name is accepted', () => {
  expect(() => new PrometheusServer(newChart(), 'prometheus', { shards: 11, name: 'a'.repeat(43) })).not.toThrow();
  expect(() => new PrometheusServer(newChart(), 'prometheus', { name: 'a'.repeat(52) })).not.toThrow();
});
