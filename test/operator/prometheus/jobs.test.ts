import { Duration, Size } from 'cdk8s';
import { monitorOf, monitorsOf, synthesize } from '../operated';
import {
  BlackboxExporter, FallbackProtocol, IProber, MetricSelection, OperatedPrometheus, Relabeling, Scheme, ScrapeEndpoint, ScrapeEndpointProps,
  ScrapeJob,
} from '../../../lib';
import { newChart } from '../../charts';
import { Loose, ofKind } from '../../manifests';

const prober: IProber = { proberAddress: 'blackbox.ops.svc:9115', proberScheme: Scheme.HTTPS, proberPath: '/probe', checkModule: () => undefined };
const jobLabel = { targetLabel: 'job', replacement: 'web', action: 'replace' };

function serviceJob(props: ScrapeEndpointProps = {}, ...more: ScrapeEndpointProps[]): ScrapeJob {
  return ScrapeJob.fromService({
    name: 'web', labels: { app: 'web' }, namespaces: ['shop'], endpoints: [props, ...more].map((one) => new ScrapeEndpoint({ port: 'http', ...one })),
  });
}

function podJob(endpoint: ScrapeEndpointProps = {}): ScrapeJob {
  return ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint(endpoint)] });
}

/** Labels that relabelings write, with what they write. */
function written(relabelings: readonly Loose[]): Array<[string, string]> {
  return relabelings.filter(({ targetLabel }) => targetLabel !== undefined).map(({ targetLabel, replacement }) => [targetLabel, replacement]);
}

test('objects are named after the Prometheus and the job, and labelled as its own', () => {
  const { metadata } = monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'Web.Shop_1', labels: { app: 'web' } }));
  expect(metadata).toMatchObject({
    name: 'prometheus-web-shop-1', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': 'prometheus' },
  });
});

describe('a Service becomes a ServiceMonitor', () => {
  test('by the name of a port', () => {
    const { spec } = monitorOf('ServiceMonitor', serviceJob());
    expect(spec).toMatchObject({ selector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchNames: ['shop'] } });
    expect(spec.endpoints).toEqual([{ port: 'http', relabelings: [expect.objectContaining({ action: 'labelmap' }), jobLabel] }]);
  });

  test('by the number of a port', () => {
    const [endpoint] = monitorOf('ServiceMonitor', serviceJob({ port: undefined, portNumber: 8080 })).spec.endpoints;
    expect(endpoint.port).toBeUndefined();
    expect(endpoint.relabelings[0]).toEqual({ action: 'keep', sourceLabels: ['__meta_kubernetes_endpointslice_port'], regex: '8080' });
    expect(written(endpoint.relabelings)).toEqual([['endpoint', '8080'], ['job', 'web']]);
  });

  test('by no port', () => {
    const [endpoint] = monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'web', labels: { app: 'web' } })).spec.endpoints;
    expect(endpoint.port).toBeUndefined();
    expect(endpoint.relabelings[0]).toEqual({ action: 'keep', sourceLabels: ['__meta_kubernetes_endpointslice_port'], regex: '.+' });
    expect(endpoint.relabelings).toContainEqual({ sourceLabels: ['__meta_kubernetes_endpointslice_port_name'], regex: '(.+)', targetLabel: 'endpoint', action: 'replace' });
  });

  test('in every namespace, and with labels of the Service', () => {
    const { spec } = monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, copyLabels: ['team'] }));
    expect([spec.namespaceSelector, spec.targetLabels]).toEqual([{ any: true }, ['team']]);
  });

  test('of which a value with a dot is not taken for a regular expression', () => {
    const [endpoint] = monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'web', labels: { app: 'web.1' } })).spec.endpoints;
    expect(endpoint.relabelings[0]).toMatchObject({ action: 'keep', sourceLabels: ['__meta_kubernetes_service_label_app'], regex: 'web\\.1' });
  });

  test('with all that an endpoint says', () => {
    const props: ScrapeEndpointProps = {
      name: 'slow', path: '/slow', scheme: Scheme.HTTPS, params: { match: ['a', 'b'] }, interval: Duration.minutes(2), timeout: Duration.seconds(90),
      honorLabels: true, honorTimestamps: false, trackTimestampsStaleness: true, metrics: MetricSelection.keep('http_.+'),
      relabelings: [Relabeling.replace({ targetLabel: 'zone', replacement: 'a', sourceLabels: ['x'], regex: '', separator: '' })],
      metricRelabelings: [Relabeling.labelDrop('id')], followRedirects: false, enableHttp2: false, proxyUrl: 'http://proxy.example.com:3128',
      fallbackProtocol: FallbackProtocol.PROMETHEUS_TEXT_0_0_4, nativeHistograms: true,
    };
    const { spec } = monitorOf('ServiceMonitor', serviceJob(props));
    expect(spec).toMatchObject({ fallbackScrapeProtocol: 'PrometheusText0.0.4', scrapeNativeHistograms: true });
    expect(spec.endpoints).toEqual([{
      port: 'http', path: '/slow', scheme: 'https', params: { match: ['a', 'b'] }, interval: '2m', scrapeTimeout: '90s',
      honorLabels: true, honorTimestamps: false, trackTimestampsStaleness: true, followRedirects: false, enableHttp2: false,
      proxyUrl: 'http://proxy.example.com:3128',
      relabelings: [
        expect.objectContaining({ action: 'labelmap' }), { sourceLabels: ['x'], regex: '()', separator: '', targetLabel: 'zone', replacement: 'a', action: 'replace' }, jobLabel,
      ],
      metricRelabelings: [expect.objectContaining({ action: 'keep', regex: expect.stringContaining('http_.+') }), { action: 'labeldrop', regex: 'id' }],
    }]);
  });

  test('with metrics_path where paths differ', () => {
    const { endpoints } = monitorOf('ServiceMonitor', serviceJob({ name: 'a' }, { name: 'b', path: '/other' })).spec;
    expect(endpoints.map(({ relabelings }: Loose) => written(relabelings))).toEqual([
      [['metrics_path', '/metrics'], ['job', 'web']], [['metrics_path', '/other'], ['job', 'web']],
    ]);
  });

  test('with its limits', () => {
    const limits = {
      sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, keepDroppedTargets: 6,
    };
    const job = ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, bodySizeLimit: Size.mebibytes(10), ...limits });
    expect(monitorOf('ServiceMonitor', job).spec).toMatchObject({ ...limits, bodySizeLimit: '10240KiB' });
  });
});

