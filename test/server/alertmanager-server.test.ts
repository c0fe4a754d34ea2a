import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { checkConfigWithFiles, expectRestricted, Synthesized } from './support';
import {
  AlertmanagerServer, AlertmanagerServerProps, AlertRouting, Exposure, LogLevel, PrometheusServer, DataStorage, Integration, Receiver, Route, Scheme,
  SecretKey, TlsServer, WebConfig,
} from '../../lib';
import { checkConfiguration, receiversIn } from '../amtool';
import { bytesOf, manifests, newChart } from '../charts';
import { find, Manifest, nameOf, ofKind, ruleFile } from '../manifests';
import { PodOption } from '../pod-options';
import { PROGRAMS } from '../../lib/versions';

function made(props: AlertmanagerServerProps = {}): { objects: Manifest[]; set: Manifest; pod: Manifest; container: Manifest } {
  const chart = newChart();
  new AlertmanagerServer(chart, 'alertmanager', props);
  const objects = manifests(chart);
  const set = find(objects, 'StatefulSet');
  return { objects, set, pod: set.spec.template.spec, container: set.spec.template.spec.containers[0] };
}

/** A receiver whose URL is in a Secret. */
function hook(chart: Chart, name: string = 'hook'): Receiver {
  const url = SecretKey.of(Secret.fromSecretName(chart, `secret-${name}`, name), 'url');
  return Receiver.of(name, Integration.webhook({ urlFrom: url }));
}

function checkConfig(objects: Manifest[]): void {
  checkConfiguration(Object.fromEntries(ofKind(objects, 'ConfigMap').flatMap(({ data }) => Object.entries<string>(data))));
}

test('without props', () => {
  const { objects } = made();
  expect(objects).toMatchSnapshot();
  checkConfig(objects);
});

test('two syntheses give the same bytes', () => {
  const make = (chart: Chart): void => {
    new AlertmanagerServer(chart, 'alertmanager', { replicas: 3 });
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('every prop', () => {
  const chart = newChart();
  const props: Required<Omit<AlertmanagerServerProps, 'configuration' | PodOption>> = {
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
    routing: new AlertRouting({ routes: [new Route({ receiver: hook(chart) })] }),
    replicas: 3,
    maxUnavailable: 2,
    storage: DataStorage.volumeClaimTemplate({ name: 'silences', subPath: 'am', size: Size.gibibytes(1) }),
    retention: Duration.hours(48),
    exposure: Exposure.nodePort(30093),
    replicaServices: Exposure.loadBalancer(),
    externalUrl: 'https://alerts.example.com/am',
    web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'certificate', 'web'))),
    logLevel: LogLevel.WARN,
    proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128', httpsProxyFrom: SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url') },
    reloaderImage: 'example.com/reloader:v1',
    reloaderResources: { memoryLimit: Size.mebibytes(16) },
    jobName: 'mine',
    limits: { requestTimeout: Duration.seconds(9) },
    gossip: { peerTimeout: Duration.seconds(20) },
    enableFeatures: ['receiver-name-in-metrics'],
    dispatchStartDelay: Duration.minutes(1),
    extraFlags: { 'log.silences': '' },
    rules: { criticalIntegrations: ['webhook'] },
    secrets: [Secret.fromSecretName(chart, 'files', 'files')],
  };
  const alertmanager = new AlertmanagerServer(chart, 'alertmanager', props);
  const objects = manifests(chart);
  const { spec } = find(objects, 'StatefulSet', 'alerts');
  const { spec: pod, metadata } = spec.template;
  const [container, reloader] = pod.containers;
  expect(objects.map(({ metadata: { namespace } }) => namespace)).toEqual(objects.map(() => 'elsewhere'));
  expect(container.image).toBe('quay.io/prometheus/alertmanager:v0.33.0');
  expect(reloader.image).toBe('example.com/reloader:v1');
  expect(reloader.resources).toEqual({ requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } });
  expect(pod).toMatchObject({
    imagePullSecrets: [{ name: 'pull' }], nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists' }], affinity: { nodeAffinity: {} },
    priorityClassName: 'high', serviceAccountName: 'given',
  });
  expect(pod.volumes).toContainEqual({ name: 'secret-1', secret: { secretName: 'files', optional: true, defaultMode: 0o440 } });
  expect(container.volumeMounts).toContainEqual({ name: 'secret-1', mountPath: '/etc/alertmanager/secrets/files', readOnly: true });
  expect(container.resources).toEqual({ requests: { cpu: '20m', memory: '100Mi' }, limits: { cpu: '1', memory: '200Mi' } });
  expect(container.env.slice(1)).toEqual([
    { name: 'HTTP_PROXY', value: 'http://proxy.example.com:3128' }, { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } },
    { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc' },
  ]);
  expect([metadata.annotations.note, metadata.labels.team]).toEqual(['mine', 'ops']);
  expect(find(objects, 'ConfigMap', 'alerts-config').data['alertmanager.yaml']).toContain('/etc/alertmanager/secrets/hook/url');
  expect(spec.replicas).toBe(3);
  expect(find(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('1Gi');
  expect([spec.volumeClaimTemplates[0].metadata, container.volumeMounts.at(-1)])
    .toEqual([{ name: 'silences' }, { name: 'silences', mountPath: '/alertmanager', subPath: 'am' }]);
  expect(container.args).toEqual(expect.arrayContaining(['--data.retention=2d', '--web.external-url=https://alerts.example.com/am', '--log.level=warn', '--web.timeout=9s', '--dispatch.start-delay=1m', '--log.silences']));
  expect(find(objects, 'Service', 'alerts').spec.ports[0].nodePort).toBe(30093);
  expect(find(objects, 'Service', 'alerts-2').spec).toEqual({
    type: 'LoadBalancer', ports: [{ name: 'web', port: 9093, protocol: 'TCP', targetPort: 'web' }],
    selector: { 'app.kubernetes.io/name': 'alertmanager', 'app.kubernetes.io/instance': 'alerts', 'statefulset.kubernetes.io/pod-name': 'alerts-2' },
  });
  expect(container.readinessProbe.httpGet).toEqual({ path: '/am/-/ready', port: 'web', scheme: 'HTTPS' });
  expect(alertmanager).toMatchObject({ pathPrefix: '/am', url: 'https://alerts.elsewhere.svc:9093/am', serviceName: 'alerts', port: 9093, scheme: Scheme.HTTPS });
  expect(alertmanager.monitoring.jobs?.map(({ name }) => name)).toEqual(['mine']);
  expect(JSON.stringify(alertmanager.monitoring.rules?._toData())).toMatch(/job=\\"mine\\", integration=~\\"webhook\\"/);
  checkConfig(objects);
});

