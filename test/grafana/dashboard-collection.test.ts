import { Chart, Duration } from 'cdk8s';
import { thing } from './support';
import {
  BlackboxExporter, DashboardConfigMaps, ExistingPrometheus, KubeletMonitor, KubeStateMetrics, NodeExporterDaemonSet, OperatedPrometheus,
  PrometheusServer, RemoteWrite, Scheme, ScrapeJob,
} from '../../lib';
import { Dashboard, IMonitored } from '../../lib/monitoring';
import { ComponentDashboard } from '../../lib/monitoring/dashboards/component-dashboard';
import { dashboardText } from '../../lib/monitoring/dashboards/dashboard-text';
import { inTempDir, writeFiles } from '../files';
import { inChart } from '../charts';

/** The JSON of each dashboard that is shown, by its uid. */
function shown(show: (maps: DashboardConfigMaps, chart: Chart) => void, props = {}) {
  return inChart((chart) => {
    const maps = new DashboardConfigMaps(chart, 'dashboards', props);
    show(maps, chart);
    const written = maps.configMaps.map((object) => Object.values((object.toJson() as { data: Record<string, string> }).data)[0]);
    return new Map(written.map((text) => [JSON.parse(text).uid as string, JSON.parse(text)]));
  });
}

function variable(json: { templating: { list: { name: string }[] } }, name: string) {
  return json.templating.list.find((one) => one.name === name);
}

test('the names of scrape jobs are in hidden constants', () => {
  const json = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes', { jobName: 'nodes.of.a' }))).get('kubernetes-node');
  expect(variable(json, 'node_exporter')).toMatchObject({
    type: 'constant', hide: 2, query: 'nodes\\.of\\.a', current: { text: 'nodes\\.of\\.a', value: 'nodes\\.of\\.a' },
  });
});

test('two components of one kind share their dashboards', () => {
  const all = shown((maps, chart) => {
    maps.show(new NodeExporterDaemonSet(chart, 'a'));
    maps.show(new NodeExporterDaemonSet(chart, 'b', { jobName: 'other', port: 9101 }));
  });
  expect(variable(all.get('kubernetes-node'), 'node_exporter')).toMatchObject({ query: 'node-exporter|other' });
  expect([...all.keys()].filter((uid) => uid === 'kubernetes-node')).toHaveLength(1);
});

test('thresholds follow the options of the alerts', () => {
  const steps = (rules: object) => {
    const json = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes', { rules }))).get('kubernetes-node');
    const stat = (title: string) => json.panels.find((panel: { title: string }) => panel.title === title).fieldConfig.defaults.thresholds.steps;
    return [stat('CPU used'), stat('Fullest filesystem')];
  };
  const green = { color: 'green', value: null };
  expect(steps({})).toEqual([
    [green, { color: 'orange', value: 90 }], [green, { color: 'orange', value: 95 }, { color: 'red', value: 97 }],
  ]);
  expect(steps({ cpuPercent: 70, freeSpaceWarningPercent: 20 })).toEqual([
    [green, { color: 'orange', value: 70 }], [green, { color: 'orange', value: 80 }, { color: 'red', value: 97 }],
  ]);
});

test('thresholds of another component follow its options', () => {
  const all = shown((maps, chart) => maps.show(new KubeStateMetrics(chart, 'state'), new KubeletMonitor(chart, 'kubelet', { rules: { throttledPercent: 40 } })));
  expect(JSON.stringify(all.get('kubernetes-pod'))).toContain('{"color":"orange","value":40}');
  expect(JSON.stringify(all.get('kubernetes-pod'))).not.toContain('"threshold":');
});

test('the threshold of long Jobs follows the option of its alert', () => {
  const colors = (rules: object) => {
    const json = shown((maps, chart) => maps.show(new KubeStateMetrics(chart, 'state', { rules }))).get('kubernetes-jobs');
    return json.panels.find((panel: { title: string }) => panel.title === 'Longest run').fieldConfig.defaults.thresholds.steps.at(-1);
  };
  expect(colors({})).toEqual({ color: 'orange', value: 12 * 3600 });
  expect(colors({ jobDuration: Duration.hours(2) })).toEqual({ color: 'orange', value: 2 * 3600 });
});

