import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, k8s, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { checkConfig, checkConfigWithFiles, expectRestricted, Synthesized, synthesize } from './support';
import {
  Authorization, BasicAuth, CapacityPlan, ClaimRetention, ExistingAlertmanager, Exposure, LogLevel, PrometheusConfigurationProps, PrometheusServer,
  PrometheusServerProps, DataStorage, RecordingRules, RemoteWrite, RemoteWriteProps, Runbooks, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient,
  TlsServer, WebConfig,
} from '../../lib';
import { bytesOf, newChart } from '../charts';
import { find, Manifest, nameOf, ofKind, ruleFile } from '../manifests';
import { PodOption } from '../pod-options';
import { sidecarOptions } from '../sidecar-options';
import { PROGRAMS } from '../../lib/versions';

test('without props', () => {
  const chart = newChart();
  new PrometheusServer(chart, 'prometheus');
  const synthesized = new Synthesized(chart);
  expect(synthesized.objects).toMatchSnapshot();
  checkConfigWithFiles(synthesized);
});

test('two syntheses give the same bytes, and one that is asked twice does too', () => {
  const make = (chart: Chart): void => {
    new PrometheusServer(chart, 'prometheus', { replicas: 2, exposure: Exposure.nodePort(30090) });
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
  const chart = newChart();
  make(chart);
  expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
});

test('tells what others need to know of it', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'metrics', { externalUrl: 'https://example.com/prometheus/' });
  expect(prometheus).toMatchObject({
    name: 'metrics', namespace: 'monitoring', version: PROGRAMS.prometheus.version.slice(1), serviceName: 'metrics', url: 'http://metrics.monitoring.svc:9090/prometheus',
  });
  expect(prometheus.serviceAccount.name).toBe('metrics');
  expect(prometheus.monitoring.jobs?.map(({ name }) => name)).toEqual(['prometheus']);
});

/** Values of every prop that can stand together, but for those of `test/backend/configuration-props.test.ts`. */
function everything(chart: Chart): Required<Omit<PrometheusServerProps, 'agent' | 'web' | PodOption | keyof PrometheusConfigurationProps>> {
  return {
    name: 'metrics',
    namespace: 'elsewhere',
    image: 'quay.io/prometheus/prometheus:v3.12.0',
    registry: 'registry.example.com/mirror',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    resources: { cpuRequest: Cpu.millis(200), cpuLimit: Cpu.units(2), memoryRequest: Size.gibibytes(1), memoryLimit: Size.gibibytes(2) },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'rack' }] } },
    priorityClassName: 'high',
    podAnnotations: { note: 'mine' },
    podLabels: { team: 'ops' },
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'given', { namespaceName: 'elsewhere' }),
    retention: Duration.days(30),
    retentionSize: Size.gibibytes(40),
    storage: DataStorage.volumeClaimTemplate({
      name: 'metrics', subPath: 'tsdb',
      size: Size.gibibytes(50), storageClassName: 'fast', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
    }),
    replicas: 3,
    shards: 2,
    maxUnavailable: 2,
    capacity: CapacityPlan.forSeries({ series: 500_000 }),
    exposure: Exposure.ingress({ host: 'prometheus.example.com', tlsSecret: Secret.fromSecretName(newChart(), 'certificate', 'certificate'), className: 'nginx' }),
    replicaServices: Exposure.nodePort(30200),
    externalUrl: 'https://metrics.example.com/prom',
    scrapeInterval: Duration.seconds(15),
    proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128', httpsProxyFrom: SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url') },
    scrapeTimeout: Duration.seconds(5),
    evaluationInterval: Duration.seconds(20),
    cluster: 'north$1',
    externalLabels: { region: 'eu$1' },
    outOfOrderTimeWindow: Duration.minutes(30),
    maxExemplars: 1000,
    nativeHistograms: true,
    otlpReceiver: true,
    remoteWriteReceiver: true,
    query: { timeout: Duration.minutes(1), maxConcurrency: 10, maxSamples: 1000, lookbackDelta: Duration.minutes(3) },
    remoteWrites: [new RemoteWrite({ url: 'https://store.example.com/write' })],
    logLevel: LogLevel.DEBUG,
    enableFeatures: ['promql-experimental-functions'],
    extraFlags: { 'web.page-title': 'Metrics', 'no-scrape.adjust-timestamps': '' },
    startupTimeout: Duration.minutes(30),
    reloaderImage: 'example.com/reloader:v1',
    reloaderResources: { memoryRequest: Size.mebibytes(50), cpuLimit: Cpu.millis(7) },
    selfMonitoring: false,
    jobName: 'metrics',
    rules: { queryLoadPercent: 71 },
    generalRules: { targetDownPercent: 20 },
    recordingRules: RecordingRules.COMMUNITY,
    runbooks: Runbooks.at('https://runbooks.example.com/<alert>.html'),
    thanos: sidecarOptions(chart),
  };
}

