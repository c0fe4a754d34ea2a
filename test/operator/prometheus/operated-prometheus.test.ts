import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { objectsOf, specOf, synthesize } from '../operated';
import {
  AlertingRule, CapacityPlan, ClaimRetention, ExistingAlertmanager, Exposure, LogLevel, MonitorSelection, OperatedPrometheus,
  OperatedPrometheusProps, PrometheusConfigurationProps, DataStorage, RecordingRules, RemoteWrite, RuleEdit, RuleGroup, RuleSet, Runbooks, ScrapeJob,
  SecretKey, Severity, TlsServer, WebConfig,
} from '../../../lib';
import { bytesOf, newChart } from '../../charts';
import { find, Loose, nameOf, ofKind, textsOf } from '../../manifests';
import { PodOption } from '../../pod-options';
import { sidecarOptions } from '../../sidecar-options';
import { PROGRAMS } from '../../../lib/versions';

test('without props', () => {
  const chart = newChart();
  new OperatedPrometheus(chart, 'prometheus');
  const objects = objectsOf(chart);
  expect(objects.map((object) => (object.kind === 'PrometheusRule' ? object.spec.groups.map(({ name }: Loose) => name) : object))).toMatchSnapshot();
});

test('two syntheses give the same bytes, and one that is asked twice does too', () => {
  const make = (chart: Chart): void => {
    const prometheus = new OperatedPrometheus(chart, 'prometheus', { replicas: 2, shards: 2 });
    prometheus.addScrapeJob(ScrapeJob.raw('mine', { static_configs: [{ targets: ['a:1'] }] }));
    prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' }));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
  const chart = newChart();
  make(chart);
  const before = chart.node.findAll().length;
  expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  expect(chart.node.findAll()).toHaveLength(before);
});

test('tells what others need to know of it', () => {
  const prometheus = new OperatedPrometheus(newChart(), 'metrics', { externalUrl: 'https://example.com/prometheus/' });
  expect(prometheus).toMatchObject({
    name: 'metrics', namespace: 'monitoring', version: PROGRAMS.prometheus.version.slice(1), serviceName: 'metrics', url: 'http://metrics.monitoring.svc:9090/prometheus',
  });
  expect(prometheus.serviceAccount.name).toBe('metrics');
  expect(prometheus.monitoring.jobs?.map(({ name }) => name)).toEqual(['prometheus']);
});

/** Values of the props that server and agent share. */
function shared(chart: Chart) {
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
    storage: DataStorage.volumeClaimTemplate({
      name: 'metrics', subPath: '/',
      size: Size.gibibytes(50), storageClassName: 'fast', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
    }),
    replicas: 3,
    shards: 2,
    replicaServices: Exposure.nodePort(30200),
    maxUnavailable: 4,
    capacity: CapacityPlan.forSeries({ series: 500_000 }),
    exposure: Exposure.ingress({ host: 'prometheus.example.com', tlsSecret: Secret.fromSecretName(chart, 'ingress', 'certificate'), className: 'nginx' }),
    externalUrl: 'https://metrics.example.com/prom',
    scrapeInterval: Duration.seconds(15),
    proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128', httpsProxyFrom: SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url') },
    scrapeTimeout: Duration.seconds(5),
    cluster: 'north$1',
    externalLabels: { region: 'eu$1' },
    outOfOrderTimeWindow: Duration.minutes(30),
    maxExemplars: 1000,
    nativeHistograms: true,
    otlpReceiver: true,
    remoteWriteReceiver: true,
    remoteWrites: [new RemoteWrite({ url: 'https://store.example.com/write' })],
    web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'certificate', 'prometheus-tls'))),
    logLevel: LogLevel.DEBUG,
    enableFeatures: ['promql-experimental-functions'],
    extraFlags: { 'web.page-title': 'Metrics', 'no-scrape.adjust-timestamps': '' },
    startupTimeout: Duration.minutes(30),
    selfMonitoring: true,
    jobName: 'itself',
    selection: MonitorSelection.inNamespaces('shop'),
  };
}

