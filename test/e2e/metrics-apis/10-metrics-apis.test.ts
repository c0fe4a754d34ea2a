import { Chart, Duration } from 'cdk8s';
import {
  ApiServerMonitor, Autoscaling, CustomMetric, MetricsServer, MonitoringNamespace, PrometheusAdapter, PrometheusServer, RuleEdit, ScalingMetric,
  ScrapeEndpoint, ScrapeJob,
} from 'cdk8s-prometheus';
import { apiServiceTls } from '../harness/api-certificate';
import { deployed, remove, synthesize } from '../harness/apps';
import { eventually, steadily } from '../harness/eventually';
import { getObject, getRaw, kubectl, KubeObject, parse } from '../harness/kubectl';
import { PrometheusApi } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';
import { noRequestIsRefused } from '../harness/used-rules';
import { inOldest, WORKER_PATH, workers } from '../harness/workers';

const NAME = 'e2e-metrics';
const SERVERS = ['metrics-server', 'prometheus-adapter'];
const ALERTS = ['MetricsServerDown', 'MetricsApiUnavailable'];
const api = new PrometheusApi(NAME);

interface Scaled extends KubeObject {
  readonly spec: { readonly replicas: number };
}

/** Both servers with a certificate that is verified, and an autoscaler on CPU and one on a metric of Prometheus. */
function app(chart: Chart): void {
  new MonitoringNamespace(chart, NAME);
  const tls = apiServiceTls(chart, NAME, SERVERS);
  const often = Duration.seconds(10);
  const prometheus = new PrometheusServer(chart, 'prometheus', { scrapeInterval: often, evaluationInterval: often });
  const adapter = new PrometheusAdapter(chart, 'prometheus-adapter', { tls, prometheus, relistInterval: often });
  prometheus.monitor(new MetricsServer(chart, 'metrics-server', { tls }), adapter, new ApiServerMonitor(chart, 'apiserver'));
  prometheus.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(15))));
  prometheus.addScrapeJob(ScrapeJob.fromPods({
    name: 'workers', labels: { app: 'backlog' }, namespaces: [NAME], endpoints: [new ScrapeEndpoint({ port: 'http', path: WORKER_PATH })],
  }));
  const scaleDown = { stabilizationWindow: Duration.seconds(0) };
  new Autoscaling(chart, 'by-cpu', {
    target: workers(chart, 'burner', NAME), maxReplicas: 2, metrics: [ScalingMetric.cpuUtilization(100)], scaleDown,
  });
  const backlog = CustomMetric.fromSeries({ series: 'worker_backlog' });
  new Autoscaling(chart, 'by-backlog', {
    target: workers(chart, 'backlog', NAME), maxReplicas: 4, adapter, metrics: [ScalingMetric.perPod(backlog, 10)], scaleDown,
  });
}

async function replicasOf(name: string): Promise<number> {
  const { spec } = await getObject<Scaled>('deployment', name, NAME);
  return spec.replicas;
}

/** Waits until an autoscaler has changed the number of replicas. */
function scaledTo(name: string, replicas: number, seconds: number): Promise<void> {
  return eventually(`${name} has ${replicas} replicas`, seconds, async () => {
    expect(await replicasOf(name)).toBe(replicas);
  });
}

async function firing(): Promise<string[]> {
  const alerts = await api.alerts();
  return alerts.filter(({ labels, state }) => state === 'firing' && ALERTS.includes(labels.alertname)).map(({ labels }) => labels.alertname).sort();
}

describe('the metrics APIs', () => {
  given(300, async () => {
    await deployed(NAME, () => synthesize(NAME, app));
    const names = ['v1beta1.metrics.k8s.io', 'v1beta1.custom.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io'];
    await kubectl(['wait', '--for=condition=Available', '--timeout=120s', ...names.map((name) => `apiservice/${name}`)]);
  });

  scenario('give kubectl top nodes and Pods', 90, async () => {
    await eventually('nodes have CPU and memory', 60, async () => {
      expect(await kubectl(['top', 'nodes', '--no-headers'])).toMatch(/^\S+ +\d+m +\d+% +\d+Mi +\d+%/);
    });
    await eventually('Pods have CPU and memory', 60, async () => {
      expect(await kubectl(['top', 'pods', '--namespace', NAME, '--no-headers'])).toMatch(/^metrics-server-\S+ +\d+m +\d+Mi/m);
    });
  });

  scenario('are monitored, with a certificate that Prometheus verifies', 90, async () => {
    await eventually('both servers and the API server are up', 75, async () => {
      const targets = (await api.activeTargets()).filter(({ labels }) => [...SERVERS, 'apiserver'].includes(labels.job));
      expect([...new Set(targets.map(({ labels, health, lastError }) => `${labels.job} ${health} ${lastError}`))].sort())
        .toEqual(['apiserver up ', 'metrics-server up ', 'prometheus-adapter up ']);
    });
    expect(await firing()).toEqual([]);
  });

  scenario('scale on CPU, up and down', 300, async () => {
    expect(await replicasOf('burner')).toBe(1);
    await inOldest('burner', NAME, 'touch /data/on');
    await scaledTo('burner', 2, 150);
    await inOldest('burner', NAME, 'rm /data/on');
    await scaledTo('burner', 1, 120);
  });

  scenario('scale on a metric of Prometheus, up and down', 300, async () => {
    await eventually('the metric is in the API', 60, async () => {
      const { items } = parse<{ items: Array<{ value: string }> }>(await getRaw(`/apis/custom.metrics.k8s.io/v1beta2/namespaces/${NAME}/pods/*/worker_backlog`));
      expect(items.map(({ value }) => value)).toEqual(['0']);
    });
    await inOldest('backlog', NAME, `echo 'worker_backlog 30' > /data${WORKER_PATH}`);
    await scaledTo('backlog', 3, 120);
    // three Pods with 30 among them are 10 each, as wanted
    await steadily('and stays there', 40, async () => {
      expect(await replicasOf('backlog')).toBe(3);
    });
    await inOldest('backlog', NAME, `echo 'worker_backlog 0' > /data${WORKER_PATH}`);
    await scaledTo('backlog', 1, 120);
  });

  SERVERS.forEach((name) => {
    scenario(`${name} is refused nothing that it asks the API server for`, 30, () => noRequestIsRefused({ namespace: NAME, name }));
  });

  scenario('raise their alerts when metrics-server is gone, and end them when it is back', 300, async () => {
    await kubectl(['scale', '--namespace', NAME, 'deployment/metrics-server', '--replicas=0']);
    await eventually('both alerts fire', 150, async () => {
      expect(await firing()).toEqual([...ALERTS].sort());
    });
    await kubectl(['scale', '--namespace', NAME, 'deployment/metrics-server', '--replicas=1']);
    await eventually('both alerts are over', 150, async () => {
      expect(await firing()).toEqual([]);
    });
  });

  scenario('are gone with the app', 300, async () => {
    await remove(NAME);
    expect(await kubectl(['get', 'apiservice', '--output', 'name'])).not.toMatch(/[.]metrics[.]k8s[.]io/);
  });
});
