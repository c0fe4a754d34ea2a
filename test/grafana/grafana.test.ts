import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { grafanaIn, keyOf, Made, secret } from './grafana-support';
import { thing } from './support';
import {
  AlertmanagerServer, DataSource, DataStorage, Exposure, Grafana, GrafanaDatabase, GrafanaProps, GrafanaRole, LogLevel, MetricSelection,
  NodeExporterDaemonSet, OperatedPrometheus, PrometheusServer, RemoteWrite, SecretKey, UpdateStrategy,
} from '../../lib';
import { documentedSettings } from '../../lib/grafana/documented-settings';
import { upstreamImage, PROGRAMS } from '../../lib/versions';
import { bytesOf, inChart, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { workloadProps } from '../workload-props';

const database = (chart: Chart) => GrafanaDatabase.postgres({ host: 'db.shop.svc:5432', password: keyOf(chart, 'db') });

const everything = (chart: Chart): Required<Omit<GrafanaProps, PodOption | 'storage'>> => ({
  adminPassword: keyOf(chart, 'admin'),
  adminUser: 'root',
  prometheus: new PrometheusServer(chart, 'prometheus', { scrapeInterval: Duration.minutes(1) }),
  alertmanager: new AlertmanagerServer(chart, 'alertmanager'),
  dataSources: [DataSource.of({ name: 'Logs', type: 'loki', url: 'http://loki.logs.svc:3100' })],
  multiCluster: true,
  homeDashboard: 'shop',
  exposure: Exposure.ingress({ host: 'grafana.example.com', path: '/grafana', tlsSecret: secret(chart, 'tls') }),
  externalUrl: 'https://grafana.example.com/grafana',
  oidc: { clientId: 'grafana', clientSecret: keyOf(chart, 'oidc'), authUrl: 'https://id.example.com/auth', tokenUrl: 'https://id.example.com/token' },
  database: database(chart),
  secretKey: keyOf(chart, 'key'),
  replicas: 3,
  maxUnavailable: 2,
  proxyEnvironment: { httpsProxy: 'http://proxy.example.com:3128' },
  logLevel: LogLevel.WARN,
  settings: { users: { default_theme: 'light' }, analytics: { reporting_enabled: 'true' } },
  secretSettings: { smtp: { password: keyOf(chart, 'smtp') } },
  rules: { requestErrorPercent: 77 },
  name: 'boards',
  namespace: 'monitoring',
  image: 'example.com/grafana:13.0.2',
  registry: 'mirror.example.com',
  imagePullSecrets: [secret(chart, 'pull')],
  ...workloadProps(chart, 'monitoring', 'reader'),
  metrics: MetricSelection.all(),
});

test('needs nothing but a password and a data source', () => {
  expect(new Made().objects).toMatchSnapshot();
  expect(told(jobOf(inChart((chart) => grafanaIn(chart))))).toMatchSnapshot();
});

test('takes all the props', () => {
  const made = new Made(everything, (grafana, chart) => {
    const things = [grafana, new NodeExporterDaemonSet(newChart(), 'nodes')];
    grafana.show(thing('shop'), ...things);
    chart.node.findAll().forEach((construct) => construct instanceof PrometheusServer && construct.monitor(...things));
  });
  expect(made.workload).toMatchObject({
    kind: 'Deployment',
    metadata: { name: 'boards', namespace: 'monitoring' },
    spec: {
      replicas: 3,
      template: {
        metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '13.0.2' }, annotations: { a: 'b', 'checksum/config': expect.stringMatching(/^[0-9a-f]{16}$/) } },
        spec: {
          serviceAccountName: 'reader',
          imagePullSecrets: [{ name: 'pull' }],
          nodeSelector: { 'kubernetes.io/os': 'linux', 'pool': 'system' },
          tolerations: [{ key: 'system', operator: 'Exists' }],
          affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
          priorityClassName: 'important',
          topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }, { topologyKey: 'topology.kubernetes.io/zone' }],
        },
      },
    },
  });
  expect(made.container).toMatchObject({
    image: 'example.com/grafana:13.0.2',
    resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
    readinessProbe: { httpGet: { path: '/grafana/api/health' } },
    env: expect.arrayContaining([{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }]),
  });
  expect(made.ini).toMatchObject({
    'security': {
      admin_user: 'root', admin_password: '$__file{/etc/grafana/secrets/admin/password}', secret_key: '$__file{/etc/grafana/secrets/key/password}',
      cookie_secure: 'true',
    },
    'server': { root_url: 'https://grafana.example.com/grafana', serve_from_sub_path: 'true' },
    'database': { type: 'postgres' },
    'auth.generic_oauth': { enabled: 'true' },
    'unified_alerting': { ha_peers: 'boards-peers.monitoring.svc:9094' },
    'log': { mode: 'console', level: 'warn' },
    'users': { default_theme: 'light' },
    'analytics': { reporting_enabled: 'true', check_for_updates: 'false' },
    'smtp': { password: '$__file{/etc/grafana/secrets/smtp/password}' },
    'dashboards': { default_home_dashboard_path: '/etc/grafana/dashboards/general/shop.json' },
  });
  expect(made.dataSources).toMatchObject([
    { uid: 'prometheus', isDefault: true, jsonData: { timeInterval: '1m' } }, { uid: 'alertmanager', isDefault: false }, { uid: 'logs', isDefault: false },
  ]);
  expect(JSON.parse(find(made.objects, 'ConfigMap', 'boards-dashboard-grafana').data['grafana.json']).templating.list[1]).toMatchObject({ name: 'cluster', hide: 0 });
  expect(find(made.objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(find(made.objects, 'Ingress').spec.rules[0].http.paths[0].path).toBe('/grafana');
  expect(made.objects.map(identity).filter((name) => !name.startsWith('ConfigMap'))).toEqual([
    'Deployment monitoring/boards', 'Service monitoring/boards', 'Ingress monitoring/boards', 'Service monitoring/boards-peers',
    'PodDisruptionBudget monitoring/boards',
  ]);
  const grafana = inChart((chart) => grafanaIn(chart, everything));
  expect(told(jobOf(grafana))).toMatchObject({ name: 'mine', endpoints: [{ path: '/grafana/metrics', interval: '45 seconds', timeout: '20 seconds', metrics: [] }] });
  expect(expressions(grafana)).toContain('> 77');
  expect([grafana.url, grafana.externalUrl]).toEqual(['http://boards.monitoring.svc:3000/grafana', 'https://grafana.example.com/grafana']);
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  expect(new Made().container.image).toBe(upstreamImage(PROGRAMS.grafana));
  expect(new Made(() => ({ registry: 'mirror.example.com' })).container.image).toBe(`mirror.example.com/grafana/grafana:${PROGRAMS.grafana.version.slice(1)}`);
});