type Server = Required<Omit<OperatedPrometheusProps, 'agent' | PodOption | keyof PrometheusConfigurationProps>>;
type Agent = Required<Omit<OperatedPrometheusProps, 'retention' | 'retentionSize' | 'query' | 'maxExemplars' | 'thanos' | RuleProp | PodOption | keyof PrometheusConfigurationProps>>;
/** Props about rules, which an agent does not evaluate. */
type RuleProp = 'evaluationInterval' | 'generalRules' | 'recordingRules' | 'runbooks';

/** What every prop becomes, in either mode. */
function sharedParts(objects: Loose[], spec: Loose, program: string): Array<[string, unknown, unknown]> {
  const selector = { 'app.kubernetes.io/name': program, 'app.kubernetes.io/instance': 'metrics' };
  return [
    ['name', objects.filter(({ metadata }) => !metadata.name.includes('metrics')), []],
    ['namespace', [...new Set(objects.map(({ metadata }) => metadata.namespace))].sort(), ['elsewhere', 'shop']],
    ['image', [spec.image, spec.version, spec.imagePullPolicy], ['quay.io/prometheus/prometheus:v3.12.0', 'v3.12.0', 'IfNotPresent']],
    ['imagePullSecrets', spec.imagePullSecrets, [{ name: 'pull' }]],
    ['resources', spec.resources, { requests: { cpu: '200m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } }],
    ['nodeSelector', spec.nodeSelector, { 'disk': 'ssd', 'kubernetes.io/os': 'linux' }],
    ['tolerations', spec.tolerations, [{ key: 'dedicated', operator: 'Exists' }]],
    ['affinity', spec.affinity, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'rack' }] } }],
    ['priorityClassName', spec.priorityClassName, 'high'],
    ['podAnnotations', spec.podMetadata.annotations, { note: 'mine' }],
    ['podLabels', spec.podMetadata.labels, {
      'app.kubernetes.io/component': 'metrics-database', 'app.kubernetes.io/part-of': 'monitoring', 'team': 'ops',
    }],
    ['serviceAccount', [spec.serviceAccountName, ofKind(objects, 'ServiceAccount')], ['given', []]],
    ['storage', spec.storage, {
      disableMountSubPath: true,
      volumeClaimTemplate: {
        metadata: { name: 'metrics' },
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: '50Gi' } } },
      },
    }],
    ['storage, retention of claims', spec.persistentVolumeClaimRetentionPolicy, { whenDeleted: 'Delete', whenScaled: 'Delete' }],
    ['replicas, shards', [spec.replicas, spec.shards], [3, 2]],
    ['replicas, spread', spec.topologySpreadConstraints.map(({ labelSelector }: Loose) => labelSelector.matchLabels), [selector, selector]],
    ['maxUnavailable', find(objects, 'PodDisruptionBudget').spec, { maxUnavailable: 4, selector: { matchLabels: selector } }],
    ['exposure', find(objects, 'Ingress').spec.rules[0].host, 'prometheus.example.com'],
    ['exposure, Services', ofKind(objects, 'Service').slice(0, 2).map((service) => service.spec.selector), [selector, selector]],
    ['replicaServices', ofKind(objects, 'Service').filter(({ spec: { selector: pods } }) => 'statefulset.kubernetes.io/pod-name' in pods).map((service) => [nameOf(service), service.spec.ports[0].nodePort]), [
      ['metrics-0', 30200], ['metrics-1', 30201], ['metrics-2', 30202], ['metrics-shard-1-0', 30203], ['metrics-shard-1-1', 30204], ['metrics-shard-1-2', 30205],
    ]],
    ['externalUrl', [spec.externalUrl, spec.routePrefix], ['https://metrics.example.com/prom', '/prom']],
    ['scrapeInterval, scrapeTimeout', [spec.scrapeInterval, spec.scrapeTimeout], ['15s', '5s']],
    ['cluster, externalLabels', spec.externalLabels, { cluster: 'north$$1', region: 'eu$$1' }],
    ['replicaExternalLabelName', spec.replicaExternalLabelName, undefined],
    ['outOfOrderTimeWindow', spec.tsdb, { outOfOrderTimeWindow: '30m' }],
    ['enableFeatures', spec.enableFeatures?.slice(-1), ['promql-experimental-functions']],
    ['nativeHistograms', spec.scrapeNativeHistograms, true],
    ['otlpReceiver, remoteWriteReceiver', [spec.enableOTLPReceiver, spec.enableRemoteWriteReceiver], [true, true]],
    ['remoteWrites', spec.remoteWrite, [{ url: 'https://store.example.com/write', queueConfig: { maxShards: 84 } }]],
    ['web', spec.web, {
      tlsConfig: { cert: { secret: { name: 'prometheus-tls', key: 'tls.crt' } }, keySecret: { name: 'prometheus-tls', key: 'tls.key' } },
    }],
    ['proxyEnvironment', spec.containers.find(({ name }: Loose) => name === 'prometheus').env, [
      { name: 'HTTP_PROXY', value: 'http://proxy.example.com:3128' }, { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } },
      { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc' },
    ]],
    ['logLevel', spec.logLevel, 'debug'],
    ['extraFlags', spec.additionalArgs, [{ name: 'web.page-title', value: 'Metrics' }, { name: 'no-scrape.adjust-timestamps' }]],
    ['startupTimeout', spec.maximumStartupDurationSeconds, 1800],
    ['selfMonitoring, jobName', ofKind(objects, 'ServiceMonitor').map(({ metadata }) => metadata.name), ['metrics-itself']],
    ['selection', spec.probeNamespaceSelector, {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['elsewhere', 'shop'] }],
    }],
  ];
}