test('registry takes the place of the images\' own', () => {
  expect(made({ registry: 'r.io' }).pod.containers.map(({ image }: Manifest) => image)).toEqual([
    `r.io/prometheus/alertmanager:${PROGRAMS.alertmanager.version}`, `r.io/prometheus-operator/prometheus-config-reloader:${PROGRAMS.configReloader.version}`,
  ]);
});

describe('replicas', () => {
  test('find each other by name', () => {
    const { objects, set, container } = made({ replicas: 3 });
    expect(container.args.filter((arg: string) => arg.startsWith('--cluster.peer'))).toEqual([0, 1, 2].map((i) => (
      `--cluster.peer=alertmanager-${i}.alertmanager-peers.monitoring.svc:9094`
    )));
    expect(container.args).toContain('--cluster.listen-address=[$(POD_IP)]:9094');
    expect(set.spec.serviceName).toBe('alertmanager-peers');
    const peers = find(objects, 'Service', 'alertmanager-peers');
    expect(peers.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(set.spec.template.spec.topologySpreadConstraints.length).toBe(2);
    expect(find(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });

  test('one alone gossips with nobody', () => {
    const { objects, container, pod } = made();
    expect(container.args.filter((arg: string) => arg.startsWith('--cluster'))).toEqual(['--cluster.listen-address=']);
    expect(ofKind(objects, 'PodDisruptionBudget')).toEqual([]);
    expect(pod.topologySpreadConstraints).toBeUndefined();
  });
});

test('the Pod meets Pod Security restricted and has no token', () => {
  const { pod } = made();
  expectRestricted(pod);
  expect(pod.automountServiceAccountToken).toBe(false);
});

test('no version is in what may never change', () => {
  const of = (image: string) => {
    const { set, objects } = made({ image, storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1) }) });
    const { selector, serviceName, volumeClaimTemplates } = set.spec;
    return [selector, serviceName, volumeClaimTemplates, ofKind(objects, 'Service').map(({ spec }) => spec.selector), objects.map(nameOf)];
  };
  expect(of('alertmanager:v0.33.0')).toEqual(of(`alertmanager:${PROGRAMS.alertmanager.version}`));
});

