import { monitorOf, monitorsOf, specOf, synthesize } from '../operated';
import {
  Authorization, KubeletDiscovery, KubeletMonitor, KubeletMonitorProps, KubeletService, MonitorSelection, PrometheusOperator, ScrapeEndpoint,
  ScrapeEndpointProps, ScrapeJob, TlsClient,
} from '../../../lib';
import { Loose, ofKind } from '../../manifests';

function serviceJob(...endpoints: ScrapeEndpointProps[]): ScrapeJob {
  return ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: endpoints.map((one) => new ScrapeEndpoint({ port: 'http', ...one })) });
}

describe('files of the service account are named by scrape classes', () => {
  const ca = { tls: TlsClient.clusterCa() };
  const token = { authorization: Authorization.serviceAccountToken() };

  test('one monitor for what needs the same', () => {
    const jobs = serviceJob({ name: 'plain' }, { name: 'ca', path: '/a', ...ca }, { name: 'more', path: '/b', ...ca }, { name: 'both', path: '/c', ...ca, ...token });
    const told = monitorsOf(jobs).map(({ metadata, spec }) => [metadata.name, spec.scrapeClass, spec.endpoints.map(({ path }: Loose) => path)]);
    expect(told).toEqual([
      ['prometheus-web', undefined, [undefined]],
      ['prometheus-web-2', 'cluster-ca', ['/a', '/b']],
      ['prometheus-web-3', 'cluster-ca-and-service-account-token', ['/c']],
    ]);
  });

  test('which the Prometheus has', () => {
    const dir = '/var/run/secrets/kubernetes.io/serviceaccount';
    const authorization = { type: 'Bearer', credentialsFile: `${dir}/token` };
    const tlsConfig = { caFile: `${dir}/ca.crt` };
    const classes = specOf({}, (prometheus) => [ca, token, { ...ca, ...token }].forEach((client, i) => (
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: `a${i}`, targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', ...client })] }))
    ))).scrapeClasses;
    expect(classes).toEqual([
      { name: 'cluster-ca', tlsConfig }, { name: 'cluster-ca-and-service-account-token', tlsConfig, authorization }, { name: 'service-account-token', authorization },
    ]);
    expect(specOf().scrapeClasses).toBeUndefined();
  });

  test('also for Pods, with what else TLS says', () => {
    const job = ScrapeJob.fromPods({
      name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', tls: TlsClient.clusterCa({ serverName: 'web.shop.svc' }) })],
    });
    const { spec } = monitorOf('PodMonitor', job);
    expect(spec.scrapeClass).toBe('cluster-ca');
    expect(spec.podMetricsEndpoints[0]).toMatchObject({ scheme: 'https', tlsConfig: { serverName: 'web.shop.svc' } });
  });
});

describe('kubelets', () => {
  // With its own monitors alone it is granted what these need.
  const kubelet = (props?: KubeletMonitorProps) => synthesize({ selection: MonitorSelection.own() }, (prometheus, chart) => (
    prometheus.monitor(new KubeletMonitor(chart, 'kubelet', props))
  ));
  const rulesOf = (objects: readonly Loose[]) => objects.filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name.includes('prometheus'))[0].rules;

  test('are found through the Service that the operator keeps', () => {
    const objects = kubelet();
    const [{ spec }] = ofKind(objects, 'ServiceMonitor');
    expect(spec).toMatchObject({
      selector: { matchLabels: { 'k8s-app': 'kubelet' } }, namespaceSelector: { matchNames: ['kube-system'] },
      scrapeClass: 'cluster-ca-and-service-account-token',
    });
    expect(spec.endpoints.map(({ port, path, scheme }: Loose) => [port, path, scheme])).toEqual([
      ['https-metrics', undefined, 'https'], ['https-metrics', '/metrics/cadvisor', 'https'], ['https-metrics', '/metrics/probes', 'https'],
    ]);
    expect(ofKind(objects, 'ScrapeConfig')).toEqual([]);
    expect(rulesOf(objects)).toContainEqual({ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] });
  });

  test('or through the nodes', () => {
    const objects = kubelet({ discovery: KubeletDiscovery.nodes() });
    expect(ofKind(objects, 'ServiceMonitor')).toEqual([]);
    expect(ofKind(objects, 'ScrapeConfig').map(({ spec }) => spec.kubernetesSDConfigs)).toEqual(Array.from({ length: 3 }, () => [{ role: 'Node' }]));
    expect(rulesOf(objects)).toContainEqual({ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] });
  });

  test('by a Service that an operator of the app keeps, in whichever namespace', () => {
    const made = (kubeletService: KubeletService, props?: KubeletMonitorProps) => synthesize({}, (prometheus, chart) => {
      new PrometheusOperator(chart, 'operator', { kubeletService });
      prometheus.monitor(new KubeletMonitor(chart, 'kubelet', props));
    });
    const message = "[test/prometheus] scrape job 'kubelet' looks for the kubelets by a Service in 'kube-system', and operator 'test/operator' keeps";
    expect(() => made(KubeletService.none())).toThrow(`${message} none; say discovery: KubeletDiscovery.nodes() of the KubeletMonitor`);
    const elsewhere = KubeletService.of({ namespace: 'ops' });
    expect(() => made(elsewhere)).toThrow(`${message} one in 'ops'; say discovery: KubeletDiscovery.service('ops') or KubeletDiscovery.nodes()`);
    expect(ofKind(made(elsewhere, { discovery: KubeletDiscovery.service('ops') }), 'ServiceMonitor')).toHaveLength(1);
    expect(ofKind(made(KubeletService.none(), { discovery: KubeletDiscovery.nodes() }), 'ScrapeConfig')).toHaveLength(3);
    expect(ofKind(made(KubeletService.of()), 'ServiceMonitor')).toHaveLength(1);
  });

  test('or by their read-only port, where the Service that an operator of the app keeps has it', () => {
    const made = (readOnlyPort: boolean) => synthesize({}, (prometheus, chart) => {
      new PrometheusOperator(chart, 'operator', { kubeletService: KubeletService.of({ readOnlyPort }) });
      prometheus.monitor(new KubeletMonitor(chart, 'kubelet', { readOnlyPort: true }));
    });
    expect(ofKind(made(true), 'ServiceMonitor')).toHaveLength(1);
    expect(() => made(false)).toThrow("[test/prometheus] scrape job 'kubelet' takes the kubelets' read-only port, and Service 'kube-system/kubelet' that operator "
      + "'test/operator' keeps has none; take readOnlyPort: false out of its KubeletService, or readOnlyPort out of the KubeletMonitor");
  });

  test('or by their read-only port', () => {
    const [{ spec }] = ofKind(kubelet({ readOnlyPort: true }), 'ServiceMonitor');
    expect(spec.scrapeClass).toBeUndefined();
    expect(spec.endpoints.map(({ port }: Loose) => port)).toEqual(['http-metrics', 'http-metrics', 'http-metrics']);
  });
});
