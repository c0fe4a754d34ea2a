import { Chart, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { MonitoringNamespace, NodeExporterDaemonSet, PrometheusServer } from '../../lib';

function problems(fill: (chart: Chart) => void): string[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'ops' });
  fill(chart);
  return chart.node.findAll().flatMap(({ node }) => node.validate());
}

test('two objects of one name would be one', () => {
  expect(problems((chart) => ['a', 'b'].forEach((id) => new MonitoringNamespace(chart, id, { name: 'ops' })))).toEqual([
    "test/b/Resource: there is a Namespace 'ops' already, made by 'test/a/Resource'; give one of the two another 'name' or 'namespace'",
  ]);
});

test('an object of a user is seen too', () => {
  expect(problems((chart) => {
    new ConfigMap(chart, 'mine', { metadata: { name: 'prometheus-config' } });
    new PrometheusServer(chart, 'prometheus');
  })).toEqual([expect.stringContaining("there is a ConfigMap 'prometheus-config' already, made by 'test/mine/Resource'")]);
});

test('kinds and namespaces keep names apart', () => {
  expect(problems((chart) => {
    new PrometheusServer(chart, 'one', { name: 'prometheus', namespace: 'a' });
    new PrometheusServer(chart, 'two', { name: 'prometheus', namespace: 'b' });
    new NodeExporterDaemonSet(chart, 'prometheus', { namespace: 'c' });
  })).toEqual([]);
});
