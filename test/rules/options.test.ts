import { Duration } from 'cdk8s';
import { stringify } from 'yaml';
import { COMPONENTS } from '../../lib/components/catalogue';
import { RuleSet } from '../../lib/monitoring/rules';

type Components = typeof COMPONENTS;

/** All options of the rules of a component; none where they have no options. */
type OptionsOf<Name extends keyof Components> = Components[Name]['rules'] extends (context?: never, options?: infer Options) => RuleSet
  ? (unknown extends Options ? object : Required<NonNullable<Options>>)
  : never;

interface Row {
  /** The rules with all the options. */
  readonly rules: RuleSet;
  /** The rules with all the options but one. */
  readonly without: { readonly [option: string]: RuleSet };
  /** Traces of the options in the rule file. */
  readonly traces: readonly string[];
}

function row<Options extends object>(options: Options, rules: (options: Partial<Options>) => RuleSet, ...traces: string[]): Row {
  const without: { [option: string]: RuleSet } = {};
  for (const option in options) {
    const others: Partial<Options> = { ...options };
    others[option] = undefined;
    without[option] = rules(others);
  }
  return { rules: rules(options), without, traces };
}

const MINE = { jobName: 'mine' };

/** A row for each component, with each of its options. */
const ROWS: { readonly [name in keyof Components]: Row } = {
  'general': row<OptionsOf<'general'>>({ targetDownPercent: 77 }, (options) => COMPONENTS.general.rules(MINE, options), '> 77'),
  'scheduler': row<OptionsOf<'scheduler'>>({}, () => COMPONENTS.scheduler.rules(MINE), 'job="mine"', 'no target of job mine'),
  'controller-manager': row<OptionsOf<'controller-manager'>>({}, () => COMPONENTS['controller-manager'].rules(MINE), 'job="mine"'),
  'kube-proxy': row<OptionsOf<'kube-proxy'>>({}, () => COMPONENTS['kube-proxy'].rules(MINE), 'job="mine"'),
  'node': row<OptionsOf<'node'>>(
    {
      ignoredFilesystemTypes: ['zfs', 'fuse'],
      ignoredMountPoints: '/scratch/.+',
      freeSpaceWarningPercent: 71,
      freeSpaceCriticalPercent: 72,
      fillingUpWarningPercent: 73,
      fillingUpCriticalPercent: 74,
      cpuPercent: 75,
      memoryPercent: 76,
      loadPerCpu: 77,
      majorPageFaults: 78,
      diskQueue: 79,
      ignoredInterfaces: 'wlan.+',
      freeInodesWarningPercent: 61,
      freeInodesCriticalPercent: 62,
      fillingUpInodesWarningPercent: 63,
      fillingUpInodesCriticalPercent: 64,
      fileHandlesWarningPercent: 65,
      fileHandlesCriticalPercent: 66,
      conntrackPercent: 67,
      packetErrorPercent: 68,
      clockSkew: Duration.millis(69),
      ignoredDisks: 'nbd.+',
      ignoredUnits: 'scratch.*',
      kubeStateJobName: 'state',
    },
    (options) => COMPONENTS.node.rules({ ...MINE, systemd: true }, options),
    'job="mine"', 'fstype!~"zfs|fuse"', 'mountpoint!~"/scratch/.+"', '< 71', '< 72', '< 73', '< 74', '> 75', '> 76', '> 77', '> 78', '> 79',
    'device!~"wlan.+"', '< 61', '< 62', '< 63', '< 64', '> 65', '> 66', '> 67', '> 68', '> 0.069', 'device!~"nbd.+"', 'name!~"scratch.*"', 'NodeSystemdServiceFailed', 'less than 71% of its space',
  ),
  'kube-state': row<OptionsOf<'kube-state'>>(
    { namespaces: 'shop-.+', jobDuration: Duration.hours(7), quotaOvercommitPercent: 177, restartsPerHour: 178 },
    (options) => COMPONENTS['kube-state'].rules({ ...MINE, shards: 3 }, options),
    'job="mine"', 'KubeStateMetricsShardsMissing', 'namespace=~"shop-.+"', '> 25200', 'longer than 7 hours', '> 177', '> 178',
  ),
  'kubelet': row<OptionsOf<'kubelet'>>(
    {
      kubeStateJobName: 'state',
      throttledPercent: 77,
      volumeCriticalPercent: 78,
      volumeWarningPercent: 79,
      ignoredVolumeNamespaces: 'scratch-.+',
      relist: Duration.seconds(71),
      podStart: Duration.seconds(72),
      certificateWarning: Duration.seconds(73),
      certificateCritical: Duration.seconds(74),
    },
    (options) => COMPONENTS.kubelet.rules(MINE, options),
    'job="mine"', 'job="state"', '> 77', '< 78', '< 79', 'namespace!~"scratch-.+"', '>= 71', '> 72', '< 73', '< 74',
  ),
  'apiserver': row<OptionsOf<'apiserver'>>(
    {
      versionedJobs: ['mine', 'nodes'],
      upgrade: Duration.hours(7),
      clientCertificateWarning: Duration.seconds(71),
      clientCertificateCritical: Duration.seconds(72),
      terminatedPercent: 73,
      throttledPercent: 76,
      slowWebhook: Duration.seconds(77),
      clientErrorsPercent: 74,
      apiUnavailablePercent: 75,
    },
    (options) => COMPONENTS.apiserver.rules(MINE, options),
    'job="mine"', 'job=~"mine|nodes"', 'for: 7h', 'for 7 hours', '< 71', '< 72', '> 0.73', '> 0.74', '< 25', '> 0.76', '> 77',
  ),
  'coredns': row<OptionsOf<'coredns'>>(
    { latency: Duration.millis(750), forwardLatency: Duration.millis(650), errorsWarningPercent: 71, errorsCriticalPercent: 72 },
    (options) => COMPONENTS.coredns.rules(MINE, options),
    'job="mine"', '> 0.75', '> 0.65', '> 71', '> 72',
  ),
  'etcd': row<OptionsOf<'etcd'>>(
    {
      slowCall: Duration.millis(771),
      slowPeer: Duration.millis(772),
      quotaPercent: 77,
      usedDatabasePercent: 71,
      failedCallsWarningPercent: 72,
      failedCallsCriticalPercent: 73,
      logSyncWarning: Duration.millis(774),
      logSyncCritical: Duration.millis(775),
      commit: Duration.millis(776),
    },
    (options) => COMPONENTS.etcd.rules({ ...MINE, extensiveMetrics: true }, options),
    'job="mine"', '> 0.771', '> 0.772', '> 77', '< 71', '> 72', '> 73', '> 0.774', '> 0.775', '> 0.776',
  ),
  'metrics-server': row<OptionsOf<'metrics-server'>>(
    { apiServerJobName: 'api' }, (options) => COMPONENTS['metrics-server'].rules(MINE, options), 'job="mine"', 'job="api"',
  ),
  'victoria-metrics': row<OptionsOf<'victoria-metrics'>>(
    { freeDiskPercent: 23, writeErrorPercent: 4 }, (options) => COMPONENTS['victoria-metrics'].rules(MINE, options), 'job="mine"', '< 23', '> 4',
  ),
  'influxdb': row<OptionsOf<'influxdb'>>(
    { freeDiskPercent: 23, writeErrorPercent: 4, kubeletJobName: 'state', prometheusJobName: 'api' },
    (options) => COMPONENTS.influxdb.rules(MINE, options),
    'job="mine"', '< 23', '> 4', 'available_bytes{job="state"', 'samples_total{job="api"',
  ),
  'influxdb2': row<OptionsOf<'influxdb2'>>(
    { freeDiskPercent: 23, writeErrorPercent: 4, kubeletJobName: 'state' },
    (options) => COMPONENTS.influxdb2.rules(MINE, options),
    'job="mine"', '< 23', '> 4', 'available_bytes{job="state"',
  ),
  'thanos-sidecar': row<OptionsOf<'thanos-sidecar'>>(
    { uploadAge: Duration.hours(7) }, (options) => COMPONENTS['thanos-sidecar'].rules({ ...MINE, prometheusJobName: 'mine' }, options), 'job="mine"', '> 25200',
  ),
  'thanos-query': row<OptionsOf<'thanos-query'>>(
    { httpErrorPercent: 6, grpcErrorPercent: 7, dnsErrorPercent: 8, latency: Duration.seconds(41), rangeLatency: Duration.seconds(91) },
    (options) => COMPONENTS['thanos-query'].rules(MINE, options), 'job="mine"', '> 6', '> 7', '> 8', '> 41', '> 91',
  ),
  'thanos-query-frontend': row<OptionsOf<'thanos-query-frontend'>>(
    { httpErrorPercent: 6, cacheErrorPercent: 7 }, (options) => COMPONENTS['thanos-query-frontend'].rules(MINE, options), 'job="mine"', '> 6', '> 7',
  ),
  'thanos-store': row<OptionsOf<'thanos-store'>>(
    { grpcErrorPercent: 6, bucketErrorPercent: 7, bucketLatency: Duration.seconds(9), gateLatency: Duration.seconds(8) },
    (options) => COMPONENTS['thanos-store'].rules(MINE, options), 'job="mine"', '> 6', '> 7', '> 9', '> 8',
  ),
  'thanos-receive': row<OptionsOf<'thanos-receive'>>(
    { httpErrorPercent: 6, forwardErrorPercent: 7, uploadAge: Duration.hours(7) }, (options) => COMPONENTS['thanos-receive'].rules(MINE, options),
    'job="mine"', '> 6', '> 7', '> 25200',
  ),
  'thanos-rule': row<OptionsOf<'thanos-rule'>>(
    { evaluationErrorPercent: 6 }, (options) => COMPONENTS['thanos-rule'].rules(MINE, options), 'job="mine"', '> 6',
  ),
  'thanos-compact': row<OptionsOf<'thanos-compact'>>(
    { compactionErrorPercent: 6, bucketErrorPercent: 7 }, (options) => COMPONENTS['thanos-compact'].rules(MINE, options), 'job="mine"', '> 6', '> 7',
  ),
  'sink-gateway': row<OptionsOf<'sink-gateway'>>(
    { failedPercent: 23, deliveryTime: Duration.seconds(4), bufferPercent: 61, lostPercent: 7 }, (options) => COMPONENTS['sink-gateway'].rules(MINE, options),
    'job="mine"', '> 23', '> 4', '> 61', '> 7 / 100',
  ),
  'prometheus-adapter': row<OptionsOf<'prometheus-adapter'>>(
    { apiServerJobName: 'api' },
    (options) => COMPONENTS['prometheus-adapter'].rules({ ...MINE, resourceMetrics: true }, options),
    'job="mine"', 'job="api"', '((custom|external)[.])?metrics',
  ),
  'grafana': row<OptionsOf<'grafana'>>({ requestErrorPercent: 77 }, (options) => COMPONENTS.grafana.rules(MINE, options), 'job="mine"', '> 77'),
  'blackbox': row<OptionsOf<'blackbox'>>(
    { certificateWarning: Duration.days(77), certificateCritical: Duration.days(7), ignoredTargets: 'scratch.+' },
    (options) => COMPONENTS.blackbox.rules(MINE, options),
    'job="mine"', `< ${77 * 24 * 3600}`, `< ${7 * 24 * 3600}`, 'within 77 days', 'instance!~"scratch.+"',
  ),
  'prometheus': row<OptionsOf<'prometheus'>>(
    {
      queryLoadPercent: 77,
      remoteWriteLag: Duration.seconds(777),
      remoteWriteFailedPercent: 71,
      notificationWarningPercent: 72,
      notificationCriticalPercent: 73,
      sampleLimitPercent: 74,
      seriesBudget: 75,
      seriesBudgets: { 'big.job': 76 },
      plannedSeriesPercent: 178,
      storagePercent: 79,
    },
    (options) => COMPONENTS.prometheus.rules(
      { ...MINE, configReloader: false, series: { sampleLimit: 1000, plannedSeries: 2000 }, volume: { bytes: 5000 } }, options,
    ),
    'job="mine"', '> 77', '> 777', '> 71', '> 72', '> 73', '> 740', '> 75', '> 76', '> 3560', '5000 > 79',
  ),
  'operator': row<OptionsOf<'operator'>>(
    { apiErrorPercent: 77, reconcileErrorPercent: 78 },
    (options) => COMPONENTS.operator.rules({ ...MINE, kubeletService: false }, options),
    'job="mine"', '> 77', '> 78',
  ),
  'alertmanager': row<OptionsOf<'alertmanager'>>(
    { criticalIntegrations: ['sns', 'pushover'] },
    (options) => COMPONENTS.alertmanager.rules(MINE, options),
    'job="mine"', 'integration=~"sns|pushover"', 'integration!~"sns|pushover"',
  ),
};