function expectParts(parts: Array<[string, unknown, unknown]>): void {
  const expected = Object.fromEntries(parts.map(([prop, , value]) => [prop, value]));
  expect(Object.fromEntries(parts.map(([prop, seen]) => [prop, seen]))).toEqual(expected);
}

test('every prop of a server', () => {
  const chart = newChart();
  const props: Server = {
    ...shared(chart),
    retention: Duration.days(30),
    retentionSize: Size.gibibytes(40),
    evaluationInterval: Duration.seconds(20),
    rules: { queryLoadPercent: 71 },
    generalRules: { targetDownPercent: 33 },
    recordingRules: RecordingRules.COMMUNITY,
    runbooks: Runbooks.at('https://runbooks.example.com/<alert>.html'),
    query: { timeout: Duration.minutes(1), maxConcurrency: 10, maxSamples: 1000, lookbackDelta: Duration.minutes(3) },
    thanos: sidecarOptions(chart),
  };
  new OperatedPrometheus(chart, 'prometheus', props);
  const objects = objectsOf(chart);
  const { spec } = find(objects, 'Prometheus');
  const rules = (name: string) => JSON.stringify(find(objects, 'PrometheusRule', name).spec);
  expectParts([
    ...sharedParts(objects, spec, 'prometheus'),
    ['retention', [spec.retention, spec.retentionSize], ['30d', '40GB']],
    ['evaluationInterval', spec.evaluationInterval, '20s'],
    ['maxExemplars', [spec.exemplars, spec.enableFeatures[0]], [{ maxSize: 1000 }, 'exemplar-storage']],
    ['query', spec.query, { lookbackDelta: '3m', timeout: '1m', maxConcurrency: 10, maxSamples: 1000 }],
    ['rules', rules('metrics-itself').includes('job=\\"itself\\"'), true],
    ['generalRules', rules('metrics-general').includes('> 33'), true],
    ['recordingRules', rules('metrics-general').includes('count:up1'), true],
    ['runbooks', rules('metrics-general').includes('"https://runbooks.example.com/Watchdog.html"'), true],
    ['thanos', spec.thanos.image, 'example.com/thanos:v0.41.0'],
    ['podAnnotations', spec.podMetadata.annotations, { 'note': 'mine', 'checksum/objstore': expect.any(String) }],
    ['selfMonitoring, jobName', ofKind(objects, 'ServiceMonitor').map(({ metadata }) => metadata.name), ['metrics-itself', 'metrics-sidecars']],
  ]);
});

