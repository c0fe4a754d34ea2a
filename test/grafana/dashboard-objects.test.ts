import { Duration } from 'cdk8s';
import { thing } from './support';
import {
  DashboardConfigMaps, DashboardConfigMapsProps, GrafanaDashboardResources, GrafanaDashboardResourcesProps, NodeExporterDaemonSet,
} from '../../lib';
import { bytesOf, inChart, synth } from '../charts';

const shop = thing('Shop_1', 'Shop', 'Sales');

describe('DashboardConfigMaps', () => {
  test('makes a ConfigMap for each dashboard', () => {
    const objects = synth((chart) => {
      new DashboardConfigMaps(chart, 'dashboards').show(shop, thing('orders'));
    });
    expect(objects).toMatchSnapshot();
  });

  test('takes all its props', () => {
    const props: Required<DashboardConfigMapsProps> = {
      name: 'boards', namespace: 'grafana', discoveryLabels: { 'example.com/board': 'yes' }, folderAnnotation: 'example.com/folder', multiCluster: true,
    };
    const objects = synth((chart) => {
      new DashboardConfigMaps(chart, 'dashboards', props).show(shop, new NodeExporterDaemonSet(chart, 'nodes'));
    });
    const maps = objects.filter(({ metadata }) => metadata.namespace === 'grafana');
    expect(maps[0].metadata).toMatchObject({
      name: 'boards-shop-1', labels: { 'example.com/board': 'yes' }, annotations: { 'example.com/folder': 'Sales' },
    });
    expect(maps[0].metadata.labels).not.toHaveProperty('grafana_dashboard');
    expect(JSON.parse(maps[1].data['kubernetes-node.json']).templating.list[1]).toMatchObject({ name: 'cluster', hide: 0 });
  });

  test.each<[DashboardConfigMapsProps, string]>([
    [{ discoveryLabels: {} }, 'test/x: discoveryLabels is empty, so no sidecar would find the ConfigMaps; name at least one label, or leave it out for the default'],
    [{ discoveryLabels: { 'a b': '1' } }, "test/x: discoveryLabels: 'a b' is not the key of a Kubernetes label"],
    [{ folderAnnotation: 'a b' }, "test/x: folderAnnotation: 'a b' is not the key of an annotation"],
    [{ name: 'A' }, "test/x: name: 'A' is not a name for Kubernetes objects"],
  ])('refuses %j', (props, message) => {
    expect(() => inChart((chart) => new DashboardConfigMaps(chart, 'x', props))).toThrow(message);
  });
});

describe('GrafanaDashboardResources', () => {
  test('makes a GrafanaDashboard for each dashboard', () => {
    const objects = synth((chart) => {
      new GrafanaDashboardResources(chart, 'dashboards').show(shop, thing('orders'));
    });
    expect(objects).toMatchSnapshot();
  });

  test('takes all its props', () => {
    const props: Required<GrafanaDashboardResourcesProps> = {
      name: 'boards', namespace: 'grafana', grafanaLabels: { grafana: 'main' }, crossNamespace: false, resyncPeriod: Duration.minutes(5), multiCluster: true,
    };
    const objects = synth((chart) => {
      new GrafanaDashboardResources(chart, 'dashboards', props).show(shop, new NodeExporterDaemonSet(chart, 'nodes'));
    });
    const [first, second] = objects.filter(({ metadata }) => metadata.namespace === 'grafana');
    expect(first).toMatchObject({
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'GrafanaDashboard',
      metadata: { name: 'boards-shop-1' },
      spec: { instanceSelector: { matchLabels: { grafana: 'main' } }, allowCrossNamespaceImport: false, resyncPeriod: '5m', folder: 'Sales' },
    });
    expect(JSON.parse(second.spec.json).templating.list[1]).toMatchObject({ name: 'cluster', hide: 0 });
  });

  test.each<[GrafanaDashboardResourcesProps, string]>([
    [{ grafanaLabels: {} }, 'test/x: grafanaLabels is empty, which would select every Grafana; name at least one label, or leave it out for the default'],
    [{ grafanaLabels: { 'a b': '1' } }, "test/x: grafanaLabels: 'a b' is not the key of a Kubernetes label"],
  ])('refuses %j', (props, message) => {
    expect(() => inChart((chart) => new GrafanaDashboardResources(chart, 'x', props))).toThrow(message);
  });
});

describe.each([['ConfigMaps', DashboardConfigMaps, { discoveryLabels: { other: '1' } }], ['resources', GrafanaDashboardResources, { grafanaLabels: { other: '1' } }]] as const)('%s of one dashboard', (_, Dashboards, others) => {
  const twice = (props: object) => () => synth((chart) => {
    new Dashboards(chart, 'one').show(thing('shop'), thing('orders'));
    new Dashboards(chart, 'two', props).show(thing('shop'));
  });

  test('for the same Grafana fail the synthesis', () => {
    expect(twice({})).toThrow("[test/two] the same Grafana gets dashboard 'shop' of 'test/one'; show both things by one of the two");
  });

  test('for another one do not', () => {
    expect(twice(others)).not.toThrow();
    expect(twice({ namespace: 'other', crossNamespace: false })).not.toThrow();
  });
});

test('two synths give the same bytes', () => {
  const bytes = () => bytesOf((chart) => {
    new DashboardConfigMaps(chart, 'dashboards').show(new NodeExporterDaemonSet(chart, 'nodes'));
  });
  expect(bytes()).toBe(bytes());
});
