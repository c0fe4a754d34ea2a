import { Chart } from 'cdk8s';
import { manifests, newChart } from '../charts';
import { Manifest, nameOf, ofKind } from '../manifests';
import {
  AlertmanagerProps, AlertmanagerServer, Exposure, OperatedAlertmanager, OperatedPrometheus, PrometheusProps, PrometheusServer, RemoteWrite,
} from '../../lib';

type Make<Props> = (chart: Chart, props: Props) => { readonly replicaServices: readonly { readonly name: string }[] };

const PROMETHEUSES: ReadonlyArray<readonly [string, Make<PrometheusProps>, string]> = [
  ['PrometheusServer', (chart, props) => new PrometheusServer(chart, 'main', props), 'main'],
  ['OperatedPrometheus', (chart, props) => new OperatedPrometheus(chart, 'main', props), 'prometheus-main'],
  ['OperatedPrometheus as an agent', (chart, props) => (
    new OperatedPrometheus(chart, 'main', { ...props, agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store.example.com' })] })
  ), 'prom-agent-main'],
];
const ALERTMANAGERS: ReadonlyArray<readonly [string, Make<AlertmanagerProps>, string]> = [
  ['AlertmanagerServer', (chart, props) => new AlertmanagerServer(chart, 'main', props), 'main'],
  ['OperatedAlertmanager', (chart, props) => new OperatedAlertmanager(chart, 'main', props), 'alertmanager-main'],
];

/** The Services of single Pods, by name. */
function services<Props>(make: Make<Props>, props: Props): { [name: string]: Manifest } {
  const chart = newChart();
  const made = make(chart, props).replicaServices.map(({ name }) => name);
  const found = ofKind(manifests(chart), 'Service').filter(({ spec }) => spec.selector['statefulset.kubernetes.io/pod-name'] !== undefined);
  expect(made).toEqual(found.map(nameOf));
  return Object.fromEntries(found.map((service) => [nameOf(service), service]));
}

test.each(PROMETHEUSES)('%s has one for each replica of each shard, in front of its Pod', (_, make, set) => {
  const found = services(make, { replicas: 2, shards: 2, replicaServices: Exposure.clusterIp() });
  expect(Object.entries(found).map(([name, { spec }]) => [name, spec.selector['statefulset.kubernetes.io/pod-name']])).toEqual([
    ['main-0', `${set}-0`], ['main-1', `${set}-1`], ['main-shard-1-0', `${set}-shard-1-0`], ['main-shard-1-1', `${set}-shard-1-1`],
  ]);
  expect(found['main-0'].spec).toMatchObject({ type: 'ClusterIP', ports: [{ name: 'web', port: 9090, protocol: 'TCP', targetPort: 'web' }] });
});

test.each(ALERTMANAGERS)('%s has one for each replica, in front of its Pod', (_, make, set) => {
  const found = services(make, { replicas: 2, replicaServices: Exposure.nodePort(30093) });
  expect(Object.entries(found).map(([name, { spec }]) => [name, spec.selector['statefulset.kubernetes.io/pod-name'], spec.ports])).toEqual([
    ['main-0', `${set}-0`, [{ name: 'web', port: 9093, protocol: 'TCP', targetPort: 'web', nodePort: 30093 }]],
    ['main-1', `${set}-1`, [{ name: 'web', port: 9093, protocol: 'TCP', targetPort: 'web', nodePort: 30094 }]],
  ]);
});

test('they have the labels and annotations of Services, and the settings of their exposure', () => {
  const options = { serviceLabels: { team: 'ops' }, serviceAnnotations: { note: 'mine' } };
  const exposure = Exposure.loadBalancer({ sourceRanges: ['10.0.0.0/8'] });
  [...PROMETHEUSES, ...ALERTMANAGERS].forEach(([, make]) => {
    const service = services<PrometheusProps & AlertmanagerProps>(make, { ...options, replicaServices: exposure })['main-0'];
    expect([service.metadata.labels?.team, service.metadata.annotations?.note]).toEqual(['ops', 'mine']);
    expect(service.spec.loadBalancerSourceRanges).toEqual(['10.0.0.0/8']);
  });
});

test('a single Prometheus with one is a StatefulSet, whose Pod keeps its name', () => {
  const chart = newChart();
  expect(new PrometheusServer(chart, 'main', { replicaServices: Exposure.clusterIp() }).workload.kind).toBe('StatefulSet');
});

test('a job that finds a Service by its labels does not find its Pods again', () => {
  PROMETHEUSES.forEach(([, make]) => {
    const chart = newChart();
    make(chart, { replicas: 2, replicaServices: Exposure.clusterIp() });
    const labels = ofKind(manifests(chart), 'Service').map(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance']);
    expect(labels.sort()).toEqual(['main', 'main', 'main-0', 'main-1']);
  });
});

test.each([...PROMETHEUSES, ...ALERTMANAGERS])('%s has none unless they are asked for', (_, make) => {
  expect(services<PrometheusProps & AlertmanagerProps>(make, { replicas: 2 })).toEqual({});
});

test.each<[string, PrometheusProps, string]>([
  ['an Ingress', { replicaServices: Exposure.ingress({ host: 'a.example.com' }) }, 'one host cannot lead to each of the replicas; use Exposure.clusterIp()'],
  ['a route', { replicaServices: Exposure.httpRoute({ host: 'a.example.com', gateway: 'g' }) }, 'one host cannot lead to each of the replicas'],
  ['a port that is taken', { replicas: 3, exposure: Exposure.nodePort(30092), replicaServices: Exposure.nodePort(30090) },
    "the replicas have node ports 30090 to 30092, and 'exposure' has 30092; choose others"],
  ['ports above the range', { replicas: 3, replicaServices: Exposure.nodePort(32766) },
    'the replicas have node ports 32766 to 32768, and the API server allows 30000 to 32767; begin at 32765 or below'],
  ['ports above a range of its own', { replicas: 2, shards: 2, replicaServices: Exposure.nodePort(8000, { lowest: 8000, highest: 8002 }) },
    'the replicas have node ports 8000 to 8003, and the API server allows 8000 to 8002; leave the port out to be given some'],
])('%s throws', (_, props, message) => {
  PROMETHEUSES.forEach(([, make]) => expect(() => make(newChart(), props)).toThrow(`test/main: replicaServices: ${message}`));
});

test('ports beside each other are accepted', () => {
  const props = { replicas: 2, exposure: Exposure.nodePort(30092), replicaServices: Exposure.nodePort(30090) };
  expect(() => new PrometheusServer(newChart(), 'main', props)).not.toThrow();
});