test('every prop of an agent', () => {
  const chart = newChart();
  const { maxExemplars: _, ...props } = { ...shared(chart), agent: true };
  const agent: Agent = { ...props, rules: { remoteWriteLag: Duration.seconds(77) } };
  const { monitoring: { rules } } = new OperatedPrometheus(chart, 'prometheus', agent);
  const objects = objectsOf(chart);
  const { spec } = find(objects, 'PrometheusAgent');
  expectParts([
    ...sharedParts(objects, spec, 'prometheus-agent'),
    ['no rules', ofKind(objects, 'PrometheusRule'), []],
    ['rules', JSON.stringify(rules?._toData()).includes('> 77'), true],
    ['nothing of a server', ['retention', 'evaluationInterval', 'exemplars', 'query', 'alerting', 'ruleSelector'].filter((field) => field in spec), []],
  ]);
});

test('the registry takes the place of the image\'s own', () => {
  expect(specOf({ registry: 'registry.example.com/mirror' }).image).toBe(`registry.example.com/mirror/prometheus/prometheus:${PROGRAMS.prometheus.version}`);
});

test('capacity sets requests and the size of the claim', () => {
  const capacity = CapacityPlan.forSeries({ series: 1_000_000 });
  const { resources, storage, retentionSize } = specOf({ capacity, storage: DataStorage.volumeClaimTemplate() });
  expect([resources.requests, storage.volumeClaimTemplate.spec.resources, retentionSize]).toMatchSnapshot();
});

test('an emptyDir has a limit if one is given', () => {
  expect(specOf().storage).toEqual({ emptyDir: {} });
  expect(specOf({ storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(5) }) }).storage).toEqual({ emptyDir: { sizeLimit: '5Gi' } });
});

test('native histograms are a feature before 3.8', () => {
  const { enableFeatures, scrapeNativeHistograms } = specOf({ image: 'prometheus:v3.7.3', nativeHistograms: true });
  expect([enableFeatures, scrapeNativeHistograms]).toEqual([['native-histograms'], undefined]);
});

test('the Pod meets Pod Security restricted, and only Prometheus has a token', () => {
  const { securityContext, automountServiceAccountToken, volumes, volumeMounts, enableServiceLinks } = specOf();
  expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } });
  expect([automountServiceAccountToken, enableServiceLinks]).toEqual([false, false]);
  expect(volumes.map((volume: Loose) => Object.keys(volume))).toEqual([['name', 'projected'], ['name', 'projected']]);
  expect(volumeMounts).toEqual([
    { name: volumes[0].name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    { name: 'secrets', mountPath: '/etc/prometheus/secrets/prometheus-secrets', readOnly: true },
  ]);
});

describe('a certificate of its own', () => {
  const chart = newChart();
  const prometheus = new OperatedPrometheus(chart, 'prometheus', { web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'web', 'web-tls'))) });
  const objects = objectsOf(chart);

  test('is shown by the reloader too, so that both are scraped by TLS', () => {
    expect(prometheus.url).toBe('https://prometheus.monitoring.svc:9090');
    const tlsConfig = { ca: { secret: { name: 'web-tls', key: 'ca.crt' } }, serverName: 'prometheus.monitoring.svc' };
    expect(find(objects, 'ServiceMonitor').spec.endpoints).toMatchObject([
      { port: 'web', scheme: 'https', tlsConfig }, { port: 'reloader-web', scheme: 'https', tlsConfig },
    ]);
  });

  test('is what the probes of the reloader meet, which the operator leaves at HTTP', () => {
    const probe = { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTPS' } };
    expect(find(objects, 'Prometheus').spec.containers).toEqual([
      { name: 'config-reloader', livenessProbe: probe, readinessProbe: probe, startupProbe: probe },
    ]);
    expect(specOf().containers).toBeUndefined();
  });
});

