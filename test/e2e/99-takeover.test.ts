import { Chart, Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  DataStorage, KubeletService, MonitoringNamespace, MonitorSelection, OperatedPrometheus, PrometheusOperator, PrometheusServer,
} from 'cdk8s-prometheus';
import { apply, deployed, remove, rolledOut, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { FAULTS } from './harness/faults';
import { HARDENED_CONTAINER, HARDENED_POD } from './harness/images';
import { KPS_NAME, KPS_PORT, kubePrometheusStack } from './harness/kube-prometheus-stack';
import { getObject, kubectl, KubeObject } from './harness/kubectl';
import { operatorCrds } from './harness/operator';
import { PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';
import { TWINS } from './harness/twins';
import { PROGRAMS } from '../../lib/versions';

const NAME = 'e2e-takeover';
/** The release of kube-prometheus-stack, and what somebody wrote by hand: each an app, so that it is deleted as one. */
const [KPS, BY_HAND] = ['e2e-takeover-kps', 'e2e-takeover-by-hand'];
const OF_THE_OPERATOR = `prometheus-${KPS_NAME}`;
const KPS_CLAIM = `${OF_THE_OPERATOR}-db-${OF_THE_OPERATOR}-0`;
const HAND_MADE = 'metrics';
const HAND_MADE_CLAIM = 'storage-metrics-0';

/** Quick to scrape and to end, and as long in memory as what it takes over from. */
const COMMON = {
  scrapeInterval: Duration.seconds(5), terminationGracePeriod: Duration.seconds(60), retention: Duration.days(10), retentionSize: Size.gibibytes(1),
};
const size = Size.gibibytes(1);

interface Claim extends KubeObject {
  readonly spec: { readonly volumeName?: string };
  readonly status: { readonly phase: string };
}

/** What was stored up to a time, by series: how many samples. */
interface Memory {
  readonly time: number;
  readonly counts: readonly string[];
}

/** Namespace and operator, which stay, and what takes over. */
function app(takeOver: (chart: Chart) => void) {
  return (chart: Chart): void => {
    new MonitoringNamespace(chart, NAME);
    new PrometheusOperator(chart, 'prometheus-operator', { instanceNamespaces: [NAME], kubeletService: KubeletService.none() });
    takeOver(chart);
  };
}

/** A StatefulSet as people write it: its database in the root of the claim, and no folder. */
function handMade(chart: Chart): void {
  const { image, version } = PROGRAMS.prometheus;
  const labels = { app: HAND_MADE };
  const metadata = { name: HAND_MADE, namespace: NAME, labels };
  new k8s.KubeConfigMap(chart, 'configuration', {
    metadata,
    data: { 'prometheus.yml': 'global: {scrape_interval: 5s}\nscrape_configs: [{job_name: itself, static_configs: [{targets: [localhost:9090]}]}]\n' },
  });
  new k8s.KubeService(chart, 'service', { metadata, spec: { selector: labels, ports: [{ name: 'http', port: 9090 }] } });
  new k8s.KubeStatefulSet(chart, 'workload', {
    metadata,
    spec: {
      serviceName: HAND_MADE,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...HARDENED_POD,
          containers: [{
            ...HARDENED_CONTAINER,
            name: 'prometheus',
            image: `${image}:${version}`,
            args: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus'],
            readinessProbe: { httpGet: { path: '/-/ready', port: k8s.IntOrString.fromNumber(9090) } },
            volumeMounts: [{ name: 'storage', mountPath: '/prometheus' }, { name: 'configuration', mountPath: '/etc/prometheus' }],
          }],
          volumes: [{ name: 'configuration', configMap: { name: HAND_MADE } }],
        },
      },
      volumeClaimTemplates: [{
        metadata: { name: 'storage' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: k8s.Quantity.fromString('1Gi') } } },
      }],
    },
  });
}

function byOperator(chart: Chart): OperatedPrometheus {
  const storage = DataStorage.volumeClaimTemplate({ size });
  return new OperatedPrometheus(chart, 'prometheus', { ...COMMON, name: KPS_NAME, storage, selection: MonitorSelection.own() });
}

function byItself(chart: Chart): PrometheusServer {
  const storage = DataStorage.volumeClaimTemplate({ name: `${OF_THE_OPERATOR}-db`, size });
  return new PrometheusServer(chart, 'plain', { ...COMMON, name: OF_THE_OPERATOR, storage });
}

function insteadOfHands(chart: Chart): PrometheusServer {
  const storage = DataStorage.volumeClaimTemplate({ name: 'storage', subPath: '/', size });
  return new PrometheusServer(chart, 'instead', { ...COMMON, name: HAND_MADE, storage });
}

