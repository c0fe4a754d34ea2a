import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { KubeletService, OperatedAlertmanager, OperatedPrometheus, PrometheusOperator, PrometheusOperatorProps, RemoteWrite } from '../../lib';

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
    "test/operator: Prometheus 'shop/prometheus' is in a namespace where the operator makes no workloads, so nothing would run; "
    + "name it in 'instanceNamespaces' or 'watchNamespaces'",
  );
  expect(problems({ watchNamespaces: ['kube-ops'] }, inShop)).toContain("Prometheus 'shop/prometheus' is in a namespace");
  expect(problems({ denyNamespaces: ['shop'] }, inShop)).toContain("Prometheus 'shop/prometheus' is in a namespace");
});

test('so does an Alertmanager, an agent, and a resource that is made by hand', () => {
  const found = problems({ instanceNamespaces: ['kube-ops'] }, (chart) => {
    new OperatedAlertmanager(chart, 'alertmanager', { namespace: 'shop' });
    new OperatedPrometheus(chart, 'agent', { namespace: 'shop', agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store/write' })] });
    new ApiObject(chart, 'ruler', { apiVersion: 'monitoring.coreos.com/v1', kind: 'ThanosRuler', metadata: { name: 'ruler', namespace: 'shop' } });
  });
  expect(found).toContain("Alertmanager 'shop/alertmanager'");
  expect(found).toContain("PrometheusAgent 'shop/agent'");
  expect(found).toContain("ThanosRuler 'shop/ruler'");
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