test('two synths give the same bytes', () => {
  const once = () => bytesOf((chart) => grafanaIn(chart, everything).show(thing('shop')));
  expect(once()).toBe(once());
});

test('its root file system is read-only, and what it writes goes into volumes that go with the Pod', () => {
  const made = new Made();
  expect(made.container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
  expect(made.pod.securityContext).toMatchObject({ runAsUser: 472, runAsGroup: 472, fsGroup: 472, runAsNonRoot: true });
  expect([made.mounts['/var/lib/grafana'], made.mounts['/tmp']]).toEqual([{ name: 'data', emptyDir: {} }, { name: 'tmp', emptyDir: {} }]);
  expect(made.ini).toMatchObject({ plugins: { preinstall_auto_update: 'false', preinstall_disabled: 'true' }, log: { mode: 'console' } });
});

test('every setting that it writes is one that Grafana documents', () => {
  const known = documentedSettings();
  const { ini } = new Made(everything, (grafana) => grafana.show(thing('shop')));
  const unknown = Object.entries(ini).flatMap(([section, keys]) => Object.keys(keys).filter((key) => !(known.get(section) ?? []).includes(key))
    .map((key) => `${section}.${key}`));
  expect(unknown).toEqual([]);
});

test('anonymous users and calls to grafana.com are off, unless the app wants them', () => {
  const { ini } = new Made();
  expect(ini['auth.anonymous']).toEqual({ enabled: 'false' });
  expect(ini.analytics).toEqual({ reporting_enabled: 'false', check_for_updates: 'false', check_for_plugin_updates: 'false' });
  expect(new Made(() => ({ settings: { 'auth.anonymous': { enabled: 'true' } } })).ini['auth.anonymous']).toEqual({ enabled: 'true' });
});

describe('storage', () => {
  test('on a claim of its own makes a StatefulSet', () => {
    const storage = DataStorage.volumeClaimTemplate();
    const { workload, mounts } = new Made(() => ({ storage }));
    expect(workload).toMatchObject({
      kind: 'StatefulSet',
      spec: { replicas: 1, serviceName: 'grafana', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: '10Gi' } } } }] },
    });
    expect(mounts['/var/lib/grafana']).toBe('data');
    expect(workload.spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/grafana' });
  });

  test('on a claim that exists is its root, as in the chart of Grafana', () => {
    const { workload, mounts } = new Made(() => ({ storage: DataStorage.existingClaim('grafana') }));
    expect(workload.kind).toBe('StatefulSet');
    expect(mounts['/var/lib/grafana']).toEqual({ name: 'data', persistentVolumeClaim: { claimName: 'grafana' } });
  });

  test('takes the update strategy of its workload', () => {
    const spec = (updateStrategy: UpdateStrategy, storage?: DataStorage) => new Made(() => ({ storage, updateStrategy })).workload.spec;
    expect(spec(UpdateStrategy.recreate()).strategy).toEqual({ type: 'Recreate' });
    expect(spec(UpdateStrategy.onDelete(), DataStorage.volumeClaimTemplate()).updateStrategy).toEqual({ type: 'OnDelete' });
  });
});