describe('Pods become a PodMonitor', () => {
  test('by the name of a port', () => {
    const { spec } = monitorOf('PodMonitor', podJob({ port: 'http' }));
    expect(spec).toMatchObject({ selector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchNames: ['shop'] } });
    expect(spec.podMetricsEndpoints).toEqual([{
      port: 'http',
      relabelings: [expect.objectContaining({ action: 'labelmap' }), jobLabel],
    }]);
  });

  test('by no port', () => {
    const [endpoint] = monitorOf('PodMonitor', podJob()).spec.podMetricsEndpoints;
    expect(endpoint.port).toBeUndefined();
    expect(endpoint.relabelings).toContainEqual({ action: 'drop', sourceLabels: ['__meta_kubernetes_pod_container_init'], regex: 'true' });
    expect(endpoint.relabelings).toContainEqual({ sourceLabels: ['__meta_kubernetes_pod_container_port_name'], regex: '(.+)', targetLabel: 'endpoint', action: 'replace' });
  });

  test('and a ScrapeConfig by the number of a port, which no container need declare', () => {
    const { spec } = monitorOf('ScrapeConfig', podJob({ portNumber: 8080 }));
    expect(spec.kubernetesSDConfigs).toEqual([{ role: 'Pod', namespaces: { names: ['shop'] } }]);
    expect(written(spec.relabelings)).toContainEqual(['__tmp_port', '8080']);
  });

  test('with labels of the Pods', () => {
    const job = ScrapeJob.fromPods({ name: 'web', labels: { app: 'web.1' }, copyLabels: ['team'], endpoints: [new ScrapeEndpoint({ port: 'http' })] });
    const { spec } = monitorOf('PodMonitor', job);
    expect([spec.namespaceSelector, spec.podTargetLabels]).toEqual([{ any: true }, ['team']]);
    expect(spec.podMetricsEndpoints[0].relabelings[0]).toMatchObject({ action: 'keep', regex: 'web\\.1' });
  });
});

