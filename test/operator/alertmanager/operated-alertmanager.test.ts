import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, k8s, Secret, ServiceAccount } from 'cdk8s-plus-27';
import {
  AlertmanagerConfigSelection, AlertmanagerServer, AlertRouting, ClaimRetention, Exposure, Integration, LogLevel, OperatedAlertmanager,
  OperatedAlertmanagerProps, DataStorage, Receiver, Route, Scheme, SecretKey, SigV4, TlsServer, WebConfig,
} from '../../../lib';
import { checkConfiguration } from '../../amtool';
import { bytesOf, manifests, newChart } from '../../charts';
import { find, Manifest, nameOf, ofKind, textsOf } from '../../manifests';
import { PodOption } from '../../pod-options';
import { PROGRAMS } from '../../../lib/versions';

function made(props: OperatedAlertmanagerProps = {}): { objects: Manifest[]; spec: Manifest; alertmanager: OperatedAlertmanager } {
  const chart = newChart();
  const alertmanager = new OperatedAlertmanager(chart, 'alertmanager', props);
  const objects = manifests(chart);
  return { objects, alertmanager, spec: find(objects, 'Alertmanager').spec };
}

function key(chart: Chart, secret: string, name: string): SecretKey {
  return SecretKey.of(Secret.fromSecretName(chart, `${secret}-${name}`, secret), name);
}

function to(...integrations: Integration[]): AlertRouting {
  return new AlertRouting({ routes: [new Route({ receiver: new Receiver({ name: 'team', integrations }) })] });
}

function configuration(objects: Manifest[]): { [file: string]: string } {
  return textsOf(find(objects, 'Secret'));
}

/** Has amtool judge the configuration, which the operator passes on as it is, with the files of its Secret beside it. */
function checkConfig(objects: Manifest[]): void {
  checkConfiguration(configuration(objects));
}

test('without props', () => {
  const { objects } = made();
  expect(objects).toMatchSnapshot();
  checkConfig(objects);
});

