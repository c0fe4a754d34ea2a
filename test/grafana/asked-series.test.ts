import { Chart } from 'cdk8s';
import { thing } from './support';
import { DataSource, Grafana, IMonitored, KubeletMonitor, NodeExporterDaemonSet, PrometheusServer, PrometheusServerProps, RecordingRules, ScrapeJob, SecretKey } from '../../lib';
import { newChart } from '../charts';

/** A Grafana of a Prometheus that scrapes nodes. */
function shown(props: PrometheusServerProps = {}): { chart: Chart; prometheus: PrometheusServer; nodes: IMonitored; grafana: Grafana } {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', props);
  const nodes = new NodeExporterDaemonSet(chart, 'nodes');
  prometheus.monitor(nodes);
  const grafana = new Grafana(chart, 'grafana', { prometheus, adminPassword: SecretKey.fromSecretName(chart, 'admin', 'password') });
  return { chart, prometheus, nodes, grafana };
}

const asking = (...exprs: string[]) => thing('shop', 'Shop', undefined, exprs.map((expr, i) => ({
  id: i + 1, type: 'timeseries', title: `Panel ${i + 1}`, datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr }],
})));

describe('dashboards of a component that is not scraped', () => {
  const problem = "dashboard 'grafana' would be empty: scrape job 'grafana' is none of 'test/prometheus'; give what they show to monitor() of 'test/prometheus' too, or do not show it";

  test('are a problem, until it is', () => {
    const { prometheus, nodes, grafana } = shown();
    grafana.show(grafana, nodes);
    expect(grafana.node.validate()).toEqual([problem]);
    prometheus.monitor(grafana);
    expect(grafana.node.validate()).toEqual([]);
  });

  test('are none where other series may be', () => {
    const received = shown({ remoteWriteReceiver: true }).grafana;
    const raw = shown();
    raw.prometheus.addScrapeJob(ScrapeJob.raw('other', { static_configs: [{ targets: ['other:9090'] }], honor_labels: true }));
    const second = shown().grafana;
    second.addDataSource(DataSource.of({ name: 'Thanos', type: 'prometheus', url: 'http://thanos:9090' }));
    for (const grafana of [received, raw.grafana, second]) {
      grafana.show(grafana);
      expect(grafana.node.validate()).toEqual([]);
    }
  });
});

describe('notes on dashboards of the app', () => {
  const notesOn = (things: IMonitored, props = {}) => {
    const { grafana } = shown(props);
    grafana.show(things);
    expect(grafana.node.validate()).toEqual([]);
    return grafana.notes;
  };

  test('name series that are recorded only by all rules', () => {
    const asked = asking('instance:node_cpu_utilisation:rate5m', 'up');
    expect(notesOn(asked)).toEqual([
      "dashboard 'shop': instance:node_cpu_utilisation:rate5m is recorded by no rule of 'test/prometheus'; give the Prometheus 'recordingRules: RecordingRules.COMMUNITY'",
    ]);
    expect(notesOn(asked, { recordingRules: RecordingRules.COMMUNITY })).toEqual([]);
  });

  test('name series that nothing records', () => {
    expect(notesOn(asking('shop:orders:rate5m', 'instance:node_cpu_utilization:rate5m'))).toEqual([
      "dashboard 'shop': shop:orders:rate5m is recorded by no rule of 'test/prometheus'; add a rule that records it",
      "dashboard 'shop': instance:node_cpu_utilization:rate5m is recorded by no rule of 'test/prometheus'; write 'instance:node_cpu_utilisation:rate5m', or add a rule that records it",
    ]);
  });

  test('name series that a component drops unless told otherwise', () => {
    const { chart, prometheus, grafana } = shown();
    prometheus.monitor(new KubeletMonitor(chart, 'kubelets'));
    grafana.show(asking('sum(container_tasks_state)', 'sum(container_memory_working_set_bytes)', 'sum(orders)'));
    expect(grafana.notes).toEqual([
      "dashboard 'shop': scrape job 'kubelet' drops container_tasks_state; let its 'cadvisorMetrics' keep it, or name the job that it comes from as in container_tasks_state{job=\"…\"}",
    ]);
  });
});

test('a Prometheus with shards is noted, since a query sees one of them', () => {
  const { grafana } = shown({ shards: 2 });
  const text = expect.stringContaining("data source 'Prometheus' asks the shard of 'test/prometheus' that answers");
  expect(grafana.notes).toEqual([text]);
  expect(grafana.node.metadata.map(({ data }) => data)).toContainEqual(text);
});