describe('what has no monitor of its own becomes a ScrapeConfig', () => {
  test('nodes', () => {
    const { spec } = monitorOf('ScrapeConfig', ScrapeJob.fromNodes({ name: 'web', endpoints: [new ScrapeEndpoint({ portNumber: 9100 })] }));
    expect(spec.kubernetesSDConfigs).toEqual([{ role: 'Node' }]);
    expect(written(spec.relabelings).at(-1)).toEqual(['job', 'web']);
  });

  test('static targets', () => {
    const job = ScrapeJob.fromStaticTargets({
      name: 'web', targets: ['192.0.2.1:9100', 'example.com:80'], targetLabels: { site: 'north' },
      endpoints: [new ScrapeEndpoint({ name: 'a', path: '/a', interval: Duration.minutes(1), timeout: Duration.seconds(5), scheme: Scheme.HTTPS, params: { a: ['b'] } })],
      bodySizeLimit: Size.kibibytes(3),
    });
    expect(monitorOf('ScrapeConfig', job).spec).toEqual({
      staticConfigs: [{ targets: ['192.0.2.1:9100', 'example.com:80'], labels: { site: 'north' } }],
      metricsPath: '/a', scheme: 'https', params: { a: ['b'] }, scrapeInterval: '1m', scrapeTimeout: '5s', bodySizeLimit: '3KiB', relabelings: [jobLabel],
    });
  });

  test('one for each endpoint', () => {
    const endpoints = ['one', 'two'].map((name, i) => new ScrapeEndpoint({ name, path: `/${name}`, honorLabels: i === 0, honorTimestamps: i === 0, enableHttp2: i === 0 }));
    const found = monitorsOf(ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints }));
    expect(found.map(({ metadata, spec }) => [metadata.name, spec.honorLabels, spec.honorTimestamps, spec.enableHTTP2])).toEqual([
      ['prometheus-web-one', true, undefined, undefined], ['prometheus-web-two', undefined, false, false],
    ]);
  });

  test('probes of Services', () => {
    const { spec } = monitorOf('ScrapeConfig', ScrapeJob.fromProbes({ name: 'web', prober, module: 'http_2xx', labels: { app: 'web' } }));
    expect([spec.kubernetesSDConfigs, spec.metricsPath, spec.scheme]).toEqual([[{ role: 'Service' }], '/probe', 'https']);
    expect(written(spec.relabelings)).toEqual(expect.arrayContaining([['__param_module', 'http_2xx'], ['__address__', 'blackbox.ops.svc:9115']]));
  });

  test('probes of Services, which shards part by what is probed and not by the prober', () => {
    const job = ScrapeJob.fromProbes({ name: 'web', prober, module: 'http_2xx', labels: { app: 'web' } });
    const [{ spec }] = ofKind(synthesize({ shards: 2 }, (prometheus) => prometheus.addScrapeJob(job)), 'ScrapeConfig');
    expect(spec.relabelings).toContainEqual({ sourceLabels: ['__param_target'], regex: '(.+)', targetLabel: '__tmp_hash', action: 'replace' });
    expect(JSON.stringify(monitorOf('ScrapeConfig', job))).not.toContain('__tmp_hash');
  });

  test('what is annotated', () => {
    const roles = monitorsOf(ScrapeJob.fromAnnotatedPods(), ScrapeJob.fromAnnotatedServices({ namespaces: ['shop'] })).map(({ spec }) => spec.kubernetesSDConfigs);
    expect(roles).toEqual([[{ role: 'Pod' }], [{ role: 'EndpointSlice', namespaces: { names: ['shop'] } }]]);
  });
});

describe('probes become a Probe', () => {
  test('of addresses', () => {
    const job = ScrapeJob.fromProbes({
      name: 'web', prober, module: 'http_2xx', targets: ['https://example.com'], targetLabels: { site: 'north' }, interval: Duration.minutes(1),
      timeout: Duration.seconds(20), relabelings: [Relabeling.replace({ targetLabel: 'a', replacement: 'b' })], sampleLimit: 100,
    });
    expect(monitorOf('Probe', job).spec).toEqual({
      prober: { url: 'blackbox.ops.svc:9115', scheme: 'https', path: '/probe' },
      module: 'http_2xx', interval: '1m', scrapeTimeout: '20s', sampleLimit: 100,
      targets: {
        staticConfig: {
          static: ['https://example.com'],
          labels: { namespace: '', site: 'north' },
          relabelingConfigs: [{ targetLabel: 'module', replacement: 'http_2xx', action: 'replace' }, { targetLabel: 'a', replacement: 'b', action: 'replace' }, jobLabel],
        },
      },
    });
  });

  test('of Ingresses by their labels', () => {
    const job = ScrapeJob.fromIngresses({ name: 'web', prober, module: 'http_2xx', labels: { app: 'web' }, namespaces: ['shop'] });
    expect(monitorOf('Probe', job).spec.targets.ingress).toEqual({
      selector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchNames: ['shop'] },
      relabelingConfigs: [{ targetLabel: 'module', replacement: 'http_2xx', action: 'replace' }, jobLabel],
    });
  });

  test('of Ingresses that ask for it', () => {
    const { ingress } = monitorOf('Probe', ScrapeJob.fromIngresses({ name: 'web', prober, module: 'http_2xx' })).spec.targets;
    expect([ingress.selector, ingress.namespaceSelector]).toEqual([{ matchLabels: {} }, { any: true }]);
    expect(ingress.relabelingConfigs[0]).toEqual({
      action: 'keep', sourceLabels: ['__meta_kubernetes_ingress_annotation_prometheus_io_probe'], regex: 'true',
    });
  });

  test('but not with a bound of the size of a response, which it does not know', () => {
    const job = ScrapeJob.fromProbes({ name: 'web', prober, module: 'http_2xx', targets: ['a'], bodySizeLimit: Size.kibibytes(4) });
    expect(monitorOf('ScrapeConfig', job).spec).toMatchObject({ bodySizeLimit: '4KiB', staticConfigs: [{ targets: ['a'] }] });
  });

  test('of the blackbox exporter of the library', () => {
    const objects = synthesize({}, (prometheus, chart) => {
      const blackbox = new BlackboxExporter(chart, 'blackbox');
      blackbox.probe({ name: 'pages', module: 'http_2xx', targets: ['https://example.com'] });
      blackbox.probeServices({ name: 'services', module: 'tcp_connect' });
      blackbox.probeIngresses({ name: 'ingresses', module: 'http_2xx' });
      prometheus.monitor(blackbox);
    });
    const names = ['Probe', 'ScrapeConfig', 'ServiceMonitor'].map((kind) => ofKind(objects, kind).map(({ metadata }) => metadata.name));
    expect(names).toEqual([['prometheus-pages', 'prometheus-ingresses'], ['prometheus-services'], ['prometheus-blackbox-exporter']]);
  });
});