describe('every prop', () => {
  const chart = newChart();
  new PrometheusServer(chart, 'prometheus', everything(chart));
  const { objects, workload, pod, container, args, configuration, text } = new Synthesized(chart, 'metrics');

  test('gives a configuration that promtool accepts', () => {
    checkConfig(text);
  });

  test.each<[string, () => unknown, unknown]>([
    ['name, namespace', () => objects.map(nameOf).filter((name) => !name.includes('metrics')), []],
    ['namespace', () => [...new Set(objects.map(({ metadata }) => metadata.namespace))], ['elsewhere']],
    ['image', () => container.image, 'quay.io/prometheus/prometheus:v3.12.0'],
    ['imagePullSecrets', () => pod.imagePullSecrets, [{ name: 'pull' }]],
    ['resources', () => container.resources, { requests: { cpu: '200m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } }],
    ['nodeSelector', () => pod.nodeSelector, { 'disk': 'ssd', 'kubernetes.io/os': 'linux' }],
    ['tolerations', () => pod.tolerations, [{ key: 'dedicated', operator: 'Exists' }]],
    ['affinity', () => pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution, [{ topologyKey: 'rack' }]],
    ['priorityClassName', () => pod.priorityClassName, 'high'],
    ['podAnnotations', () => workload.spec.template.metadata.annotations.note, 'mine'],
    ['podLabels', () => workload.spec.template.metadata.labels.team, 'ops'],
    ['serviceAccount', () => [pod.serviceAccountName, ofKind(objects, 'ServiceAccount')], ['given', []]],
    ['retention, retentionSize', () => configuration.storage.tsdb.retention, { time: '30d', size: '40GB' }],
    ['storage', () => workload.spec.volumeClaimTemplates[0].spec, {
      accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '50Gi' } },
    }],
    ['storage, name and folder', () => [workload.spec.volumeClaimTemplates[0].metadata, container.volumeMounts.at(-1)], [
      { name: 'metrics' }, { name: 'metrics', mountPath: '/prometheus', subPath: 'tsdb' },
    ]],
    ['storage, retention of claims', () => workload.spec.persistentVolumeClaimRetentionPolicy, { whenDeleted: 'Delete', whenScaled: 'Delete' }],
    ['replicas', () => workload.spec.replicas, 3],
    ['shards', () => ofKind(objects, 'StatefulSet').map((set) => [nameOf(set), set.spec.replicas]), [['metrics', 3], ['metrics-shard-1', 3]]],
    ['maxUnavailable', () => find(objects, 'PodDisruptionBudget').spec.maxUnavailable, 2],
    ['exposure', () => find(objects, 'Ingress').spec.rules[0].host, 'prometheus.example.com'],
    ['replicaServices', () => ofKind(objects, 'Service').map(({ spec }) => [spec.selector['statefulset.kubernetes.io/pod-name'], spec.ports[0]?.nodePort]).slice(3), [
      ['metrics-0', 30200], ['metrics-1', 30201], ['metrics-2', 30202], ['metrics-shard-1-0', 30203], ['metrics-shard-1-1', 30204], ['metrics-shard-1-2', 30205],
    ]],
    ['externalUrl', () => args.includes('--web.external-url=https://metrics.example.com/prom'), true],
    ['externalUrl, probes', () => container.readinessProbe.httpGet.path, '/prom/-/ready'],
    ['externalUrl, reload', () => pod.containers[1].args.includes('--reload-url=http://127.0.0.1:9090/prom/-/reload'), true],
    ['scrapeInterval', () => configuration.global.scrape_interval, '15s'],
    ['scrapeTimeout', () => configuration.global.scrape_timeout, '5s'],
    ['evaluationInterval', () => configuration.global.evaluation_interval, '20s'],
    ['cluster, externalLabels', () => configuration.global.external_labels, {
      cluster: 'north$$1', prometheus: 'elsewhere/metrics', prometheus_replica: '${POD_NAME}', region: 'eu$$1',
    }],
    ['proxyEnvironment', () => container.env.slice(1), [
      { name: 'HTTP_PROXY', value: 'http://proxy.example.com:3128' }, { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } },
      { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc' },
    ]],
    ['outOfOrderTimeWindow', () => configuration.storage.tsdb.out_of_order_time_window, '30m'],
    ['maxExemplars', () => configuration.storage.exemplars, { max_exemplars: 1000 }],
    ['nativeHistograms', () => configuration.global.scrape_native_histograms, true],
    ['otlpReceiver', () => args.includes('--web.enable-otlp-receiver'), true],
    ['remoteWriteReceiver', () => args.includes('--web.enable-remote-write-receiver'), true],
    ['query', () => args.filter((arg) => arg.startsWith('--query.')), [
      '--query.lookback-delta=3m', '--query.timeout=1m', '--query.max-concurrency=10', '--query.max-samples=1000',
    ]],
    ['remoteWrites', () => configuration.remote_write, [{ url: 'https://store.example.com/write', queue_config: { max_shards: 84 } }]],
    ['logLevel', () => args.includes('--log.level=debug'), true],
    ['enableFeatures', () => args.includes('--enable-feature=exemplar-storage,promql-experimental-functions'), true],
    ['extraFlags', () => args.filter((arg) => arg.includes('page-title') || arg.includes('adjust')), ['--web.page-title=Metrics', '--no-scrape.adjust-timestamps']],
    ['startupTimeout', () => container.startupProbe.failureThreshold * container.startupProbe.periodSeconds, 1800],
    ['reloaderResources', () => pod.containers[1].resources, { requests: { cpu: '7m', memory: '50Mi' }, limits: { cpu: '7m', memory: '100Mi' } }],
    ['reloaderImage', () => pod.containers[1].image, 'example.com/reloader:v1'],
    ['selfMonitoring', () => [configuration.scrape_configs, ofKind(objects, 'ConfigMap').map(nameOf)], [[], ['metrics-objstore', 'metrics-config', 'metrics-shard-1-config']]],
    ['thanos', () => pod.containers[2], expect.objectContaining({ name: 'thanos-sidecar', image: 'example.com/thanos:v0.41.0' })],
  ])('%s', (_, seen, expected) => {
    expect(seen()).toEqual(expected);
  });

  test('registry takes the place of the images\' own', () => {
    const { pod: mirrored } = synthesize({ registry: 'registry.example.com/mirror/' });
    expect(mirrored.containers.map(({ image }: Manifest) => image)).toEqual([
      `registry.example.com/mirror/prometheus/prometheus:${PROGRAMS.prometheus.version}`,
      `registry.example.com/mirror/prometheus-operator/prometheus-config-reloader:${PROGRAMS.configReloader.version}`,
    ]);
  });

  test('capacity sets requests and the size of the claim', () => {
    const small = synthesize({ capacity: CapacityPlan.forSeries({ series: 40_000 }), storage: DataStorage.volumeClaimTemplate() });
    const large = synthesize({ capacity: CapacityPlan.forSeries({ series: 1_000_000 }), storage: DataStorage.volumeClaimTemplate() });
    const seen = ({ container: { resources }, workload: { spec }, configuration: { storage } }: Synthesized) => ({
      ...resources, storage: spec.volumeClaimTemplates[0].spec.resources.requests.storage, size: storage.tsdb.retention.size,
    });
    expect([seen(small), seen(large)]).toMatchSnapshot();
  });

  test('jobName, rules, generalRules, recordingRules and runbooks reach its own job and rules', () => {
    const own = new Synthesized((() => {
      const scope = newChart();
      new PrometheusServer(scope, 'prometheus', {
        jobName: 'mine', generalRules: { targetDownPercent: 33 }, rules: { queryLoadPercent: 44 }, recordingRules: RecordingRules.COMMUNITY,
        runbooks: Runbooks.at('https://runbooks.example.com/<alert>.html'),
      });
      return scope;
    })());
    expect(ruleFile(own.objects, 'general')).toContain('count:up1');
    expect(ruleFile(own.objects, 'general')).toContain('https://runbooks.example.com/Watchdog.html');
    expect(Object.keys(own.scrape('mine'))).toEqual(['web', 'reloader-web']);
    expect(ruleFile(own.objects, 'general')).toContain('> 33');
    expect(ruleFile(own.objects, 'mine')).toMatch(/job="mine"[^]*> 44/);
  });
});

describe('storage', () => {
  test('emptyDir is a Deployment', () => {
    const { workload, pod, container } = synthesize({ storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(5) }) });
    expect(workload.kind).toBe('Deployment');
    expect(workload.spec.strategy).toBeUndefined();
    expect(pod.volumes).toContainEqual({ name: 'data', emptyDir: { sizeLimit: '5Gi' } });
    expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/prometheus' });
  });

  test('an existing claim is a Deployment that never runs twice', () => {
    const { workload, pod, container } = synthesize({ storage: DataStorage.existingClaim('metrics', { subPath: '/' }) });
    expect(workload.kind).toBe('Deployment');
    expect(container.volumeMounts).toContainEqual({ name: 'data', mountPath: '/prometheus' });
    expect(workload.spec.strategy).toEqual({ type: 'Recreate' });
    expect(pod.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'metrics' } });
  });

  test('claims of the operator are taken over by the names of their template and their StatefulSet', () => {
    const storage = DataStorage.volumeClaimTemplate({ name: 'prometheus-kps-prometheus-db', size: Size.gibibytes(10) });
    const { workload, container, pod } = synthesize({ storage });
    const [template] = workload.spec.volumeClaimTemplates;
    expect(`${template.metadata.name}-${workload.metadata.name}-0`).toBe('prometheus-kps-prometheus-db-prometheus-0');
    expect(container.volumeMounts).toContainEqual({ name: 'prometheus-kps-prometheus-db', mountPath: '/prometheus', subPath: 'prometheus-db' });
    expect(pod.volumes.map(({ name }: { name: string }) => name)).not.toContain('data');
  });

  test('a claim per replica is a StatefulSet that keeps its claims', () => {
    const { workload, configuration } = synthesize({ storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) }) });
    expect(workload.kind).toBe('StatefulSet');
    expect(workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    expect(configuration.storage.tsdb.retention).toEqual({ time: '15d', size: '8GB' });
  });
});

