import * as cdk8s from 'cdk8s';
import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import { Cpu, DaemonSet, Deployment, HorizontalPodAutoscaler, k8s, StatefulSet } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import {
  ApiServiceTls, Autoscaling, AutoscalingProps, CustomMetric, ExternalMetric, MetricResource, PolicySelection, PrometheusAdapter, PrometheusServer,
  ScalingMetric, ScalingPolicy, ScalingTarget,
} from '../../lib';
import { inChart, manifests, newChart, synth } from '../charts';
import { find, Manifest } from '../manifests';

const requests = CustomMetric.fromSeries({ series: 'http_requests_total', resources: [MetricResource.POD, MetricResource.INGRESS] });
const queue = ExternalMetric.fromSeries({ series: 'queue_messages' });
const cpu = [ScalingMetric.cpuUtilization(70)];

function adapterOf(chart: Chart, id: string = 'adapter'): PrometheusAdapter {
  return new PrometheusAdapter(chart, id, { tls: ApiServiceTls.certManager(), prometheus: new PrometheusServer(chart, `${id}-prometheus`) });
}

const container = (name: string, resources: string[] = ['cpu', 'memory']) => ({
  name, image: 'shop', resources: { requests: Object.fromEntries(resources.map((resource) => [resource, k8s.Quantity.fromString('1')])) },
});

interface Workload {
  readonly containers?: Array<ReturnType<typeof container>>;
  readonly replicas?: number;
  readonly namespace?: string;
}

function deployment(scope: Construct, { containers = [container('shop')], replicas, namespace }: Workload = {}): ApiObject {
  return new k8s.KubeDeployment(scope, 'shop', {
    metadata: { name: 'shop', namespace },
    spec: { replicas, selector: { matchLabels: { app: 'shop' } }, template: { metadata: { labels: { app: 'shop' } }, spec: { containers } } },
  });
}

type MakeProps = (chart: Chart) => Partial<AutoscalingProps>;

function scale(chart: Chart, props: MakeProps = () => ({})): Autoscaling {
  const made = props(chart);
  return new Autoscaling(chart, 'scaler', { target: made.target ?? deployment(chart), metrics: cpu, maxReplicas: 5, ...made });
}

function scaler(props: MakeProps = () => ({})): Manifest {
  return find(synth((chart) => scale(chart, props)), 'HorizontalPodAutoscaler');
}

test('needs a workload, a metric and a bound', () => {
  expect(scaler()).toMatchSnapshot();
});

test('takes all the props', () => {
  const chart = newChart();
  const adapter = adapterOf(chart);
  const ingress = new k8s.KubeIngress(chart, 'ingress', { metadata: { name: 'shop', namespace: 'shop' } });
  const all: Required<AutoscalingProps> = {
    target: deployment(chart, { namespace: 'shop', containers: [container('shop', [])] }),
    name: 'shop-scaler',
    minReplicas: 0,
    maxReplicas: 12,
    adapter,
    metrics: [
      ScalingMetric.cpuUtilization(70),
      ScalingMetric.memoryUtilization(150),
      ScalingMetric.containerCpuUtilization('shop', 60),
      ScalingMetric.containerMemoryUtilization('shop', 50),
      ScalingMetric.averageCpu(Cpu.millis(250)),
      ScalingMetric.averageMemory(Size.mebibytes(300)),
      ScalingMetric.perPod(requests, 0.25, { code: '200' }),
      ScalingMetric.ofObject(requests, ingress, ScalingTarget.value(2000), { code: '500' }),
      ScalingMetric.external(queue, ScalingTarget.averageValue(30), { queue: 'orders' }),
    ],
    scaleUp: {
      stabilizationWindow: Duration.seconds(0),
      policies: [ScalingPolicy.pods(4, Duration.seconds(15)), ScalingPolicy.percent(100, Duration.minutes(1))],
      selectPolicy: PolicySelection.LEAST,
    },
    scaleDown: { stabilizationWindow: Duration.minutes(10), selectPolicy: PolicySelection.DISABLED },
    requestsByLimitRange: true,
  };
  const autoscaling = new Autoscaling(chart, 'ignored', all);
  expect([autoscaling.name, autoscaling.namespace]).toEqual(['shop-scaler', 'shop']);
  const made = manifests(chart);
  expect(find(made, 'HorizontalPodAutoscaler', 'shop-scaler')).toMatchSnapshot();
  expect(adapter.customMetrics).toEqual([requests]);
  expect(adapter.externalMetrics).toEqual([queue]);
  expect(find(made, 'ConfigMap', 'adapter').data['config.yaml']).toContain('as: http_requests_per_second');
});