describe('what is refused', () => {
  const refused = (job: ScrapeJob, shards?: number) => () => new OperatedPrometheus(newChart(), 'prometheus', { shards }).addScrapeJob(job);

  test.each<[string, () => ScrapeJob, string]>([
    ['a Service', () => serviceJob({ params: { a: ['$(HOME)'] } }), "scrape job 'web': '$(HOME)' has '$(HOME)', in whose place the operator's reloader"],
    ['Pods', () => podJob({ port: 'http', relabelings: [Relabeling.keep({ sourceLabels: ['a'], regex: 'x$(y)' })] }), "'x$(y)' has '$(y)'"],
    ['static targets', () => ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], targetLabels: { a: '$(b)' } }), "endpoint 'metrics': '$(b)'"],
    ['a Probe', () => ScrapeJob.fromProbes({ name: 'web', prober, module: 'a', targets: ['$(b)'] }), "scrape job 'web': '$(b)'"],
    ['raw text', () => ScrapeJob.raw('web', { static_configs: [{ targets: ['$(b):1'] }] }), "scrape job 'web': '$(b):1'"],
  ])('a variable in a job of %s', (_, job, message) => {
    expect(refused(job())).toThrow(message);
  });

  test('followRedirects, which a ScrapeConfig lacks', () => {
    const endpoints = [new ScrapeEndpoint({ name: 'a', followRedirects: false })];
    expect(refused(ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints })))
      .toThrow("test/prometheus: scrape job 'web', endpoint 'a': followRedirects is false, which a ScrapeConfig of the operator cannot say");
  });

  test('hashmod of a user\'s own with shards, where the operator would leave out its own', () => {
    const endpoints = [new ScrapeEndpoint({ name: 'a', relabelings: [Relabeling.hashMod(['__address__'], 'a', 2)] })];
    const job = ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints });
    expect(refused(job, 2)).toThrow("scrape job 'web', endpoint 'a': relabelings have an action hashmod");
    expect(refused(job)).not.toThrow();
  });

  test('a prober that is no host and port', () => {
    const job = ScrapeJob.fromProbes({ name: 'web', prober: { ...prober, proberAddress: 'http://blackbox:9115' }, module: 'a', targets: ['b'] });
    expect(refused(job)).toThrow("scrape job 'web': prober: 'http://blackbox:9115' is not host:port");
  });

  test('two jobs that become objects of one name', () => {
    const prometheus = new OperatedPrometheus(newChart(), 'prometheus');
    const named = (name: string) => ScrapeJob.fromService({ name, labels: { app: 'web' } });
    prometheus.addScrapeJob(named('web_a'));
    expect(() => prometheus.addScrapeJob(named('Web-a'))).toThrow("scrape job 'Web-a' becomes ServiceMonitor 'prometheus-web-a', and so does 'web_a'");
  });

  test('a job whose name no object can have', () => {
    expect(refused(ScrapeJob.fromService({ name: 'a'.repeat(243), labels: { app: 'web' } }))).toThrow('becomes a ServiceMonitor whose name has 254 characters');
  });
});