test('the name of the ConfigMap stays when the routing changes', () => {
  const chart = Testing.chart();
  const routing = new AlertRouting({ routes: [new Route({ receiver: hook(chart) })] });
  expect(made({ routing }).objects.map(nameOf)).toEqual(made().objects.map(nameOf));
});

test('Secrets of receivers are mounted at one path and may come later', () => {
  const chart = newChart();
  const { pod, container } = made({ routing: new AlertRouting({ routes: [new Route({ receiver: hook(chart) })] }) });
  expect(pod.volumes).toContainEqual({ name: 'secret-0', secret: { secretName: 'hook', optional: true, defaultMode: 0o440 } });
  expect(container.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/alertmanager/secrets/hook', readOnly: true });
});

test('templates are a ConfigMap beside the configuration', () => {
  const routing = new AlertRouting({ templates: { shop: '{{ define "shop" }}x{{ end }}' } });
  const { objects, pod } = made({ routing });
  expect(Object.keys(find(objects, 'ConfigMap', 'alertmanager-templates').data)).toEqual(['shop.tmpl']);
  expect(pod.volumes[0]).toEqual({
    name: 'config', projected: { sources: [{ configMap: { name: 'alertmanager-config' } }, { configMap: { name: 'alertmanager-templates', optional: true } }] },
  });
  checkConfig(objects);
});

describe('with a Prometheus', () => {
  function pair(between: (prometheus: PrometheusServer, alertmanager: AlertmanagerServer) => void): Synthesized {
    const chart = newChart();
    between(new PrometheusServer(chart, 'prometheus', { selfMonitoring: false }), new AlertmanagerServer(chart, 'alertmanager'));
    return new Synthesized(chart);
  }

  test('is sent alerts, and monitored', () => {
    const synthesized = pair((prometheus, alertmanager) => prometheus.sendAlertsTo(alertmanager));
    expect(synthesized.configuration.alerting.alertmanagers[0].relabel_configs[0].regex).toBe('alertmanager;web');
    expect(Object.keys(synthesized.scrape('alertmanager'))).toContain('web');
    expect(ruleFile(synthesized.objects, 'alertmanager')).toContain('AlertmanagerFailedReload');
    checkConfigWithFiles(synthesized);
  });

  test('may be named among what is monitored too, before or after', () => {
    expect(() => pair((prometheus, alertmanager) => {
      prometheus.sendAlertsTo(alertmanager);
      prometheus.monitor(alertmanager);
    })).not.toThrow();
    expect(() => pair((prometheus, alertmanager) => {
      prometheus.monitor(alertmanager);
      prometheus.sendAlertsTo(alertmanager);
    })).not.toThrow();
  });

  test('is monitored once', () => {
    expect(() => pair((prometheus, alertmanager) => {
      prometheus.sendAlertsTo(alertmanager);
      prometheus.monitor(alertmanager, alertmanager);
    })).toThrow("test/prometheus: 'test/alertmanager' is monitored already; monitor each thing once");
  });
});

test.each<[string, AlertmanagerServerProps, string]>([
  ['a name that its Pods cannot carry', { name: 'a'.repeat(53) }, `name: '${'a'.repeat(53)}' is not a name for Kubernetes objects; use at most 52`],
  ['no replica', { replicas: 0 }, 'replicas: 0 is not a whole number above 0; leave it out for one'],
  ['no retention', { retention: Duration.hours(0) }, 'retention (ms): 0 is not a whole number above 0; leave it out for 120 hours'],
  ['an external URL without scheme', { externalUrl: 'alerts' }, "externalUrl: 'alerts' is not an absolute http or https URL"],
  ['replicas on one claim', { replicas: 2, storage: DataStorage.existingClaim('data') }, "2 replicas cannot share claim 'data'; give each its own"],
  ['a claim without size', { storage: DataStorage.volumeClaimTemplate() }, 'the volume claim template has no size; give one, 1 GiB is plenty'],
  ['a budget that blocks all evictions', { replicas: 2, maxUnavailable: 0 }, "'maxUnavailable' 0 would block all evictions"],
])('refuses %s', (_, props, message) => {
  expect(() => made(props)).toThrow(`test/alertmanager: ${message}`);
});

test('a Secret of another namespace is refused', () => {
  const chart = newChart();
  const secret = new Secret(chart, 'hook', { metadata: { name: 'hook', namespace: 'shop' }, stringData: { url: 'https://x' } });
  const receiver = Receiver.of('hook', Integration.webhook({ urlFrom: SecretKey.of(secret, 'url') }));
  expect(() => new AlertmanagerServer(chart, 'alertmanager', { routing: new AlertRouting({ routes: [new Route({ receiver })] }) }))
    .toThrow("test/alertmanager: Secret 'hook' is made in namespace 'shop', and Pods mount only Secrets of their own, 'monitoring'; make it there");
});

describe('a configuration that is made elsewhere', () => {
  const sealed = (chart: Chart, name: string) => SecretKey.of(Secret.fromSecretName(chart, 'sealed', 'sealed'), name);

  test.each(['alertmanager.yaml', 'config.yml'])('is key %s of its Secret, with one that notifies nobody until that exists', (name) => {
    const chart = newChart();
    const alertmanager = new AlertmanagerServer(chart, 'alertmanager', { configuration: sealed(chart, name) });
    const objects = manifests(chart);
    const { volumes, containers: [container, reloader] } = find(objects, 'StatefulSet').spec.template.spec;
    expect(volumes[0].projected.sources).toEqual([
      { configMap: { name: 'alertmanager-config' } }, { secret: { name: 'sealed', optional: true } }, { configMap: { name: 'alertmanager-templates', optional: true } },
    ]);
    expect(container.args).toContain(`--config.file=/etc/alertmanager/config/${name}`);
    expect(reloader.args).toContain(`--config-file=/etc/alertmanager/config/${name}`);
    expect(alertmanager.routing).toBeUndefined();
    const { data } = find(objects, 'ConfigMap', 'alertmanager-config');
    expect(Object.keys(data)).toEqual([name]);
    const text: string = data[name];
    checkConfiguration({ 'alertmanager.yaml': text });
    expect(receiversIn({ 'alertmanager.yaml': text }, { alertname: 'ShopDown' })).toEqual(['null']);
  });

  test('has its files in further Secrets', () => {
    const chart = newChart();
    new AlertmanagerServer(chart, 'alertmanager', {
      configuration: sealed(chart, 'alertmanager.yaml'), secrets: [Secret.fromSecretName(chart, 'slack', 'slack')],
    });
    const { volumes, containers: [container, reloader] } = find(manifests(chart), 'StatefulSet').spec.template.spec;
    expect(volumes[1]).toEqual({ name: 'secret-0', secret: { secretName: 'slack', optional: true, defaultMode: 0o440 } });
    expect(container.volumeMounts[1]).toEqual({ name: 'secret-0', mountPath: '/etc/alertmanager/secrets/slack', readOnly: true });
    expect(reloader.args).toContain('--watched-dir=/etc/alertmanager/secrets/slack');
  });

  test.each<[string, (chart: Chart) => AlertmanagerServerProps, string]>([
    [
      'beside a routing', (chart) => ({ configuration: sealed(chart, 'alertmanager.yaml'), routing: new AlertRouting() }),
      "got 'routing' and 'configuration', the key 'sealed/alertmanager.yaml' of a Secret; keep one of them",
    ],
    [
      'in another namespace',
      (chart) => ({ configuration: SecretKey.of(new Secret(chart, 'made', { metadata: { name: 'made', namespace: 'bank' }, stringData: { a: '' } }), 'a') }),
      "Secret 'made' is made in namespace 'bank'",
    ],
    [
      'with files in another namespace',
      (chart) => ({ secrets: [new Secret(chart, 'made', { metadata: { name: 'made', namespace: 'bank' }, stringData: { a: '' } })] }),
      "Secret 'made' is made in namespace 'bank'",
    ],
  ])('is refused %s', (_, props, message) => {
    const chart = newChart();
    expect(() => new AlertmanagerServer(chart, 'alertmanager', props(chart))).toThrow(`test/alertmanager: ${message}`);
  });
});