test('several replicas share a database and what they know of alerts', () => {
  const made = new Made((chart) => ({ replicas: 2, database: database(chart) }));
  expect(made.ini.unified_alerting).toEqual({
    ha_listen_address: '[${POD_IP}]:9094', ha_advertise_address: '[${POD_IP}]:9094', ha_peers: 'grafana-peers.monitoring.svc:9094', ha_label: 'monitoring/grafana',
    ha_reconnect_timeout: '2m',
  });
  expect(made.container.env).toContainEqual({ name: 'POD_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } });
  expect(find(made.objects, 'Service', 'grafana-peers').spec).toMatchObject({
    clusterIP: 'None', publishNotReadyAddresses: true, ports: [{ port: 9094, protocol: 'TCP' }, { port: 9094, protocol: 'UDP' }],
  });
  expect(ofKind(new Made().objects, 'Service')).toHaveLength(1);
});

describe('the Pods are rolled', () => {
  const checksum = (props: (chart: Chart) => Partial<GrafanaProps>, then?: (grafana: Grafana) => void) => (
    new Made(props, then).workload.spec.template.metadata.annotations['checksum/config']
  );
  const before = checksum(() => ({}));

  test.each<[string, (chart: Chart) => Partial<GrafanaProps>]>([
    ['a setting', () => ({ settings: { users: { default_theme: 'light' } } })],
    ['a data source', () => ({ dataSources: [DataSource.of({ name: 'Logs', type: 'loki' })] })],
  ])('by another %s', (_, props) => {
    expect(checksum(props)).not.toBe(before);
  });

  test('by a data source that comes later', () => {
    expect(checksum(() => ({}), (grafana) => grafana.addDataSource(DataSource.of({ name: 'Logs', type: 'loki' })))).not.toBe(before);
  });

  test('not by another content of a dashboard', () => {
    const of = (panels: object[]) => new Made(() => ({}), (grafana) => {
      grafana.show({ monitoring: { dashboards: [thingWith(panels)] } });
    });
    expect(of([]).workload).toEqual(of([{ title: 'a', type: 'text' }]).workload);
    expect(of([]).objects).not.toEqual(of([{ title: 'a', type: 'text' }]).objects);
  });
});

function thingWith(panels: object[]) {
  return thing('shop', 'Shop', undefined, panels).monitoring.dashboards![0];
}

describe('dashboards', () => {
  test('are mounted by folder, each from a ConfigMap of its own', () => {
    const made = new Made(() => ({}), (grafana) => {
      grafana.show(thing('a', 'A', 'Sales'), thing('B_1', 'B', 'Sales'), thing('c'), thing('d', 'D', '倉庫'));
    });
    const { providers } = parse(made.files['dashboards.yaml']);
    expect(providers).toMatchObject([
      { name: 'Sales', folder: 'Sales', folderUid: 'sales', type: 'file', allowUiUpdates: false, options: { path: '/etc/grafana/dashboards/sales' } },
      { name: 'General', folder: '', folderUid: '', options: { path: '/etc/grafana/dashboards/general' } },
      { folder: '倉庫', folderUid: expect.stringMatching(/^folder-[0-9a-f]{8}$/) },
    ]);
    expect(made.mounts['/etc/grafana/dashboards/sales'].projected.sources).toEqual([
      { configMap: { name: 'grafana-dashboard-a' } }, { configMap: { name: 'grafana-dashboard-b-1' } },
    ]);
    expect(find(made.objects, 'ConfigMap', 'grafana-dashboard-b-1').data).toEqual({ 'B_1.json': expect.stringMatching(/"title":"B".*[^\n]\n$/s) });
  });

  test('lead with the overview of the cluster, where it is shown', () => {
    const home = (...things: string[]) => new Made(() => ({}), (grafana) => grafana.show(...things.map((uid) => thing(uid)))).ini.dashboards;
    expect(home('shop')).toBeUndefined();
    expect(home('shop', 'kubernetes-cluster')).toEqual({ default_home_dashboard_path: '/etc/grafana/dashboards/general/kubernetes-cluster.json' });
  });

  test('are listed, and so is what is missing', () => {
    inChart((chart) => {
      const grafana = grafanaIn(chart);
      grafana.show(thing('shop'), grafana);
      expect(grafana.dashboards.map(({ uid }) => uid)).toEqual(['shop', 'grafana']);
      expect(grafana.dashboardConfigMaps.map(({ name }) => name)).toEqual(['grafana-dashboard-shop', 'grafana-dashboard-grafana']);
      expect(grafana.notes).toEqual([]);
      expect(grafana.dataSources.map(({ name }) => name)).toEqual(['Prometheus']);
    });
  });
});

describe('notes', () => {
  const notes = (props: (chart: Chart) => Partial<GrafanaProps>) => inChart((chart) => {
    const grafana = grafanaIn(chart, props);
    expect(grafana.node.metadata.map(({ data }) => data)).toEqual(grafana.notes);
    return grafana.notes;
  });
  const unencrypted = "'secretKey' is not given, so that secrets in the database are encrypted with the key that every Grafana comes with; give one before there are any, and keep it";

  test('tell of a database without a key of its own', () => {
    expect(notes((chart) => ({ replicas: 2, database: database(chart) }))).toEqual([unencrypted]);
    expect(notes(() => ({ storage: DataStorage.volumeClaimTemplate() }))).toEqual([unencrypted]);
    expect(notes((chart) => ({ database: database(chart), secretKey: keyOf(chart, 'key') }))).toEqual([]);
    expect(notes(() => ({}))).toEqual([]);
  });

  test('tell of a URL that the exposure does not lead to', () => {
    const exposure = Exposure.ingress({ host: 'grafana.example.com' });
    expect(notes(() => ({ exposure, externalUrl: 'https://other.example.com' }))).toEqual([
      "links and logins lead to 'other.example.com', the host of 'externalUrl', and 'exposure' takes requests for 'grafana.example.com'; "
        + 'give both the same unless something else leads from the first to the second',
    ]);
    expect(notes(() => ({ exposure, externalUrl: 'https://grafana.example.com' }))).toEqual([]);
    expect(notes(() => ({ exposure: Exposure.nodePort(30300), externalUrl: 'https://grafana.example.com' }))).toEqual([]);
  });
});

describe('synthesis fails', () => {
  test('without a data source', () => {
    const make = () => synth((chart) => new Grafana(chart, 'grafana', { adminPassword: keyOf(chart, 'admin') }));
    expect(make).toThrow("has no data source; give 'prometheus', or add one by 'dataSources' or addDataSource()");
  });

  test('when the home dashboard is not shown', () => {
    expect(() => new Made(() => ({ homeDashboard: 'shap' }), (grafana) => grafana.show(thing('shop'))))
      .toThrow("homeDashboard 'shap' is not shown, did you mean 'shop'? shown are 'shop'; show it, or name another");
  });

  const asks = (datasource: unknown) => (grafana: Grafana) => {
    grafana.show(thing('shop', 'shop', undefined, [{ type: 'stat', datasource, targets: [{ refId: 'A', expr: 'up' }] }], { templating: { list: [{ type: 'datasource', name: 'DS', query: 'prometheus' }] } }));
  };

  test('when a dashboard asks a data source as one of another type', () => {
    expect(() => new Made(() => ({}), asks({ type: 'loki', uid: 'prometheus' })))
      .toThrow("dashboard 'shop' asks data source 'prometheus' as one of type 'loki', and it is one of type 'prometheus'; write that type, or the uid of another");
    expect(() => new Made(() => ({}), asks({ type: 'prometheus', uid: 'prometheus' }))).not.toThrow();
  });

  test.each([[{ type: 'prometheus', uid: 'Prometheos' }], ['Prometheos']])('when a dashboard asks a data source that is not there: %j', (datasource) => {
    expect(() => new Made(() => ({}), asks(datasource))).toThrow("dashboard 'shop' asks data source 'Prometheos', which this Grafana does not have, "
      + "did you mean 'prometheus'?; write a variable of data sources in its place, or add one of this uid");
  });

  test.each([
    [{ type: 'prometheus', uid: 'prometheus' }], ['Prometheus'], [null], [{ type: 'prometheus', uid: '${DS}' }], ['$DS'], [{ uid: '-- Mixed --' }], [{ type: 'datasource', uid: 'grafana' }],
  ])('not when it asks %j', (datasource) => {
    expect(() => new Made(() => ({}), asks(datasource))).not.toThrow();
  });

  test('not where people may have added the data source', () => {
    expect(() => new Made(() => ({ storage: DataStorage.volumeClaimTemplate() }), asks('Theirs'))).not.toThrow();
    expect(() => new Made((chart) => ({ database: database(chart) }), asks('Theirs'))).not.toThrow();
  });
});

test.each<[string, (chart: Chart) => Partial<GrafanaProps>]>([
  ["test/grafana: 2 replicas would each have users and preferences of their own; name the database that they share by 'database'", () => ({ replicas: 2 })],
  ['test/grafana: replicas: 0 is not a whole number above 0; leave it out for one', () => ({ replicas: 0 })],
  ["test/grafana: got 'storage' with 'database', which keeps all that a volume would; leave out one of them", (chart) => ({
    database: database(chart), storage: DataStorage.volumeClaimTemplate(),
  })],
  ["test/grafana: image 'grafana:9.5' is Grafana 9.5, and dashboards and settings are for 12.0 or newer; name a newer one, or leave 'image' out", () => ({
    image: 'grafana:9.5',
  })],
  ["test/grafana: image 'example.com/grafana:11.6.3-ubuntu' is Grafana 11.6.3", () => ({ image: 'example.com/grafana:11.6.3-ubuntu' })],
  ["test/grafana: adminUser is empty; name one, or leave it out for 'admin'", () => ({ adminUser: ' ' })],
  ["test/grafana: 'updateStrategy' is OnDelete, which a Deployment does not have", () => ({ updateStrategy: UpdateStrategy.onDelete() })],
  ["test/grafana: externalUrl: 'https://a.example.com/x' has the path '/x', and 'exposure' leads '/y' to the program", () => ({
    externalUrl: 'https://a.example.com/x', exposure: Exposure.ingress({ host: 'a.example.com', path: '/y' }),
  })],
  ["test/grafana: 'podAnnotations' sets 'checksum/config' to 'mine', which has to be 'that of the configuration'; leave it out", () => ({ podAnnotations: { 'checksum/config': 'mine' } })],
  ["test/grafana: env: 'GF_DATABASE_TYPE' is set by the library; leave it out", () => ({ env: [{ name: 'GF_DATABASE_TYPE', value: 'mysql' }] })],
  ["test/grafana: env: 'GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH' is set by the library; leave it out", (chart) => ({
    externalUrl: 'https://a.example.com',
    oidc: {
      clientId: 'a', clientSecret: keyOf(chart, 'oidc'), authUrl: 'https://id.example.com/a', tokenUrl: 'https://id.example.com/t', groupRoles: { ops: GrafanaRole.ADMIN },
    },
    env: [{ name: 'GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH', value: "'Admin'" }],
  })],
  ["test/grafana: env: 'GF_SERVER_ROOT_URL' is set by the library; leave it out", () => ({ env: [{ name: 'GF_SERVER_ROOT_URL', value: 'http://a' }] })],
  ["test/grafana: volumes: the name 'file-7' of a volume is taken by the library or the operator", () => ({ volumes: [{ name: 'file-7', emptyDir: {} }] })],
  ["Secret 'admin' is made in namespace 'other', and Pods mount only Secrets of their own, 'monitoring'; make it there", (chart) => ({
    secretKey: SecretKey.of(new Secret(chart, 'made', { metadata: { name: 'admin', namespace: 'other' }, stringData: { password: 'x' } }), 'password'),
  })],
  ["DataSource.prometheus('test/agent'): it is an agent, which answers no queries; name a Prometheus that is not", (chart) => ({
    prometheus: new OperatedPrometheus(chart, 'agent', { agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store.example.com/write' })] }),
  })],
])('%s', (message, props) => {
  expect(() => inChart((chart) => grafanaIn(chart, props))).toThrow(message);
});

test.each(['grafana:12.0.0', 'grafana:12.0', 'grafana:latest', 'example.com/grafana:our-9.5'])('image %s may be new enough', (image) => {
  expect(new Made(() => ({ image })).container.image).toBe(image);
});

test('an app without types is told what it leaves out', () => {
  expect(() => inChart((chart) => new Grafana(chart, 'grafana', JSON.parse('{}')))).toThrow('test/grafana: adminPassword: undefined is not a SecretKey; use SecretKey.of()');
  expect(() => inChart((chart) => Reflect.construct(Grafana, [chart, 'grafana']))).toThrow('test/grafana: props: undefined is not an object of GrafanaProps; give one');
  expect(() => inChart((chart) => grafanaIn(chart).show(JSON.parse('{}')))).toThrow('test/grafana: what show() is given is missing; give it a component');
  expect(() => inChart((chart) => grafanaIn(chart).show(JSON.parse('null')))).toThrow('test/grafana: things[0]: null is not an IMonitored; give one');
});

describe('two Grafanas of a chart', () => {
  const of = (chart: Chart, ...all: Partial<GrafanaProps>[]) => {
    const prometheus = new PrometheusServer(chart, 'prometheus');
    all.forEach((props, i) => new Grafana(chart, `grafana-${i}`, { adminPassword: keyOf(chart, 'admin'), prometheus, ...props }));
  };
  const claim = (name: string, subPath?: string) => ({ storage: DataStorage.existingClaim(name, { subPath }) });
  const server = (chart: Chart, props: object = {}, type: 'postgres' | 'mysql' = 'postgres') => ({
    database: GrafanaDatabase[type]({ host: 'db.shop.svc:5432', password: keyOf(chart, 'db'), ...props }),
  });

  test.each<[string, (chart: Chart) => [Partial<GrafanaProps>, Partial<GrafanaProps>]]>([
    ["database 'grafana' of postgres://db.shop.svc:5432", (chart) => [server(chart), server(chart, { name: 'grafana', user: 'other' })]],
    ["claim 'data' of namespace 'monitoring'", () => [claim('data'), claim('data')]],
    ["claim 'data' of namespace 'monitoring', folder 'a'", () => [claim('data', 'a'), claim('data', 'a')]],
  ])('do not share %s', (place, make) => {
    expect(() => synth((chart) => of(chart, ...make(chart)))).toThrow(`[test/grafana-1] keeps its data in ${place}, as 'test/grafana-0' does, and each would delete `
      + "what the other provisions; give one of them another, or make one Grafana with 'replicas'");
  });

  test.each<[string, (chart: Chart) => [Partial<GrafanaProps>, Partial<GrafanaProps>]]>([
    ['databases of other names', (chart) => [server(chart), server(chart, { name: 'other' })]],
    ['databases of other servers', (chart) => [server(chart), server(chart, { host: 'db.other.svc:5432' })]],
    ['databases of other types', (chart) => [server(chart), server(chart, {}, 'mysql')]],
    ['claims of other names', () => [claim('data'), claim('other')]],
    ['claims of other namespaces', () => [claim('data'), { ...claim('data'), namespace: 'other' }]],
    ['other folders of a claim', () => [claim('data', 'a'), claim('data', 'b')]],
    ['claims of their own', () => [{ storage: DataStorage.volumeClaimTemplate() }, { storage: DataStorage.volumeClaimTemplate() }]],
    ['nothing that outlives them', () => [{}, {}]],
  ])('may have %s', (_, make) => {
    expect(() => synth((chart) => of(chart, ...make(chart)))).not.toThrow();
  });
});

test.each<[string, (grafana: Grafana) => void]>([
  ["test/grafana: two data sources have the uid 'prometheus'; give one of them another 'uid'", (grafana) => grafana.addDataSource(DataSource.of({ name: 'P', uid: 'prometheus', type: 'prometheus' }))],
  ["test/grafana: two data sources have the name 'Prometheus'; give one of them another 'name'", (grafana) => grafana.addDataSource(DataSource.of({ name: 'Prometheus', uid: 'p', type: 'prometheus' }))],
  ["test/grafana: data sources 'A' and 'B' are both to be the default, and Grafana would not start; leave 'isDefault' out of one of them", (grafana) => (
    ['A', 'B'].forEach((name) => grafana.addDataSource(DataSource.of({ name, type: 'loki', isDefault: true })))
  )],
  ["test/grafana: folders 'My shop' and 'my-shop' differ in little but signs; give their dashboards one 'folder', or another title", (grafana) => (
    grafana.show(thing('a', 'A', 'My shop'), thing('b', 'B', 'my-shop'))
  )],
  ["test/grafana: dashboards 'Shop' and 'Store' have the uid 'shop', and Grafana would show one of them; give one another 'uid'", (grafana) => (
    grafana.show(thing('shop', 'Shop'), thing('shop', 'Store'))
  )],
])('%s', (message, then) => {
  expect(() => inChart((chart) => then(grafanaIn(chart)))).toThrow(message);
});
