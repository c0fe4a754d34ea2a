import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  AlertingRule, AlertmanagerServer, DataStorage, IMonitored, MonitoringNamespace, ObjectStorage, PrometheusServer, RecordingRule, RuleGroup, RuleSet,
  Severity, ThanosCompactor, ThanosQuery, ThanosQueryFrontend, ThanosReceive, ThanosRuler, ThanosStore,
} from 'cdk8s-prometheus';
import { queriesByProxy } from '../harness/api-proxy';
import { deployed, synthesize } from '../harness/apps';
import { dashboardsOfApp, queriesFind } from '../harness/dashboards';
import { OF_STORES } from '../harness/empty-queries';
import { eventually } from '../harness/eventually';
import { PrometheusApi } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';
import { INTERVAL, SMALL, SMALL_PROMETHEUS } from '../harness/small';

const NAME = 'e2e-thanos';
const JOBS = ['thanos-compact', 'thanos-query', 'thanos-query-frontend', 'thanos-receive', 'thanos-rule', 'thanos-sidecar', 'thanos-store'];
const prometheus = new PrometheusApi(NAME);
const frontend = new PrometheusApi(NAME, 'frontend', 'http');
const queries = queriesByProxy();

/** Adds flags to the first container of a workload, hidden ones by which blocks are made of minutes instead of hours. */
function addFlags(workload: ApiObject, ...flags: string[]): void {
  workload.addJsonPatch(...flags.map((flag) => JsonPatch.add('/spec/template/spec/containers/0/args/-', `--${flag}`)));
}

function rules(): RuleSet {
  return RuleSet.of(new RuleGroup({
    name: 'pairs',
    rules: [
      new RecordingRule({ record: 'job:up:count', expr: 'count by (job) (up)' }),
      new AlertingRule({ alert: 'Always', expr: 'vector(1)', severity: Severity.WARNING, summary: 'a test', description: 'it fires all the time' }),
    ],
  }));
}

/** All programs of Thanos over a volume that stands in for a bucket, with a pair of Prometheus and an agent. */
function app(chart: Chart): IMonitored[] {
  new MonitoringNamespace(chart, NAME);
  new k8s.KubePersistentVolumeClaim(chart, 'bucket', {
    metadata: { name: 'bucket' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: k8s.Quantity.fromString('1Gi') } } },
  });
  const objectStorage = ObjectStorage.filesystem('bucket');
  const storage = DataStorage.emptyDir();
  const pair = new PrometheusServer(chart, 'prometheus', { ...SMALL_PROMETHEUS, evaluationInterval: INTERVAL, replicas: 2, cluster: 'north', thanos: { objectStorage } });
  addFlags(pair.workload, 'storage.tsdb.min-block-duration=2m', 'storage.tsdb.max-block-duration=20m');
  const store = new ThanosStore(chart, 'store', { ...SMALL, objectStorage });
  addFlags(store.workload, 'sync-block-duration=10s');
  const receive = new ThanosReceive(chart, 'receive', { ...SMALL, replicas: 2, replicationFactor: 2, storage, objectStorage });
  addFlags(receive.workload, 'tsdb.min-block-duration=2m', 'tsdb.max-block-duration=2m');
  const querier = new ThanosQuery(chart, 'query', { ...SMALL, stores: [pair, store, receive] });
  const compactor = new ThanosCompactor(chart, 'compactor', { ...SMALL, objectStorage, storage, mergedReplicaLabels: ['prometheus_replica'] });
  addFlags(compactor.workload, 'consistency-delay=0s', 'wait-interval=30s');
  const alertmanager = new AlertmanagerServer(chart, 'alertmanager');
  const ruler = new ThanosRuler(chart, 'ruler', {
    ...SMALL, query: querier, alertmanagers: [alertmanager], storage, objectStorage, evaluationInterval: INTERVAL, ruleSets: { pairs: rules() },
  });
  querier.addStore(ruler);
  const cached = new ThanosQueryFrontend(chart, 'frontend', { ...SMALL, query: querier });
  const monitored = [store, receive, querier, cached, compactor, ruler];
  pair.monitor(...monitored);
  new PrometheusServer(chart, 'agent', { ...SMALL_PROMETHEUS, agent: true, cluster: 'far', remoteWrites: [receive.remoteWrite] }).monitor(alertmanager);
  return [pair, ...monitored];
}

/** What Query answers through its frontend, as people look at it: now, and over some minutes. */
async function looked(expr: string): Promise<string[]> {
  const to = Math.floor(Date.now() / 1000);
  await frontend.text(`/api/v1/query_range?query=${encodeURIComponent(expr)}&start=${to - 600}&end=${to}&step=10`);
  return (await frontend.query(expr)).map(({ metric, value: [, value] }) => `${JSON.stringify(metric)} ${value}`).sort();
}

describe('the programs of Thanos', () => {
  given(400, async () => {
    await deployed(NAME, () => synthesize(NAME, app));
    await eventually('all of them are scraped', 120, async () => {
      const up = await prometheus.query('up{job=~"thanos-.+"} == 1');
      expect([...new Set(up.map(({ metric }) => metric.job))].sort()).toEqual(JOBS);
    });
  });

  scenario('find each other, and make one series of those of two replicas', 120, async () => {
    await eventually('Query answers with the series of all', 100, async () => {
      expect(await looked('count by (cluster, job) (up{job=~"alertmanager|thanos-sidecar"})')).toEqual([
        '{"cluster":"far","job":"alertmanager"} 2', '{"cluster":"north","job":"thanos-sidecar"} 2',
      ]);
      expect(await looked('job:up:count{job="thanos-sidecar"}')).toEqual([expect.stringMatching(/"ruler":"e2e-thanos\/ruler".* 2$/)]);
    });
  });

  scenario('merge the blocks that both replicas upload', 600, async () => {
    await eventually('the compactor has merged blocks, and the store has them', 580, async () => {
      await looked('up');
      expect(await prometheus.query('sum(thanos_compact_group_compactions_total) > 0')).toHaveLength(1);
      expect(await prometheus.query('thanos_bucket_store_blocks_loaded > 0')).toHaveLength(1);
      expect(await prometheus.query('thanos_compact_halted == 0')).toHaveLength(1);
    });
  });

  scenario('are on dashboards whose queries find series', 300, async () => {
    await looked('up');
    await queriesFind(queries(prometheus), dashboardsOfApp(app, JOBS), 240, OF_STORES);
  });
});