describe('replicas and shards', () => {
  const replica = (props: OperatedPrometheusProps) => specOf(props).replicaExternalLabelName;

  test('are told apart by an external label where there are several Pods', () => {
    expect([replica({}), replica({ replicas: 2 }), replica({ shards: 2 })]).toEqual(['', undefined, undefined]);
  });

  test('are spread and evicted one at a time, all Pods together', () => {
    const one = synthesize();
    const two = synthesize({ shards: 2 });
    expect([find(one, 'Prometheus').spec.topologySpreadConstraints, ofKind(one, 'PodDisruptionBudget')]).toEqual([undefined, []]);
    expect(find(two, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    expect(find(two, 'Prometheus').spec.topologySpreadConstraints).toHaveLength(2);
    expect([find(one, 'Prometheus').spec.shards, find(two, 'Prometheus').spec.shards]).toEqual([undefined, 2]);
  });
});

test('the reloader is shown to Prometheus alone', () => {
  const objects = synthesize({ exposure: Exposure.nodePort(30090) });
  const ports = (name: string) => find(objects, 'Service', name).spec.ports.map(({ name: port }: Loose) => port);
  expect([ports('prometheus'), ports('prometheus-replicas')]).toEqual([['web'], ['reloader-web']]);
  expect(find(objects, 'Service', 'prometheus-replicas').spec.clusterIP).toBe('None');
});

describe('rules', () => {
  const alert = (name: string) => new AlertingRule({
    alert: name, expr: 'vector(1)', severity: Severity.WARNING, summary: 'a summary', description: 'a description',
  });

  test('become PrometheusRules, with the edits that come later', () => {
    const objects = synthesize({}, (prometheus) => {
      prometheus.addRules(new RuleGroup({ name: 'shop rules', rules: [alert('ShopDown'), alert('ShopSlow')] }));
      prometheus.adjustRules(RuleEdit.without('ShopSlow'));
    });
    const { metadata, spec } = find(objects, 'PrometheusRule');
    expect(metadata).toMatchObject({ name: 'prometheus-shop-rules', namespace: 'monitoring' });
    expect(spec.groups).toEqual([expect.objectContaining({ name: 'shop rules', rules: [expect.objectContaining({ alert: 'ShopDown' })] })]);
  });

  test('that are many are split', () => {
    const groups = ['a', 'b', 'c'].map((name) => new RuleGroup({ name, rules: Array.from({ length: 700 }, (_, i) => alert(`Rule${name}${i}`)) }));
    const rules = ofKind(synthesize({}, (prometheus) => prometheus.addRuleSet(RuleSet.of(...groups))), 'PrometheusRule');
    expect(rules.length).toBeGreaterThan(1);
    rules.forEach((rule) => expect(JSON.stringify(rule).length).toBeLessThan(200_000));
  });

  test('do not miss an Alertmanager where none is told', () => {
    const has = (fill?: (prometheus: OperatedPrometheus) => void) => (
      JSON.stringify(synthesize({ selfMonitoring: true }, fill)).includes('PrometheusNotConnectedToAlertmanagers')
    );
    expect(has()).toBe(false);
    expect(has((prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'am' })))).toBe(true);
  });
});

test('raw jobs are in a Secret that the resource names', () => {
  const objects = synthesize({}, (prometheus) => {
    prometheus.addScrapeJob(ScrapeJob.raw('mine', { static_configs: [{ targets: ['a:1'] }] }));
    prometheus.addScrapeJob(ScrapeJob.raw('yours', { job_name: 'yours', static_configs: [{ targets: ['b:1'] }] }));
  });
  expect(find(objects, 'Prometheus').spec.additionalScrapeConfigs).toEqual({ name: 'prometheus-raw-jobs', key: 'scrape-configs.yaml' });
  expect(textsOf(find(objects, 'Secret', 'prometheus-raw-jobs'))['scrape-configs.yaml']).toBe([
    '- job_name: mine', '  static_configs:', '    - targets:', '        - a:1',
    '- job_name: yours', '  static_configs:', '    - targets:', '        - b:1', '',
  ].join('\n'));
  expect(specOf().additionalScrapeConfigs).toBeUndefined();
});