function textOf(rules: RuleSet): string {
  return stringify(rules._toData(), { lineWidth: 0 }).replaceAll('\\"', '"');
}

test('there is a row for each component', () => {
  const missing = Object.keys(COMPONENTS).filter((name) => !Object.hasOwn(ROWS, name)).map((name) => `add '${name}' to ROWS of test/rules/options.test.ts`);
  expect(missing).toEqual([]);
});

test.each(Object.entries(ROWS))('every option of %s reaches the rules, and the job is its own', (name, { rules, without, traces }) => {
  const text = textOf(rules);
  expect(traces.filter((trace) => !text.includes(trace))).toEqual([]);
  expect(Object.keys(without).filter((option) => textOf(without[option]) === text)).toEqual([]);
  const jobs = [...text.matchAll(/job="([^"]+)"/g)].map((match) => match[1]);
  expect([...new Set(jobs)].filter((job) => !['state', 'api', 'big.job', '{{ $labels.job }}'].includes(job))).toEqual(name === 'general' ? [] : ['mine']);
});

test('rules come only with what they are about', () => {
  const { node, 'kube-state': kubeState, prometheus, operator, alertmanager } = COMPONENTS;
  expect(node.rules().alertNames).not.toContain('NodeSystemdServiceFailed');
  expect(kubeState.rules().alertNames).not.toContain('KubeStateMetricsShardsMissing');
  expect(prometheus.rules().alertNames).toContain('ConfigReloaderSidecarErrors');
  expect(prometheus.rules({ configReloader: false }).alertNames).not.toContain('ConfigReloaderSidecarErrors');
  expect(operator.rules().alertNames).toContain('PrometheusOperatorNodeLookupErrors');
  expect(operator.rules({ kubeletService: false }).alertNames).not.toContain('PrometheusOperatorNodeLookupErrors');
  expect(COMPONENTS.etcd.rules().alertNames).not.toContain('etcdGRPCRequestsSlow');
  expect(alertmanager.rules().groups[0]._alertingRules().filter((rule) => rule.alert === 'AlertmanagerClusterFailedToSendAlerts')).toHaveLength(1);
});

test('the parser of PromQL is loaded with the first rule of a user, not with the library', () => {
  const loaded = () => Object.keys(require.cache).filter((file) => /lezer|codemirror/.test(file)).length;
  expect(loaded()).toBe(0);
  expect(COMPONENTS.node.rules()._toData().groups).not.toEqual([]);
  expect(loaded()).toBe(0);
  expect(RuleSet.fromText('groups: [{name: x, rules: [{alert: y, expr: up}]}]').alertNames).toEqual(['y']);
  expect(loaded()).toBeGreaterThan(0);
});
