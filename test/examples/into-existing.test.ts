import { crdProblems, isOperators } from '../operator/crds/crd-schema';
import { find, identity, Loose } from '../manifests';
import { reviewApp } from './support';
import { PromQl } from '../../lib';

const { objects } = reviewApp('examples/into-existing');
const monitoring = objects.filter(isOperators);

test('the app makes its application, and beside it monitors, rules and routing alone', () => {
  expect(objects.filter((object) => !isOperators(object)).map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Deployment', 'Service']);
  expect(monitoring.map(identity).sort()).toEqual([
    'AlertmanagerConfig shop/shop', 'PodMonitor shop/shop-worker', 'Probe shop/shop-page', 'PrometheusRule shop/shop-shop', 'ServiceMonitor shop/shop-web',
  ]);
});

test('the Prometheus that is there selects them, and the operator accepts them', () => {
  expect(monitoring.filter(({ metadata }) => metadata.labels?.release !== 'kps')).toEqual([]);
  expect(monitoring.flatMap(crdProblems)).toEqual([]);
});

test('the monitors find Service and Pods', () => {
  const { endpoints: [endpoint], namespaceSelector } = find(monitoring, 'ServiceMonitor').spec;
  const service = find(objects, 'Service');
  expect(endpoint.relabelings).toContainEqual({ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: service.metadata.name });
  expect([namespaceSelector, service.spec.ports.map(({ name }: Loose) => name)]).toEqual([{ matchNames: ['shop'] }, [endpoint.port]]);
  const worker = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name.includes('worker'));
  expect(worker?.spec.template.metadata.labels).toEqual(find(monitoring, 'PodMonitor').spec.selector.matchLabels);
});

test('its alerts have the label by which the operator routes them to the team', () => {
  const { groups: [{ rules }] } = find(monitoring, 'PrometheusRule').spec;
  expect(rules.map(({ expr }: Loose) => PromQl.parse(expr)._lacksLabel('namespace'))).toEqual([false, false]);
  expect(find(monitoring, 'Probe').spec.targets.staticConfig.labels).toEqual({ namespace: 'shop' });
});
