import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { KubeletService, OperatedAlertmanager, OperatedPrometheus, PrometheusOperator, PrometheusOperatorProps, RemoteWrite } from '../../../lib';

function problems(props: PrometheusOperatorProps, fill: (chart: Chart) => void): string {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'kube-ops' });
  new PrometheusOperator(chart, 'operator', props);
  fill(chart);
  try {
    Testing.synth(chart);
    return '';
  } catch (error) {
    return String(error);
  }
}

const inShop = (chart: Chart) => {
  new OperatedPrometheus(chart, 'prometheus', { namespace: 'shop' });
};

test('a Prometheus where the operator makes no workloads fails the synthesis, with the way out', () => {
  expect(problems({ instanceNamespaces: ['kube-ops'] }, inShop)).toContain(
    "[test/operator] Prometheus 'shop/prometheus' is in a namespace where the operator makes no workloads, so nothing would run; "
    + "name it in 'instanceNamespaces' or 'watchNamespaces'",
  );
  expect(problems({ watchNamespaces: ['kube-ops'] }, inShop)).toContain("Prometheus 'shop/prometheus' is in a namespace");
  expect(problems({ denyNamespaces: ['shop'] }, inShop)).toContain("Prometheus 'shop/prometheus' is in a namespace");
});

test('so does an Alertmanager, an agent, and a resource that is made by hand', () => {
  const found = problems({ instanceNamespaces: ['kube-ops'] }, (chart) => {
    new OperatedAlertmanager(chart, 'alertmanager', { namespace: 'shop' });
    new OperatedPrometheus(chart, 'agent', { namespace: 'shop', agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store/write' })] });
    new ApiObject(chart, 'by-hand', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusAgent', metadata: { name: 'by-hand', namespace: 'shop' } });
  });
  expect(found).toContain("Alertmanager 'shop/alertmanager'");
  expect(found).toContain("PrometheusAgent 'shop/agent'");
  expect(found).toContain("PrometheusAgent 'shop/by-hand'");
});

test('so does a resource that is not annotated with the id of its operator', () => {
  const own = { extraFlags: { 'controller-id': 'ours' } };
  const annotated = (value: string) => (chart: Chart) => {
    const prometheus = new OperatedPrometheus(chart, 'prometheus');
    ApiObject.of(prometheus.node.findChild('Resource')).metadata.addAnnotation('operator.prometheus.io/controller-id', value);
  };
  expect(problems(own, (chart) => new OperatedPrometheus(chart, 'prometheus'))).toContain(
    "[test/operator] Prometheus 'kube-ops/prometheus' has no annotation 'operator.prometheus.io/controller-id: ours', so the operator leaves it alone; "
    + "add it to the metadata of 'test/prometheus/Resource', or take 'controller-id' out of extraFlags",
  );
  expect(problems(own, annotated('ours'))).toBe('');
  expect(problems(own, annotated('theirs'))).toBe('');
});

test('monitors and rules where the operator looks for none fail the synthesis, each namespace once', () => {
  const here = (chart: Chart) => {
    new OperatedPrometheus(chart, 'prometheus');
  };
  expect(problems({ watchNamespaces: ['shop'], instanceNamespaces: ['kube-ops'] }, here)).toContain(
    "[test/operator] PrometheusRule 'kube-ops/prometheus-prometheus' is in a namespace where the operator looks for no monitors and rules, so no Prometheus would "
    + "take it; name 'kube-ops' in 'watchNamespaces', or give no 'watchNamespaces'",
  );
  expect(problems({ watchNamespaces: ['shop'], instanceNamespaces: ['kube-ops'] }, here).match(/looks for no monitors/g)).toHaveLength(1);
  expect(problems({ denyNamespaces: ['kube-ops'], instanceNamespaces: ['kube-ops'] }, here)).toContain("no Prometheus would take it; take 'kube-ops' out of 'denyNamespaces'");
  expect(problems({ watchNamespaces: ['shop', 'kube-ops'], instanceNamespaces: ['kube-ops'] }, here)).toBe('');
});

test('nothing is said where it makes them', () => {
  expect(problems({}, inShop)).toBe('');
  expect(problems({ instanceNamespaces: ['kube-ops', 'shop'] }, inShop)).toBe('');
  expect(problems({ instanceNamespaces: ['kube-ops'] }, (chart) => new OperatedPrometheus(chart, 'prometheus'))).toBe('');
});

test('nothing is said where another operator of the app makes them', () => {
  expect(problems({ instanceNamespaces: ['kube-ops'] }, (chart) => {
    inShop(chart);
    new PrometheusOperator(chart, 'second', { watchNamespaces: ['shop'], kubeletService: KubeletService.none() });
  })).toBe('');
});

test('a resource of another chart may be for another cluster', () => {
  const app = new App({ outdir: '/nonexistent' });
  const here = new Chart(app, 'here', { namespace: 'kube-ops' });
  new PrometheusOperator(here, 'operator', { instanceNamespaces: ['kube-ops'] });
  inShop(new Chart(app, 'there'));
  expect(() => Testing.synth(here)).not.toThrow();
});
