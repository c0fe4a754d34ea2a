import { Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { CapacityPlan, DataStorage, ExistingPrometheus, OperatedPrometheus, PrometheusProps, PrometheusServer, RemoteWrite, ScrapeJob } from '../../lib';
import { newChart } from '../charts';
import { find, ruleFile } from '../manifests';

const DEFAULT = 100_000;

/** The sample limit of a Prometheus of either backend, and its alerts on series with their expressions. */
function limits(props: PrometheusProps, ...jobs: ScrapeJob[]) {
  const [plain, operated] = [newChart(), newChart()];
  [new PrometheusServer(plain, 'prometheus', props), new OperatedPrometheus(operated, 'prometheus', props)].forEach((prometheus) => (
    jobs.forEach((each) => prometheus.addScrapeJob(each))
  ));
  const [files, resources] = [Testing.synth(plain), Testing.synth(operated)];
  const config = parse(find(files, 'ConfigMap', 'prometheus-config').data['prometheus.yml']);
  const { spec } = find(resources, 'Prometheus', 'prometheus');
  expect(spec.sampleLimit).toBe(config.global.sample_limit);
  const { groups } = parse(ruleFile(files, 'prometheus'));
  const rules: Array<{ alert?: string; expr: string }> = groups.flatMap((group: { rules: object[] }) => group.rules);
  const exprOf = (alert: string) => rules.find((rule) => rule.alert === alert)?.expr;
  return {
    limit: config.global.sample_limit,
    near: exprOf('PrometheusTargetNearSampleLimit'),
    budget: exprOf('PrometheusSeriesBudgetExceeded'),
    plan: exprOf('PrometheusSeriesAbovePlan'),
    storage: exprOf('PrometheusStorageFillingUp'),
  };
}

function job(name: string, sampleLimit?: number): ScrapeJob {
  return ScrapeJob.fromStaticTargets({ name, targets: ['a:80'], sampleLimit });
}

const above = (limit: number, matchers = '') => `max_over_time(scrape_samples_post_metric_relabeling${matchers}[5m]) > ${limit}`;

test.each<[string, PrometheusProps, number | undefined]>([
  ['the series that it is planned for by default', {}, DEFAULT],
  ['those that are said', { capacity: CapacityPlan.forSeries({ series: 250_000 }) }, 250_000],
  ['twice the largest target, kube-state-metrics', { capacity: CapacityPlan.forCluster({ nodes: 2, pods: 20_000, containersPerPod: 1 }), shards: 4 }, 2_761_000],
  ['what is given, whatever is planned', { scrapeLimits: { sampleLimit: 5000 }, capacity: CapacityPlan.forSeries({ series: 250_000 }) }, 5000],
  ['none where memory is given, and not what it is for', { resources: { memoryRequest: Size.gibibytes(8) } }, undefined],
  ['none where memory has no limit', { resources: { noMemoryLimit: true } }, undefined],
  ['planned series where memory is given as well', { resources: { memoryRequest: Size.gibibytes(8) }, capacity: CapacityPlan.forSeries({ series: 250_000 }) }, 250_000],
  ['planned series where CPU alone is given', { resources: { cpuRequest: Cpu.units(1) } }, DEFAULT],
])('a scrape may bring %s', (_, props, limit) => {
  const { near, ...all } = limits(props);
  expect(all.limit).toBe(limit);
  expect(near).toBe(limit === undefined ? undefined : above(limit * 0.8));
});

test('a target is compared with the limit of its job', () => {
  const jobs = [job('big.shop', 200_000), job('small', 1000), job('usual')];
  const own = `${above(160_000, '{job="big.shop"}')}\nor\n${above(800, '{job="small"}')}`;
  expect(limits({}, ...jobs).near).toBe(`${above(80_000, '{job!~"big\\\\.shop|small"}')}\nor\n${own}`);
  expect(limits({ resources: { noMemoryLimit: true } }, ...jobs).near).toBe(own);
  expect(limits({ rules: { sampleLimitPercent: 50 } }, job('small', 1000)).near).toContain(above(500, '{job="small"}'));
});

test('budgets follow from the plan, unless they are given', () => {
  const sum = (matchers: string, budget: number) => `sum by (cluster, job) (max_over_time(scrape_samples_post_metric_relabeling${matchers}[2m])) > ${budget}`;
  expect(limits({})).toMatchObject({ budget: sum('', DEFAULT), plan: 'last_over_time(prometheus_tsdb_head_series{job="prometheus"}[2m]) > 150000' });
  expect(limits({ resources: { noMemoryLimit: true } })).toMatchObject({ budget: undefined, plan: undefined });
  expect(limits({ resources: { noMemoryLimit: true }, rules: { seriesBudgets: { shop: 300 } } }).budget).toBe(sum('{job="shop"}', 300));
  expect(limits({ rules: { seriesBudget: 70, seriesBudgets: { shop: 300 } } }).budget).toBe(`${sum('{job!~"shop"}', 70)}\nor\n${sum('{job="shop"}', 300)}`);
});

test('of a Prometheus that is made elsewhere the budgets that are given are judged, and nothing else', () => {
  const existing = new ExistingPrometheus(newChart(), 'prometheus', { service: { namespace: 'monitoring' }, rules: { seriesBudgets: { shop: 300 } } });
  const names = existing.monitoring.rules?.alertNames ?? [];
  expect(names).toContain('PrometheusSeriesBudgetExceeded');
  expect(names.filter((name) => /NearSampleLimit|AbovePlan|StorageFilling|WithoutData/.test(name))).toEqual([]);
});

test.each<[string, PrometheusProps, string | undefined]>([
  ['a claim, whose retention leaves a fifth', { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) }) }, '/ 10737418240 > 90'],
  ['a claim that the retention may fill nearly', { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) }), retentionSize: Size.mebibytes(9216) }, '/ 10737418240 > 95'],
  ['a bounded emptyDir', { storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(4) }) }, '/ 4294967296 > 90'],
  ['a limit of its own', { storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(4) }), rules: { storagePercent: 70 } }, '/ 4294967296 > 70'],
  ['the disk of a node, which node-exporter tells of', {}, undefined],
])('the volume is judged by its size: %s', (_, props, end) => {
  const { storage } = limits(props);
  expect(storage?.endsWith(end ?? '')).toBe(end === undefined ? undefined : true);
});

test('an agent has the limit, and no rules', () => {
  const chart = newChart();
  const remoteWrites = [new RemoteWrite({ url: 'https://store.example.com/write' })];
  new PrometheusServer(chart, 'agent', { agent: true, remoteWrites, capacity: CapacityPlan.forSeries({ series: 9000 }) });
  expect(find(Testing.synth(chart), 'ConfigMap', 'agent-config').data['prometheus.yml']).toContain('sample_limit: 9000');
});