test('two syntheses give the same bytes', () => {
  const make = (chart: Chart): void => {
    new OperatedAlertmanager(chart, 'alertmanager', { replicas: 3, teamConfigs: AlertmanagerConfigSelection.everywhere() });
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('every prop', () => {
  const chart = newChart();
  const props: Required<Omit<OperatedAlertmanagerProps, 'configuration' | PodOption>> = {
    name: 'alerts',
    namespace: 'elsewhere',
    image: 'quay.io/prometheus/alertmanager:v0.33.0',
    registry: 'registry.example.com',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    resources: { cpuRequest: Cpu.millis(20), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(100), memoryLimit: Size.mebibytes(200) },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClassName: 'high',
    podAnnotations: { note: 'mine' },
    podLabels: { team: 'ops' },
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'given', { namespaceName: 'elsewhere' }),
    routing: to(Integration.webhook({ urlFrom: key(chart, 'hook', 'url') })),
    replicas: 3,
    maxUnavailable: 2,
    storage: DataStorage.volumeClaimTemplate({
      name: 'silences', subPath: '/',
      size: Size.gibibytes(1), storageClassName: 'fast', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.RETAIN,
    }),
    retention: Duration.hours(48),
    exposure: Exposure.nodePort(30093),
    replicaServices: Exposure.clusterIp(),
    externalUrl: 'https://alerts.example.com/am',
    web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'certificate', 'web'))),
    logLevel: LogLevel.WARN,
    proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128', httpsProxyFrom: SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url') },
    jobName: 'mine',
    limits: { requestTimeout: Duration.seconds(9) },
    gossip: { peerTimeout: Duration.seconds(20) },
    enableFeatures: ['receiver-name-in-metrics'],
    dispatchStartDelay: Duration.minutes(1),
    extraFlags: { 'log.silences': '' },
    rules: { criticalIntegrations: ['sns'] },
    teamConfigs: AlertmanagerConfigSelection.inNamespaces('shop', 'bank'),
    secrets: [Secret.fromSecretName(chart, 'files', 'files')],
  };
  const alertmanager = new OperatedAlertmanager(chart, 'alertmanager', props);
  const objects = manifests(chart);
  expect(objects.map(({ metadata: { namespace } }) => namespace)).toEqual(objects.map(() => 'elsewhere'));
  const { spec } = find(objects, 'Alertmanager', 'alerts');
  expect(find(objects, 'Service', 'alerts-2').spec.selector).toMatchObject({ 'statefulset.kubernetes.io/pod-name': 'alertmanager-alerts-2' });
  expect(spec).toMatchObject({
    image: 'quay.io/prometheus/alertmanager:v0.33.0',
    version: 'v0.33.0',
    imagePullSecrets: [{ name: 'pull' }],
    resources: { requests: { cpu: '20m', memory: '100Mi' }, limits: { cpu: '1', memory: '200Mi' } },
    nodeSelector: { disk: 'ssd', 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClassName: 'high',
    podMetadata: { annotations: { note: 'mine' }, labels: { team: 'ops', 'app.kubernetes.io/component': 'alert-router' } },
    serviceAccountName: 'given',
    replicas: 3,
    storage: {
      disableMountSubPath: true,
      volumeClaimTemplate: {
        metadata: { name: 'silences' },
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '1Gi' } } },
      },
    },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    retention: '48h',
    externalUrl: 'https://alerts.example.com/am',
    routePrefix: '/am',
    logLevel: 'warn',
    additionalArgs: [
      { name: 'web.timeout', value: '9s' }, { name: 'cluster.peer-timeout', value: '20s' }, { name: 'enable-feature', value: 'receiver-name-in-metrics' },
      { name: 'dispatch.start-delay', value: '1m' }, { name: 'log.silences' },
    ],
    clusterLabel: 'elsewhere/alerts',
    web: { tlsConfig: { cert: { secret: { name: 'web', key: 'tls.crt' } }, keySecret: { name: 'web', key: 'tls.key' } } },
    containers: [{ name: 'config-reloader' }, { name: 'alertmanager', env: [
      { name: 'HTTP_PROXY', value: 'http://proxy.example.com:3128' }, { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } },
      { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc' },
    ] }],
    alertmanagerConfigSelector: {},
    alertmanagerConfigNamespaceSelector: {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'bank'] }],
    },
    alertmanagerConfigMatcherStrategy: { type: 'OnNamespace' },
  });
  expect(spec.volumes).toContainEqual({ name: 'secret-1', secret: { secretName: 'files', optional: true, defaultMode: 0o440 } });
  expect(spec.volumeMounts).toContainEqual({ name: 'secret-1', mountPath: '/etc/alertmanager/secrets/files', readOnly: true });
  expect(configuration(objects)['alertmanager.yaml']).toContain('/etc/alertmanager/secrets/hook/url');
  expect(find(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(find(objects, 'Service', 'alerts').spec.ports[0].nodePort).toBe(30093);
  expect(alertmanager).toMatchObject({ pathPrefix: '/am', url: 'https://alerts.elsewhere.svc:9093/am', serviceName: 'alerts', port: 9093, scheme: Scheme.HTTPS });
  expect(alertmanager.monitoring.jobs?.map(({ name }) => name)).toEqual(['mine']);
  expect(JSON.stringify(alertmanager.monitoring.rules?._toData())).toMatch(/job=\\"mine\\", integration=~\\"sns\\"/);
  checkConfig(objects);
});

test('a certificate of its own is shown by the reloader too, which is probed and scraped by it', () => {
  const chart = newChart();
  const { monitoring } = new OperatedAlertmanager(chart, 'alertmanager', { web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'web', 'web'))) });
  const probe = { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTPS' } };
  expect(find(manifests(chart), 'Alertmanager').spec.containers).toEqual([
    { name: 'config-reloader', livenessProbe: probe, readinessProbe: probe, startupProbe: probe },
  ]);
  expect(monitoring.jobs?.[0].endpoints.map(({ port, scheme, httpConfig }) => [port, scheme, httpConfig.tls?.serverName])).toEqual([
    ['web', Scheme.HTTPS, 'alertmanager.monitoring.svc'], ['reloader-web', Scheme.HTTPS, 'alertmanager.monitoring.svc'],
  ]);
});