async function claim(name: string): Promise<object> {
  const { metadata, spec, status } = await getObject<Claim>('persistentvolumeclaim', name, NAME);
  return { uid: metadata.uid, volume: spec.volumeName, phase: status.phase };
}

/** What a Prometheus has stored up to a time; it has had some seconds to store that. */
async function memoryAt(api: PrometheusApi, time: number): Promise<Memory> {
  const counts = await Promise.all(['up', 'prometheus_build_info', 'go_goroutines'].map(async (name) => {
    const samples = await api.query(`count_over_time(${name}[1h])`, time);
    return samples.map(({ metric, value }) => `${name} ${JSON.stringify(Object.entries(metric).sort())} ${value[1]}`);
  }));
  return { time, counts: counts.flat().sort() };
}

/** Waits until there is something to lose, and remembers it. */
async function remembered(api: PrometheusApi): Promise<Memory> {
  return eventually('it has stored a minute', 120, async () => {
    const memory = await memoryAt(api, Math.floor(Date.now() / 1000) - 10);
    const most = Math.max(0, ...memory.counts.map((text) => Number(text.slice(text.lastIndexOf(' ')))));
    expect(most).toBeGreaterThanOrEqual(12);
    return memory;
  });
}

async function stillKnows(api: PrometheusApi, { time, counts }: Memory): Promise<void> {
  await eventually('it has every sample from before', 60, async () => {
    expect((await memoryAt(api, time)).counts).toEqual(counts);
  });
}

async function allUp(api: PrometheusApi, job: string, targets: number): Promise<void> {
  await eventually('every target is up', 120, async () => {
    const found = await api.activeTargets();
    expect(found.map(({ labels, health }) => ({ job: labels.job, health }))).toEqual(Array.from({ length: targets }, () => ({ job, health: 'up' })));
  });
}

async function gone(pod: string): Promise<void> {
  await kubectl(['wait', '--for=delete', `pod/${pod}`, '--namespace', NAME, '--timeout=120s']);
}

describe('data of a Prometheus that others made', () => {
  const [fromOperator, fromHands] = [KPS_NAME, HAND_MADE].map((service) => new PrometheusApi(NAME, service));
  const plain = new PrometheusApi(NAME, OF_THE_OPERATOR);
  const memories: Memory[] = [];
  given(500, async () => {
    // Their operators would run this Prometheus too.
    await Promise.all(['kube-ops', TWINS, FAULTS, 'operator'].map(remove));
    await operatorCrds();
    await deployed(NAME, () => synthesize(NAME, app(() => undefined)));
    await deployed(KPS, () => synthesize(KPS, (chart) => kubePrometheusStack(chart, NAME)));
    await deployed(BY_HAND, () => synthesize(BY_HAND, handMade));
  });

  scenario('stays when kube-prometheus-stack becomes an OperatedPrometheus', 600, async () => {
    const memory = await remembered(new PrometheusApi(NAME, KPS_NAME, KPS_PORT));
    const before = await claim(KPS_CLAIM);
    // As `helm uninstall` does.
    await remove(KPS);
    await gone(`${OF_THE_OPERATOR}-0`);
    expect(await claim(KPS_CLAIM)).toEqual(before);
    const next = synthesize(NAME, app(byOperator), 'operated');
    await apply(next);
    await rolledOut(next);
    await stillKnows(fromOperator, memory);
    await allUp(fromOperator, 'prometheus', 2);
    expect(await claim(KPS_CLAIM)).toEqual(before);
    memories.push(memory);
  });

  scenario('stays when that becomes a PrometheusServer', 600, async () => {
    memories.push(await remembered(fromOperator));
    const before = await claim(KPS_CLAIM);
    await kubectl(['delete', 'prometheus', KPS_NAME, '--namespace', NAME]);
    await gone(`${OF_THE_OPERATOR}-0`);
    const next = synthesize(NAME, app(byItself), 'plain');
    await apply(next);
    await rolledOut(next);
    for (const memory of memories) {
      await stillKnows(plain, memory);
    }
    await allUp(plain, 'prometheus', 2);
    expect(await claim(KPS_CLAIM)).toEqual(before);
  });

  scenario('stays when a StatefulSet of somebody\'s own, with its database in the root of the claim, becomes a PrometheusServer', 600, async () => {
    const memory = await remembered(new PrometheusApi(NAME, HAND_MADE, 'http'));
    const before = await claim(HAND_MADE_CLAIM);
    await remove(BY_HAND);
    await gone(`${HAND_MADE}-0`);
    const next = synthesize(NAME, app((chart) => [byItself(chart), insteadOfHands(chart)]), 'instead');
    await apply(next);
    await rolledOut(next);
    await stillKnows(fromHands, memory);
    await allUp(fromHands, 'prometheus', 2);
    expect(await claim(HAND_MADE_CLAIM)).toEqual(before);
  });
});