test('several autoscalers of one metric have one rule', () => {
  const chart = newChart();
  const adapter = adapterOf(chart);
  ['a', 'b'].forEach((id) => {
    const metric = CustomMetric.fromSeries({ series: 'http_requests_total' });
    new Autoscaling(chart, `scaler-${id}`, { target: deployment(new Construct(chart, id), { namespace: id }), metrics: [ScalingMetric.perPod(metric, 10)], maxReplicas: 3, adapter });
  });
  expect(adapter.customMetrics).toHaveLength(1);
  const other = CustomMetric.fromSeries({ series: 'http_requests_total{code="200"}' });
  expect(() => new Autoscaling(chart, 'c', { target: deployment(new Construct(chart, 'd')), metrics: [ScalingMetric.perPod(other, 10)], maxReplicas: 3, adapter }))
    .toThrow("test/adapter: custom metric 'http_requests_per_second' exists already with another series or query");
});

describe('scales', () => {
  const containers = [{ image: 'shop', resources: { cpu: { request: Cpu.millis(100) } } }];

  test.each<[string, (chart: Chart) => IConstruct, object]>([
    ['a Deployment of cdk8s-plus', (chart) => new Deployment(chart, 'web', { metadata: { name: 'web' }, containers }), { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
    ['one with replicas', (chart) => new Deployment(chart, 'web', { metadata: { name: 'web' }, containers, replicas: 3 }), { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
    ['a StatefulSet of cdk8s-plus', (chart) => new StatefulSet(chart, 'db', { metadata: { name: 'db' }, containers: [{ ...containers[0], portNumber: 80 }] }), { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }],
    ['an object of an L1 class', (chart) => deployment(chart), { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }],
    ['another kind', (chart) => new ApiObject(chart, 'r', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' } }), { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'r' }],
  ])('%s', (_, target, reference) => {
    const all = synth((chart) => scale(chart, () => ({ target: target(chart) })));
    expect(find(all, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual(reference);
    expect(all.filter(({ spec }) => spec?.replicas !== undefined)).toEqual([]);
  });

  test('a workload of another copy of cdk8s', () => {
    let other: typeof cdk8s | undefined;
    jest.isolateModules(() => {
      other = jest.requireActual<typeof cdk8s>('cdk8s');
    });
    const { App, Chart: OtherChart, ApiObject: OtherObject } = other!;
    expect(OtherObject).not.toBe(ApiObject);
    const theirs = new OtherObject(new OtherChart(new App(), 'theirs', { namespace: 'shop' }), 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
    const { metadata, spec } = scaler(() => ({ target: theirs }));
    expect([metadata.namespace, spec.scaleTargetRef]).toEqual(['shop', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }]);
  });

  test('in the namespace of the workload', () => {
    expect(scaler((chart) => ({ target: deployment(chart, { namespace: 'shop' }) })).metadata.namespace).toBe('shop');
  });
});

test('two synths give the same bytes', () => {
  const metrics = [ScalingMetric.perPod(requests, 1)];
  const once = () => JSON.stringify(synth((chart) => scale(chart, () => ({ adapter: adapterOf(chart), metrics }))));
  expect(once()).toBe(once());
});

test('a limit is a request too', () => {
  const containers = [{ name: 'a', image: 'a', resources: { limits: { cpu: k8s.Quantity.fromString('1') } } }];
  const target = (chart: Chart) => new k8s.KubeDeployment(chart, 'shop', { spec: { selector: {}, template: { spec: { containers } } } });
  expect(() => scaler((chart) => ({ target: target(chart) }))).not.toThrow();
});

test('one container alone needs a request for its own share', () => {
  const target = (chart: Chart) => deployment(chart, { containers: [container('shop'), container('proxy', [])] });
  expect(() => scaler((chart) => ({ target: target(chart), metrics: [ScalingMetric.containerCpuUtilization('shop', 70)] }))).not.toThrow();
  expect(() => scaler((chart) => ({ target: target(chart), metrics: [ScalingMetric.averageCpu(Cpu.millis(100))] }))).not.toThrow();
});

test.each<[string, MakeProps, string]>([
  ['no metric', () => ({ metrics: [] }), 'test/scaler: metrics is empty; name at least one ScalingMetric'],
  ['no replica without a metric of an object', () => ({ minReplicas: 0 }), 'test/scaler: minReplicas: 0 is not a whole number of 1 or more; 0 requires a metric by ofObject() or external()'],
  ['half a replica', () => ({ minReplicas: 1.5 }), 'test/scaler: minReplicas: 1.5 is not a whole number'],
  ['a bound below the other', () => ({ minReplicas: 3, maxReplicas: 2 }), 'test/scaler: maxReplicas: 2 is below minReplicas 3, or not a whole number; raise it'],
  ['a custom metric without an adapter', () => ({ metrics: [ScalingMetric.perPod(requests, 1)] }), "test/scaler: metric 'http_requests_per_second' has no server; name a PrometheusAdapter by 'adapter'"],
  ['an external metric without an adapter', () => ({ metrics: [ScalingMetric.external(queue, ScalingTarget.value(1))] }), "test/scaler: metric 'queue_messages' has no server"],
  ['a DaemonSet', (chart) => ({ target: new DaemonSet(chart, 'd', { metadata: { name: 'd' } }) }), "test/scaler: DaemonSet 'd' has no number of replicas to scale; name the construct of 'Deployment', 'StatefulSet', 'ReplicaSet' or 'ReplicationController'"],
  ['a Pod', (chart) => ({ target: new k8s.KubePod(chart, 'p', { metadata: { name: 'p' } }) }), "test/scaler: Pod 'p' has no number of replicas to scale"],
  ['a construct of several objects', (chart) => ({ target: new Construct(chart, 'many') }), "test/scaler: 'test/many' makes no object of its own; name the construct of the object, or its ApiObject"],
  ['a window above an hour', () => ({ scaleDown: { stabilizationWindow: Duration.hours(2) } }), 'test/scaler: scaleDown: stabilizationWindow 2h is longer than the hour that the API server accepts'],
  ['no policy', () => ({ scaleUp: { policies: [] } }), 'test/scaler: scaleUp: policies is empty; name at least one ScalingPolicy'],
  ['two targets for one thing', () => ({ metrics: [ScalingMetric.cpuUtilization(70), ScalingMetric.averageCpu(Cpu.millis(250)), ScalingMetric.cpuUtilization(50)] }), 'test/scaler: metrics 1 and 3 measure the same, and only the lower target would count; leave one of them out'],
  ['two targets for one custom metric', (chart) => ({
    adapter: adapterOf(chart), metrics: [ScalingMetric.perPod(requests, 5, { target: 'a' }), ScalingMetric.perPod(requests, 5, { target: 'b' }), ScalingMetric.perPod(requests, 9, { target: 'b' })],
  }), 'test/scaler: metrics 2 and 3 measure the same'],
  ['an object of another namespace', (chart) => {
    const ingress = new k8s.KubeIngress(chart, 'i', { metadata: { name: 'i', namespace: 'web' } });
    return { adapter: adapterOf(chart), metrics: [ScalingMetric.ofObject(requests, ingress, ScalingTarget.value(1))] };
  }, "test/scaler: Ingress 'i' is in namespace 'web', and an autoscaler finds objects of its own, 'monitoring'; name one of there, or use external()"],
  ['policies that never apply', () => ({ scaleDown: { selectPolicy: PolicySelection.DISABLED, policies: [ScalingPolicy.pods(1, Duration.minutes(1))] } }), "test/scaler: scaleDown: got 'policies' with PolicySelection.DISABLED, by which none applies; leave out one of them"],
  ['an autoscaler of cdk8s-plus beside it', (chart) => {
    const target = new Deployment(chart, 'web', { containers: [{ image: 'web' }] });
    new HorizontalPodAutoscaler(chart, 'hpa', { target, maxReplicas: 3 });
    return { target };
  }, "test/scaler: 'test/web' has an autoscaler already; give all metrics to one of them"],
  ['a second one', (chart) => {
    const target = deployment(chart);
    new Autoscaling(chart, 'first', { target, metrics: cpu, maxReplicas: 2 });
    return { target };
  }, "test/scaler: 'test/shop' has an autoscaler already, 'test/first'; give all metrics to one of them"],
])('%s is refused', (_, props, message) => {
  expect(() => inChart((chart) => scale(chart, props))).toThrow(message);
});

test.each<[string, (chart: Chart, target: Deployment) => Construct]>([
  ['cdk8s-plus', (chart, target) => new HorizontalPodAutoscaler(chart, 'later', { target, maxReplicas: 3 })],
  ['an L1 class', (chart, { kind, name }) => new k8s.KubeHorizontalPodAutoscalerV2(chart, 'later', { spec: { maxReplicas: 3, scaleTargetRef: { kind, name } } })],
])('an autoscaler of %s that is made later fails the synthesis', (_, make) => {
  const both = (of: 'same' | 'other') => () => synth((chart) => {
    const web = (id: string) => new Deployment(chart, id, { containers: [{ image: 'web', resources: { cpu: { request: Cpu.millis(100) } } }] });
    const target = web('web');
    scale(chart, () => ({ target }));
    make(chart, of === 'same' ? target : web('api'));
  });
  expect(both('same')).toThrow(/'test\/web\/Resource' has another autoscaler, 'test\/later.*'; give all metrics to one of them/);
  expect(both('other')).not.toThrow();
});

test.each<[string, MakeProps, string]>([
  ['replicas that each apply sets again', (chart) => ({ target: deployment(chart, { replicas: 3 }) }), "'test/shop' sets 3 replicas, so each apply would undo the scaling; leave out 'replicas'"],
  ['a workload of the library', (chart) => ({ target: new PrometheusServer(chart, 'server') }), "'test/server/Resource' is an object of the library, which sets its replicas, so each apply would undo the scaling; scale it by 'replicas' of its construct"],
  ['containers without a request', (chart) => ({ target: deployment(chart, { containers: [container('shop'), container('proxy', ['memory'])] }) }), "containers 'proxy' of 'test/shop' have no cpu request, which the utilization is a percentage of; add a request, or set 'requestsByLimitRange'"],
  ['a container that is not there', () => ({ metrics: [ScalingMetric.containerCpuUtilization('web', 70)] }), "'test/shop' has no container 'web', it has 'shop'; name one of them"],
])('%s: the synthesis fails', (_, props, message) => {
  expect(() => scaler(props)).toThrow(message);
});

test.each<[string, () => unknown, string]>([
  ['a share of nothing', () => ScalingMetric.cpuUtilization(0), 'ScalingMetric.cpuUtilization: 0 is not a whole number above 0'],
  ['half a percent', () => ScalingMetric.memoryUtilization(0.5), 'ScalingMetric.memoryUtilization: 0.5 is not a whole number above 0'],
  ['no CPU', () => ScalingMetric.averageCpu(Cpu.millis(0)), 'ScalingMetric.averageCpu: 0m is not above zero, and the API server would refuse it'],
  ['less than no CPU', () => ScalingMetric.averageCpu(Cpu.units(-1)), 'ScalingMetric.averageCpu: -1 is not above zero'],
  ['no memory', () => ScalingMetric.averageMemory(Size.mebibytes(0)), 'ScalingMetric.averageMemory: memory: a size of zero holds nothing'],
  ['a container without a name', () => ScalingMetric.containerMemoryUtilization(' ', 5), "ScalingMetric.containerMemoryUtilization: container: ' ' is not the name of a container"],
  ['a value below what the API tells apart', () => ScalingMetric.perPod(requests, 0.0001), "ScalingMetric.perPod('http_requests_per_second'): 0.0001 is below 0.001, the precision of the API, or not a number"],
  ['a value that is none', () => ScalingTarget.value(Number.NaN), 'ScalingTarget.value: value: NaN is not a finite number'],
  ['an average that is none', () => ScalingTarget.averageValue(-1), 'ScalingTarget.averageValue: -1 is below 0.001, the precision of the API, or not a number'],
  ['a label with another value than the series', () => ScalingMetric.external(ExternalMetric.fromSeries({ series: 'q{queue="a"}' }), ScalingTarget.value(1), { queue: 'b' }), "ScalingMetric.external('q'): labels: queue is 'b', and the series of the metric have queue=\"a\", so that none is found; give labels that they have"],
  ['a label that a pattern excludes', () => ScalingMetric.perPod(CustomMetric.fromSeries({ series: 'q{code!~"5.."}' }), 1, { code: '503' }), "ScalingMetric.perPod('q'): labels: code is '503', and the series of the metric have code!~\"5..\""],
  ['a label that is none', () => ScalingMetric.external(queue, ScalingTarget.value(1), { 'a-b': 'c' }), "ScalingMetric.external('queue_messages'): labels: 'a-b' is not a label name"],
  ['a label of no selector', () => ScalingMetric.external(queue, ScalingTarget.value(1), { path: '/' }), "ScalingMetric.external: labels['path']: '/' is not the value of a Kubernetes label"],
  ['a label that begins with an underscore', () => ScalingMetric.perPod(requests, 1, { _a: 'b' }), "labels: '_a' is not the key of a Kubernetes label"],
  ['a long label', () => ScalingMetric.perPod(requests, 1, { a: 'b'.repeat(64) }), "labels['a']: 'bbb"],
  ['a metric of other objects than Pods', () => ScalingMetric.perPod(CustomMetric.fromSeries({ series: 'a', resources: [MetricResource.SERVICE] }), 1), "ScalingMetric.perPod('a'): the metric is one of 'services'; add MetricResource.POD to its resources, or use ofObject()"],
  ['a metric of other objects', () => inChart((chart) => ScalingMetric.ofObject(requests, deployment(chart), ScalingTarget.value(1))), "ScalingMetric.ofObject('http_requests_per_second'): the metric is one of 'pods' and 'ingresses', and 'test/shop' is Deployment of apps/v1"],
  ['no Pod', () => ScalingPolicy.pods(0, Duration.minutes(1)), 'ScalingPolicy.pods: 0 is not a whole number above 0'],
  ['a policy within no time', () => ScalingPolicy.percent(10, Duration.millis(100)), 'ScalingPolicy.percent: 100ms is not from 1s to 30m'],
  ['a policy within an hour', () => ScalingPolicy.percent(10, Duration.hours(1)), 'ScalingPolicy.percent: 1h is not from 1s to 30m'],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});