describe('replicas', () => {
  const one = synthesize();
  const two = synthesize({ replicas: 2 }, (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' })));

  test('are told apart by an external label', () => {
    expect(one.configuration.global.external_labels).toEqual({ prometheus: 'monitoring/prometheus' });
    expect(two.configuration.global.external_labels).toEqual({ prometheus: 'monitoring/prometheus', prometheus_replica: '${POD_NAME}' });
    expect(two.container.env).toEqual([{ name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }]);
  });

  test('send one alert', () => {
    expect(two.configuration.alerting.alert_relabel_configs).toEqual([{ action: 'labeldrop', regex: 'prometheus_replica' }]);
    checkConfig(two.text);
  });

  test('are spread, and evicted one at a time', () => {
    expect(two.pod.topologySpreadConstraints.map(({ topologyKey, whenUnsatisfiable }: Manifest) => [topologyKey, whenUnsatisfiable])).toEqual([
      ['kubernetes.io/hostname', 'ScheduleAnyway'], ['topology.kubernetes.io/zone', 'ScheduleAnyway'],
    ]);
    expect(find(two.objects, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
    expect(one.pod.topologySpreadConstraints).toBeUndefined();
    expect(ofKind(one.objects, 'PodDisruptionBudget')).toEqual([]);
  });

  test('have names of their own behind a Service', () => {
    expect(find(two.objects, 'Service', 'prometheus-replicas').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(two.workload.spec.serviceName).toBe('prometheus-replicas');
  });

  test('are scraped once: no port is found through two Services', () => {
    const ports = ofKind(two.objects, 'Service').flatMap(({ spec }) => spec.ports.map(({ name }: Manifest) => name));
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe('what may never change', () => {
  test('has no version in it', () => {
    const of = (image: string) => {
      const { objects, workload } = synthesize({ image, replicas: 2, storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1) }) });
      const { selector, serviceName, volumeClaimTemplates, podManagementPolicy } = workload.spec;
      const services = ofKind(objects, 'Service').map(({ spec }) => spec.selector);
      return { selector, serviceName, volumeClaimTemplates, podManagementPolicy, services, names: objects.map(nameOf) };
    };
    expect(of('prometheus:v3.12.0')).toEqual(of(`prometheus:${PROGRAMS.prometheus.version}`));
    expect(JSON.stringify(of('prometheus:v3.12.0'))).not.toMatch(/3\.1\d|version/);
  });

  test('names of ConfigMaps stay when their content changes', () => {
    const names = (job: string) => synthesize({}, (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: job }))).objects.map(nameOf);
    expect(names('a')).toEqual(names('b'));
  });

  test('the version is told by labels of the objects', () => {
    expect(synthesize().workload.spec.template.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': 'prometheus', 'app.kubernetes.io/version': PROGRAMS.prometheus.version.slice(1),
      'app.kubernetes.io/managed-by': 'cdk8s', 'app.kubernetes.io/part-of': 'monitoring',
    });
  });
});

/** Whether Prometheus, and nothing else in its Pod, has the files of the service account. */
function hasToken({ pod }: Synthesized): boolean {
  const dir = '/var/run/secrets/kubernetes.io/serviceaccount';
  const mounting = pod.containers.filter(({ volumeMounts }: Manifest) => volumeMounts.some(({ mountPath }: Manifest) => mountPath === dir));
  const projected = JSON.stringify(pod.volumes).includes('serviceAccountToken');
  expect(mounting.map(({ name }: Manifest) => name)).toEqual(projected ? ['prometheus'] : []);
  expect(pod.automountServiceAccountToken).toBe(false);
  return projected;
}

describe('the Pod', () => {
  test('meets Pod Security restricted', () => {
    expectRestricted(synthesize().pod);
  });

  test('has a token only if it is used', () => {
    expect(hasToken(synthesize())).toBe(false);
    expect(hasToken(synthesize({}, (p) => p.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'] }))))).toBe(false);
    expect(hasToken(synthesize({}, (p) => p.addScrapeJob(ScrapeJob.fromNodes({ name: 'a' }))))).toBe(true);
    const endpoints = [new ScrapeEndpoint({ name: 'a', tls: TlsClient.clusterCa() })];
    const verified = ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'], endpoints });
    expect(hasToken(synthesize({}, (p) => p.addScrapeJob(verified)))).toBe(true);
    const alertmanager = new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' });
    expect(hasToken(synthesize({}, (p) => p.sendAlertsTo(alertmanager)))).toBe(true);
  });

  test('has a token if a remote store asks who writes', () => {
    const write = (props: Partial<RemoteWriteProps>) => (
      hasToken(synthesize({ remoteWrites: [new RemoteWrite({ url: 'https://store', ...props })] }))
    );
    expect(write({})).toBe(false);
    expect(write({ tls: TlsClient.clusterCa() })).toBe(true);
    expect(write({ authorization: Authorization.serviceAccountToken() })).toBe(true);
  });

  test.each<[object, boolean]>([
    [{ static_configs: [{ targets: ['a:1'] }] }, false],
    [{ kubernetes_sd_configs: [{ role: 'pod' }] }, true],
    [{ static_configs: [{ targets: ['a:1'] }], authorization: { credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' } }, true],
  ])('has a token if raw text needs it: %j', (config, token) => {
    expect(hasToken(synthesize({}, (p) => p.addScrapeJob(ScrapeJob.raw('mine', { ...config }))))).toBe(token);
  });

  test('serves 9090', () => {
    const { container, objects } = synthesize();
    expect(container.ports).toEqual([{ name: 'web', containerPort: 9090, protocol: 'TCP' }]);
    expect(find(objects, 'Service', 'prometheus').spec.ports[0]).toEqual({ name: 'web', port: 9090, protocol: 'TCP', targetPort: 'web' });
  });

  test('gets time to replay its log, and to end', () => {
    const { container, pod } = synthesize();
    expect(container.startupProbe.failureThreshold * container.startupProbe.periodSeconds).toBe(900);
    expect(container.startupProbe.httpGet.path).toBe('/-/ready');
    expect(container.livenessProbe.httpGet.path).toBe('/-/healthy');
    expect(pod.terminationGracePeriodSeconds).toBe(600);
  });

  test('mounts configuration and rules as whole directories, and has them watched', () => {
    const { container, pod } = synthesize();
    const mounts = container.volumeMounts.filter(({ name }: Manifest) => name !== 'data');
    expect(mounts).toEqual([
      { name: 'config', mountPath: '/etc/prometheus/config', readOnly: true }, { name: 'rules', mountPath: '/etc/prometheus/rules', readOnly: true },
      { name: 'secrets', mountPath: '/etc/prometheus/secrets/prometheus-secrets', readOnly: true },
    ]);
    const [, reloader] = pod.containers;
    expect(reloader.volumeMounts).toEqual(mounts);
    expect(reloader.args).toEqual(expect.arrayContaining([
      '--reload-url=http://127.0.0.1:9090/-/reload', '--config-file=/etc/prometheus/config/prometheus.yml', '--watched-dir=/etc/prometheus/rules',
    ]));
    expect(synthesize().args).toContain('--web.enable-lifecycle');
  });
});

describe('exposure', () => {
  test('by node port', () => {
    const { spec } = find(synthesize({ exposure: Exposure.nodePort(30090) }).objects, 'Service', 'prometheus');
    expect(spec.type).toBe('NodePort');
    expect(spec.ports.map(({ name, nodePort }: Manifest) => [name, nodePort])).toEqual([['web', 30090]]);
  });

  test('by an Ingress, whose URL stands in alerts', () => {
    const { objects, args } = synthesize({ exposure: Exposure.ingress({ host: 'prometheus.example.com', path: '/prom', tlsSecret: Secret.fromSecretName(newChart(), 'cert', 'cert') }) });
    expect(find(objects, 'Ingress').spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'prometheus', port: { name: 'web' } });
    expect(args).toContain('--web.external-url=https://prometheus.example.com/prom');
  });
});

test('an account that is given is bound', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'a', 'given', { namespaceName: 'monitoring' }) });
  expect(prometheus.serviceAccount.name).toBe('given');
  expect(find(Testing.synth(chart), 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'given', namespace: 'monitoring' }]);
});

describe('a web server of its own', () => {
  const secretOf = (chart: Chart) => Secret.fromSecretName(chart, 'web-secret', 'web');

  test('with TLS is probed, reloaded and scraped by it', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus', { web: WebConfig.tls(TlsServer.fromSecret(secretOf(chart))) });
    const synthesized = new Synthesized(chart);
    checkConfig(synthesized.text);
    expect(find(synthesized.objects, 'ConfigMap', 'prometheus-config').data['web.yml'])
      .toBe('tls_server_config:\n  cert_file: /etc/prometheus/secrets/web/tls.crt\n  key_file: /etc/prometheus/secrets/web/tls.key\n');
    expect(prometheus.url).toBe('https://prometheus.monitoring.svc:9090');
    expect(synthesized.args).toContain('--web.config.file=/etc/prometheus/config/web.yml');
    expect(synthesized.container.readinessProbe.httpGet.scheme).toBe('HTTPS');
    expect(synthesized.pod.containers[1].args).toContain('--reload-url=https://127.0.0.1:9090/-/reload');
    expect(synthesized.scrape('prometheus').web).toMatchObject({
      scheme: 'https', tls_config: { ca_file: '/etc/prometheus/secrets/web/ca.crt', server_name: 'prometheus.monitoring.svc' },
    });
  });

  test('of which the whole configuration is in a Secret', () => {
    const chart = newChart();
    new PrometheusServer(chart, 'prometheus', { web: WebConfig.fromSecret(SecretKey.of(secretOf(chart), 'web.yml')) });
    const synthesized = new Synthesized(chart);
    expect(synthesized.args).toContain('--web.config.file=/etc/prometheus/secrets/web/web.yml');
    expect(synthesized.container.readinessProbe.httpGet.scheme).toBe('HTTP');
  });
});

test('a web server that asks for a password loads changes itself, and is probed by promtool', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'web-secret', 'web');
  const client = { tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'kubelet', password: SecretKey.of(secret, 'password') }) };
  const prometheus = new PrometheusServer(chart, 'prometheus', { web: WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), client) });
  const synthesized = new Synthesized(chart);
  const { args, pod, container, objects, text } = synthesized;
  checkConfig(text);
  expect(prometheus.url).toBe('https://prometheus.monitoring.svc:9090');
  expect(args).toContain('--config.auto-reload');
  expect(pod.containers.map(({ name }: Manifest) => name)).toEqual(['prometheus']);
  expect(container.readinessProbe.exec.command).toEqual([
    '/bin/promtool', 'check', 'ready', '--http.config.file=/etc/prometheus/config/probe.yml', '--url=https://127.0.0.1:9090',
  ]);
  expect(find(objects, 'ConfigMap', 'prometheus-config').data['probe.yml']).toContain('password_file: /etc/prometheus/secrets/web/password');
  expect(find(objects, 'Service', 'prometheus').spec.ports.length).toBe(1);
  expect(Object.keys(synthesized.scrape('prometheus'))).toEqual(['web']);
});