test('registry takes the place of the image\'s own', () => {
  expect(made({ registry: 'r.io' }).spec.image).toBe(`r.io/prometheus/alertmanager:${PROGRAMS.alertmanager.version}`);
});

test('what is not the operator\'s is as with AlertmanagerServer', () => {
  const props = { replicas: 3, externalUrl: 'https://alerts.example.com/am', exposure: Exposure.ingress({ host: 'alerts.example.com', path: '/am' }) };
  const plain = newChart();
  const server = new AlertmanagerServer(plain, 'alertmanager', props);
  const { objects, alertmanager } = made(props);
  const shared = (from: Manifest[]) => ['Service', 'Ingress', 'PodDisruptionBudget', 'ServiceAccount'].flatMap((kind) => ofKind(from, kind))
    // the operator names the ports of the gossip in its own way
    .map((object: Manifest) => JSON.stringify(object).replace(/"targetPort":"(gossip|mesh)-/g, '"targetPort":"'));
  expect(shared(objects).sort()).toEqual(shared(manifests(plain)).sort());
  expect(configuration(objects)).toEqual(find(manifests(plain), 'ConfigMap', 'alertmanager-config').data);
  const told = ({ url, serviceName, portName, pathPrefix, monitoring }: AlertmanagerServer | OperatedAlertmanager) => (
    JSON.stringify([url, serviceName, portName, pathPrefix, monitoring.jobs, monitoring.rules?._toData()])
  );
  expect(told(alertmanager)).toEqual(told(server));
});

test('the Pod is hardened, without token, and refuses no Secret that is missing', () => {
  const chart = newChart();
  const { spec } = made({ routing: to(Integration.webhook({ urlFrom: key(chart, 'hook', 'url') })) });
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [
      { name: 'secret-0', secret: { secretName: 'hook', optional: true, defaultMode: 0o440 } },
      {
        name: 'secrets',
        projected: {
          defaultMode: 0o440,
          sources: [
            { configMap: { name: 'alertmanager-placeholders', optional: true } }, { secret: { name: 'alertmanager-secrets', optional: true } },
          ],
        },
      },
    ],
    volumeMounts: [
      { name: 'secret-0', mountPath: '/etc/alertmanager/secrets/hook', readOnly: true },
      { name: 'secrets', mountPath: '/etc/alertmanager/secrets/alertmanager-secrets', readOnly: true },
    ],
  });
  expect(spec.secrets).toBeUndefined();
});

test('variables are merged into the container of Alertmanager', () => {
  const chart = newChart();
  const { spec } = made({ routing: to(Integration.sns({ topicArn: 'arn:aws:sns:eu-west-1:1:alerts', sigv4: SigV4.profile({ region: 'eu-west-1', profile: 'alerts', file: key(chart, 'aws', 'credentials') }) })) });
  expect(spec.containers).toEqual([{
    name: 'alertmanager', env: [{ name: 'AWS_SHARED_CREDENTIALS_FILE', value: '/etc/alertmanager/secrets/aws/credentials' }],
  }]);
  expect(made().spec.containers).toBeUndefined();
});

describe('a configuration that is made elsewhere', () => {
  const sealed = (name: string = 'alertmanager.yaml') => key(newChart(), 'sealed', name);

  test('is the Secret that the resource names', () => {
    const { objects, spec, alertmanager } = made({ configuration: sealed() });
    expect(spec.configSecret).toBe('sealed');
    expect(ofKind(objects, 'Secret')).toEqual([]);
    expect(alertmanager.configSecret).toBeUndefined();
    expect(alertmanager.routing).toBeUndefined();
    expect(alertmanager.node.metadata).toEqual([]);
  });

  test('cannot be checked, which is told where the operator reads it itself', () => {
    const { alertmanager } = made({ configuration: sealed(), teamConfigs: AlertmanagerConfigSelection.everywhere() });
    expect(alertmanager.node.metadata.map(({ data }): unknown => data)).toEqual([
      "the operator reads the configuration of Secret 'sealed' itself because of 'teamConfigs', and changes nothing as long as that has a setting that it does not "
      + 'know; routes of teams come before its own, and nothing keeps the alert InfoInhibitor from them: inhibit it there',
    ]);
  });

  test.each<[OperatedAlertmanagerProps, string]>([
    [{ configuration: sealed('config.yml') }, "test/alertmanager: 'configuration' is key 'config.yml' of Secret 'sealed', and the operator reads 'alertmanager.yaml' alone; call the key that, or use AlertmanagerServer"],
    [{ configuration: sealed(), routing: new AlertRouting() }, "test/alertmanager: got 'routing' and 'configuration', the key 'sealed/alertmanager.yaml' of a Secret; keep one of them"],
  ])('is refused as %#', (props, message) => {
    expect(() => made(props)).toThrow(message);
  });
});