test('links to dashboards that are not shown are left out', () => {
  const urls = (json: object) => [...JSON.stringify(json).matchAll(/"url":"\/d\/([^?]+)/g)].map(([, uid]) => uid);
  const alone = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes')));
  expect(urls(alone.get('kubernetes-node'))).not.toContain('alerts');
  const both = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes'), new PrometheusServer(chart, 'prometheus')));
  expect(urls(both.get('kubernetes-node'))).toContain('alerts');
});

test('one of several clusters is chosen', () => {
  const one = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes'))).get('kubernetes-node');
  expect(variable(one, 'cluster')).toMatchObject({ hide: 2, includeAll: true, allValue: '.*' });
  const several = shown((maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes')), { multiCluster: true }).get('kubernetes-node');
  expect(variable(several, 'cluster')).toMatchObject({ hide: 0, includeAll: false, current: {} });
  expect(variable(several, 'cluster')).not.toHaveProperty('allValue');
});

test('clusters are compared, and each leads to its own dashboard', () => {
  const clusters = Dashboard._ofComponent(new ComponentDashboard({
    file: 'lib/components/kube-state/kubernetes-clusters.dashboard.json', component: 'kube-state-metrics', jobName: 'kube-state-metrics',
  }), 'Kubernetes');
  const rendered = (multiCluster: boolean) => clusters._rendered({ jobs: new Map(), multiCluster });
  const links = (text: string) => new Set([...text.matchAll(/"url":"\/d\/kubernetes-cluster\?([^"]+)"/g)].map(([, query]) => query));
  expect(variable(JSON.parse(rendered(true)), 'cluster')).toMatchObject({ hide: 0, includeAll: true, allValue: '.*', multi: true, skipUrlSync: true });
  expect(links(rendered(true))).toEqual(new Set([
    '${__url_time_range}&${datasource:queryparam}&var-cluster=${__data.fields.Cluster}',
    '${__url_time_range}&${datasource:queryparam}&var-cluster=${__field.labels.cluster}',
  ]));
  // A single cluster has no name among the labels of its series.
  expect(variable(JSON.parse(rendered(false)), 'cluster')).toMatchObject({ hide: 2, includeAll: true, allValue: '.*' });
  expect(links(rendered(false))).toEqual(new Set(['${__url_time_range}&${datasource:queryparam}&${cluster:queryparam}']));
  expect(rendered(true)).not.toContain('"cluster":"${');
});

test('a dashboard is shown when every component is that it needs', () => {
  inTempDir((dir) => {
    const constants = (...names: string[]) => ({ list: names.map((name) => ({ type: 'constant', name, query: name })) });
    writeFiles(dir, {
      'both.json': dashboardText({ uid: 'both', title: 'Both', panels: [], templating: constants('some_thing', 'other') }),
      'other.json': dashboardText({ uid: 'other', title: 'Other', panels: [], templating: constants('other') }),
    });
    const of = (component: string, file: string): IMonitored => ({
      monitoring: { dashboards: [Dashboard._ofComponent(new ComponentDashboard({ file: `${dir}/${file}.json`, component, jobName: 'x' }), 'Kubernetes')] },
    });
    inChart((chart) => {
      const maps = new DashboardConfigMaps(chart, 'dashboards');
      maps.show(of('some-thing', 'both'));
      expect(maps.dashboards).toEqual([]);
      expect(maps.notes).toEqual(["dashboard 'both' is not shown: it needs metrics of 'other'; show them too"]);
      maps.show(of('other', 'other'));
      expect(maps.dashboards.map(({ uid }) => uid)).toEqual(['both', 'other']);
      expect(maps.notes).toEqual([]);
    });
  });
});

const store = (url = 'https://store.example.com') => new RemoteWrite({ url });

test.each([['PrometheusServer', PrometheusServer], ['OperatedPrometheus', OperatedPrometheus]])(
  'the dashboard of remote stores comes with the first of them, whenever that is, and with an agent: %s',
  (_, Prometheus) => {
    const uids = (show: (maps: DashboardConfigMaps, chart: Chart) => void) => [...shown(show).keys()];
    expect(uids((maps, chart) => maps.show(new Prometheus(chart, 'prometheus')))).toEqual(['alerts', 'prometheus', 'prometheus-cardinality']);
    expect(uids((maps, chart) => maps.show(new Prometheus(chart, 'prometheus', { remoteWrites: [store()] })))).toContain('prometheus-remote-write');
    expect(uids((maps, chart) => {
      const prometheus = new Prometheus(chart, 'prometheus');
      maps.show(prometheus);
      prometheus.addRemoteWrite(store());
      prometheus.addRemoteWrite(store('https://other.example.com'));
    })).toEqual(['alerts', 'prometheus', 'prometheus-cardinality', 'prometheus-remote-write']);
    const agent = shown((maps, chart) => maps.show(new Prometheus(chart, 'agent', { agent: true, remoteWrites: [store()] })));
    expect([...agent.keys()]).toEqual(['prometheus-remote-write']);
    expect(variable(agent.get('prometheus-remote-write'), 'prometheus')).toMatchObject({ query: 'prometheus-agent' });
  },
);

test('of a Prometheus that exists only an agent surely writes to remote stores', () => {
  const uids = (props: object) => [...shown((maps, chart) => (
    maps.show(new ExistingPrometheus(chart, 'existing', { ...props, service: { namespace: 'monitoring' } }))
  )).keys()];
  expect(uids({})).toEqual(['alerts', 'prometheus', 'prometheus-cardinality']);
  expect(uids({ agent: true })).toEqual(['prometheus-remote-write']);
});

/** A prober of others. */
const prober = { proberAddress: 'prober:80', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };

test('the dashboard of probes comes with the first job that probes, knows the names of all, and follows the alerts of the exporter', () => {
  const all = shown((maps, chart) => {
    const prometheus = new PrometheusServer(chart, 'prometheus');
    maps.show(prometheus);
    expect(maps.dashboards.map(({ uid }) => uid)).not.toContain('probes');
    prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'shop.front', prober, module: 'any', targets: ['https://shop.example.com'] }));
    expect(maps.dashboards.map(({ uid }) => uid)).toContain('probes');
    const exporter = new BlackboxExporter(chart, 'blackbox', { rules: { certificateWarning: Duration.days(30) } });
    exporter.probeIngresses({ name: 'sites' });
    maps.show(exporter);
    prometheus.monitor(exporter);
  });
  expect(variable(all.get('probes'), 'probes')).toMatchObject({ query: 'shop\\.front|sites' });
  expect(JSON.stringify(all.get('probes'))).toContain(`{"color":"green","value":${30 * 24 * 3600}}`);
  expect([...shown((maps, chart) => maps.show(new BlackboxExporter(chart, 'blackbox'))).keys()]).toEqual([]);
});

test.each<[string, (maps: DashboardConfigMaps, chart: Chart) => void]>([
  ["test/dashboards: the dashboards of 'test/kubelet' are shown already; show each thing once", (maps, chart) => {
    const kubelet = new KubeletMonitor(chart, 'kubelet');
    maps.show(kubelet, kubelet);
  }],
  ["test/dashboards: dashboards 'Shop' and 'Store' have the uid 'shop', and Grafana would show one of them; give one another 'uid'",
    (maps) => maps.show(thing('shop', 'Shop'), thing('shop', 'Store'))],
  ["test/dashboards: dashboards 'shop' and 'store' have the title 'Shop'; give one of them another title",
    (maps) => maps.show(thing('shop', 'Shop'), thing('store', 'Shop'))],
  ["test/dashboards: dashboards 'Kubernetes / Node' and 'Mine' have the uid 'kubernetes-node', and Grafana would show one of them; give one another 'uid'",
    (maps, chart) => maps.show(new NodeExporterDaemonSet(chart, 'nodes'), thing('kubernetes-node', 'Mine'))],
  ["test/dashboards: dashboards 'Shop' and 'Store' have the uids 'Shop_A' and 'shop-a', by which both their objects are named 'shop-a'; give one another 'uid'",
    (maps) => maps.show(thing('Shop_A', 'Shop'), thing('shop-a', 'Store'))],
  ["test/dashboards: the uid '__' of dashboard 'Shop' has no letter and no digit to name its object by; give it another 'uid'",
    (maps) => maps.show(thing('__', 'Shop'))],
])('%s', (message, show) => {
  expect(() => inChart((chart) => show(new DashboardConfigMaps(chart, 'dashboards'), chart))).toThrow(message);
});
