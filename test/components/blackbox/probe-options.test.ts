import { Duration, Size } from 'cdk8s';
import { AddressProbeOptions, BlackboxExporter, BlackboxModule, BlackboxProbeOptions, IngressProbeOptions, ServiceProbeOptions } from '../../../lib/components';
import { LabelExpression } from '../../../lib/kubernetes';
import { Relabeling } from '../../../lib/monitoring';
import { PrometheusServer } from '../../../lib/server';
import { Synthesized } from '../../server/support';
import { newChart } from '../../charts';

const common: Required<BlackboxProbeOptions> = {
  name: 'it',
  module: 'http_post',
  interval: Duration.seconds(75),
  timeout: Duration.seconds(25),
  relabelings: [Relabeling.replace({ targetLabel: 'team', replacement: 'web' })],
  sampleLimit: 11,
  targetLimit: 12,
  labelLimit: 13,
  labelNameLengthLimit: 14,
  labelValueLengthLimit: 15,
  bodySizeLimit: Size.kibibytes(16),
  keepDroppedTargets: 17,
};

/** The scrape config of the probes that are added, as text. */
function configOf(add: (exporter: BlackboxExporter) => void): string {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus');
  const exporter = new BlackboxExporter(chart, 'blackbox-exporter', { modules: [BlackboxModule.http('http_2xx'), BlackboxModule.http('http_post')] });
  add(exporter);
  prometheus.monitor(exporter);
  return JSON.stringify(new Synthesized(chart).configuration.scrape_configs.filter(({ job_name: name }: { job_name: string }) => name.endsWith('/probe')));
}

/** What is seen of each option that all probes have. */
const SEEN: { readonly [option in keyof BlackboxProbeOptions]-?: RegExp } = {
  name: /"job_name":"it\/probe"/,
  module: /"http_post"/,
  interval: /"scrape_interval":"(75s|1m15s)"/,
  timeout: /"scrape_timeout":"25s"/,
  relabelings: /"target_label":"team","replacement":"web"|"replacement":"web","target_label":"team"/,
  sampleLimit: /"sample_limit":11\b/,
  targetLimit: /"target_limit":12\b/,
  labelLimit: /"label_limit":13\b/,
  labelNameLengthLimit: /"label_name_length_limit":14\b/,
  labelValueLengthLimit: /"label_value_length_limit":15\b/,
  bodySizeLimit: /"body_size_limit":"(16KiB|16384B)"/,
  keepDroppedTargets: /"keep_dropped_targets":17\b/,
};

type Seen = ReadonlyArray<readonly [string, RegExp, string, string]>;

interface Own {
  readonly [option: string]: RegExp;
}

/** An option, what is seen of it, the configuration with all options, and that without this one. */
function rows<T extends { readonly name: string }>(all: T, own: Own, add: (exporter: BlackboxExporter, options: T) => void): Seen {
  const whole = configOf((exporter) => add(exporter, all));
  return Object.entries({ ...SEEN, ...own }).map(([option, seen]) => {
    const replaced = option === 'name' ? 'other' : option === 'targets' ? ['other.example.com:443'] : undefined;
    return [option, seen, whole, configOf((exporter) => add(exporter, { ...all, [option]: replaced }))];
  });
}

const addresses: Required<AddressProbeOptions> = { ...common, targets: ['example.com:443'], targetLabels: { site: 'north' } };
const selection = {
  labels: { probe: 'yes' }, labelExpressions: [LabelExpression.exists('team')], namespaces: ['shop'], namespaceLabels: { env: 'prod' },
  namespaceExpressions: [LabelExpression.exists('site')],
};
const services: Required<Omit<ServiceProbeOptions, 'annotationPrefix' | 'service'>> = { ...common, ...selection, port: 'https' };
const ingresses: Required<Omit<IngressProbeOptions, 'annotationPrefix'>> = { ...common, ...selection };
const bySelection = {
  labels: /__meta_kubernetes_(service|ingress)_label_probe/, labelExpressions: /__meta_kubernetes_(service|ingress)_labelpresent_team/, namespaces: /"names":\["shop"\]/,
  namespaceLabels: /__meta_kubernetes_namespace_label_env/, namespaceExpressions: /__meta_kubernetes_namespace_labelpresent_site/,
};
const asked = /__meta_kubernetes_(service|ingress)_annotation_metrics_example_com_probe/;
const byAnnotation: Pick<Required<ServiceProbeOptions & IngressProbeOptions>, 'annotationPrefix'> = { annotationPrefix: 'metrics.example.com' };

describe.each<[string, Seen]>([
  ['addresses', rows(addresses, { targets: /"example\.com:443"/, targetLabels: /"site":"north"/ }, (exporter, options) => exporter.probe(options))],
  ['Services', rows(services, { ...bySelection, port: /;https"/ }, (exporter, options) => exporter.probeServices(options))],
  ['Ingresses', rows(ingresses, bySelection, (exporter, options) => exporter.probeIngresses(options))],
  ['annotated Services', rows({ ...common, ...byAnnotation }, { annotationPrefix: asked }, (exporter, options) => exporter.probeServices(options))],
  ['annotated Ingresses', rows({ ...common, ...byAnnotation }, { annotationPrefix: asked }, (exporter, options) => exporter.probeIngresses(options))],
])('probes of %s', (_, seen) => {
  test.each(seen)('take %s', (_option, expected, whole, without) => {
    expect(whole).toMatch(expected);
    expect(without).not.toMatch(expected);
  });
});

test.each<[string, (exporter: BlackboxExporter) => void]>([
  ['Services', (exporter) => exporter.probeServices({ name: 'it', labels: { a: 'b' }, ...byAnnotation })],
  ['Ingresses', (exporter) => exporter.probeIngresses({ name: 'it', labels: { a: 'b' }, ...byAnnotation })],
])('%s are selected by labels or by the annotation', (_, add) => {
  expect(() => configOf(add)).toThrow("ScrapeJob 'it': got 'labels' and 'annotationPrefix'; things to probe are selected by one of them");
});

test.each<[string, (exporter: BlackboxExporter) => void]>([
  ['Services', (exporter) => exporter.probeServices({ name: 'it' })],
  ['Ingresses', (exporter) => exporter.probeIngresses({ name: 'it' })],
])('%s that nothing selects have to ask for it', (_, add) => {
  expect(configOf(add)).toMatch(/__meta_kubernetes_(service|ingress)_annotation_prometheus_io_probe/);
  expect(configOf(add)).toContain('http_2xx');
});