test('templates lie beside the configuration', () => {
  const { objects } = made({ routing: new AlertRouting({ templates: { shop: '{{ define "shop" }}$(x){{ end }}' } }) });
  expect(Object.keys(configuration(objects))).toEqual(['alertmanager.yaml', 'shop.tmpl']);
  expect(configuration(objects)['alertmanager.yaml']).toContain('/etc/alertmanager/config/*.tmpl');
  checkConfig(objects);
});

test('replicas find each other by a Service of their own, which is there first', () => {
  const { objects, spec } = made({ replicas: 3 });
  expect(spec.serviceName).toBe('alertmanager-peers');
  const peers = find(objects, 'Service', 'alertmanager-peers');
  expect(peers.spec).toMatchObject({
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { 'app.kubernetes.io/name': 'alertmanager', 'app.kubernetes.io/instance': 'alertmanager' },
    ports: [{ name: 'reloader-web', port: 8080 }, { name: 'gossip-tcp', targetPort: 'mesh-tcp' }, { name: 'gossip-udp', targetPort: 'mesh-udp' }],
  });
  expect(spec.topologySpreadConstraints.length).toBe(2);
  const order = objects.map((object) => `${object.kind}/${nameOf(object)}`);
  expect(order.indexOf('Alertmanager/alertmanager')).toBeGreaterThan(order.indexOf('Service/alertmanager-peers'));
  expect(order.indexOf('Alertmanager/alertmanager')).toBeGreaterThan(order.indexOf('Secret/alertmanager-config'));
});

test('one alone needs no peers, no budget and no spread', () => {
  const { objects, spec } = made();
  expect(find(objects, 'Service', 'alertmanager-peers').spec.ports.map(({ name }: Manifest) => name)).toEqual(['reloader-web']);
  expect(ofKind(objects, 'PodDisruptionBudget')).toEqual([]);
  expect(spec.topologySpreadConstraints).toBeUndefined();
});

test.each<[string, DataStorage, object]>([
  ['a directory', DataStorage.emptyDir(), { emptyDir: {} }],
  ['a directory with a limit', DataStorage.emptyDir({ sizeLimit: Size.mebibytes(50) }), { emptyDir: { sizeLimit: '50Mi' } }],
])('keeps its data in %s', (_, storage, expected) => {
  const { spec } = made({ storage });
  expect(spec.storage).toEqual(expected);
  expect(spec.persistentVolumeClaimRetentionPolicy).toBeUndefined();
});

test('claims are named, and their folder is chosen, by the operator unless they are given', () => {
  const of = (subPath?: string) => made({ storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), subPath }) }).spec.storage;
  expect(Object.keys(of())).toEqual(['volumeClaimTemplate']);
  expect(Object.keys(of().volumeClaimTemplate)).toEqual(['spec']);
  expect(of('alertmanager-db')).toEqual(of());
});

test('a URL without a path has no prefix', () => {
  expect(made({ externalUrl: 'https://alerts.example.com/' }).spec.routePrefix).toBeUndefined();
});