test('a web server that speaks TLS by a configuration of its own is probed by TLS', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'web-secret', 'web');
  new PrometheusServer(chart, 'prometheus', { web: WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), { tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }) }) });
  const { container } = new Synthesized(chart);
  expect([container.startupProbe, container.readinessProbe, container.livenessProbe].map(({ httpGet }: Manifest) => httpGet.scheme))
    .toEqual(['HTTPS', 'HTTPS', 'HTTPS']);
});

test('Secrets are mounted at one path and may come later', () => {
  const { pod, container, configuration } = synthesize({}, (prometheus, chart) => {
    const tls = TlsClient.fromSecret(Secret.fromSecretName(chart, 'etcd', 'etcd-certs'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'etcd', targets: ['192.0.2.1:2379'], endpoints: [new ScrapeEndpoint({ name: 'etcd', tls })] }));
  });
  const volume = pod.volumes.find(({ name }: Manifest) => name === 'secret-0');
  expect(volume.projected.sources).toContainEqual({ secret: { name: 'etcd-certs', optional: true } });
  expect(container.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/prometheus/secrets/etcd-certs', readOnly: true });
  expect(configuration.scrape_configs[0].tls_config.ca_file).toBe('/etc/prometheus/secrets/etcd-certs/ca.crt');
  expect(pod.containers[1].args).toContain('--watched-dir=/etc/prometheus/secrets/etcd-certs');
});

test('an object of the library can be patched', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus');
  expect(prometheus.node.findChild('Resource')).toBeDefined();
  expect(prometheus.node.findChild('Service')).toBeInstanceOf(k8s.KubeService);
});