test('tells of a Secret that is read only when the configuration is loaded', () => {
  const chart = newChart();
  const notes = (routing: AlertRouting) => made({ routing }).alertmanager.node.metadata.map(({ data }): unknown => data);
  expect(notes(to(Integration.custom('rocketchat_configs', {
    secretFiles: { token_file: key(chart, 'chat', 'token'), token_id_file: key(chart, 'chat', 'id') },
  })))).toEqual([expect.stringContaining('restart the Pods then')]);
  expect(notes(to(Integration.webhook({ urlFrom: key(chart, 'hook', 'url') })))).toEqual([]);
});

test.each<[string, OperatedAlertmanagerProps, string]>([
  ['a name that the operator\'s StatefulSet cannot carry', { name: 'a'.repeat(40) }, 'has 40 characters, and an Alertmanager of the operator has at most 39; give a shorter one'],
  ['the name of the operator\'s Service', { name: 'alertmanager-operated' }, "'alertmanager-operated' is the name of the Service that the operator makes for other Alertmanager resources"],
  ['a version that the operator does not run', { image: 'alertmanager:v1.0.0' }, "image 'alertmanager:v1.0.0' is Alertmanager 1.0.0, and the operator runs none from 1.0 on; choose an older image"],
  ['a claim that exists', { storage: DataStorage.existingClaim('data') }, "takes no existing one, such as 'data'; use DataStorage.volumeClaimTemplate(), or AlertmanagerServer"],
  ['a folder that the operator does not mount', { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), subPath: 'data' }) }, "the operator keeps data in the folder 'alertmanager-db' or in the root of the volume, got subPath 'data'; leave it out, write '/', or use AlertmanagerServer"],
  ['a label of the operator', { podLabels: { 'app.kubernetes.io/managed-by': 'me' } }, "'podLabels' sets 'app.kubernetes.io/managed-by' to 'me', which has to be 'prometheus-operator'; leave it out"],
  ['an annotation of the operator', { podAnnotations: { 'kubectl.kubernetes.io/default-container': 'x' } }, "'podAnnotations' sets 'kubectl.kubernetes.io/default-container' to 'x', which has to be 'alertmanager'; leave it out"],
  ['a text with what looks like a variable', { routing: to(Integration.slack({ channel: '#a', text: 'costs $(PRICE)', apiUrl: key(newChart(), 'slack', 'url') })) }, "the routing has '$(PRICE)', which the operator's reloader takes for an environment variable and fails; in a template write '{{ \"$\" }}(PRICE)'"],
  ['a budget that blocks all evictions', { replicas: 2, maxUnavailable: 0 }, "'maxUnavailable' 0 would block all evictions"],
])('refuses %s', (_, props, message) => {
  expect(() => made(props)).toThrow('test/alertmanager: ');
  expect(() => made(props)).toThrow(message);
});

test('the same label as the operator\'s is no error', () => {
  expect(() => made({ podLabels: { alertmanager: 'alertmanager' }, name: 'a'.repeat(39) })).toThrow("which has to be 'aaa");
  expect(() => made({ podLabels: { alertmanager: 'alertmanager' } })).not.toThrow();
});

test.each<[string, (chart: Chart) => unknown, string]>([
  ['a StatefulSet', (chart) => new AlertmanagerServer(chart, 'alertmanager-main'), "StatefulSet 'alertmanager-main' already exists, made by 'test/alertmanager-main/Resource', and the operator makes one of that name of this; give one of the two another 'name'"],
  ['a Secret', (chart) => new k8s.KubeSecret(chart, 'mine', { metadata: { name: 'alertmanager-main-generated' } }), "Secret 'alertmanager-main-generated' already exists, made by 'test/mine', and the operator makes one of that name"],
])('%s that the operator would overwrite fails the synthesis', (_, make, message) => {
  const chart = newChart();
  make(chart);
  new OperatedAlertmanager(chart, 'main');
  expect(() => chart.node.root.node.findAll().flatMap((construct) => construct.node.validate()).forEach((problem) => {
    throw new Error(problem);
  })).toThrow(message);
});

test('a StatefulSet of that name in another namespace is no error', () => {
  const chart = newChart();
  new AlertmanagerServer(chart, 'alertmanager-main', { namespace: 'elsewhere' });
  const main = new OperatedAlertmanager(chart, 'main');
  expect(main.node.validate()).toEqual([]);
});
