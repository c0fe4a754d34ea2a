import { Size } from 'cdk8s';
import { DataStorage, ExistingAlertmanager, Exposure, PrometheusOperator, PrometheusOperatorCrds, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { js, nodes, operated, prometheus, UNSET, webJob } from './support';
import { existing, Mistake } from '../bad-input/support';

/** Names, labels, quantities and the like that Kubernetes refuses. */
export const KUBERNETES_VALUES: Mistake[] = [
  {
    mistake: 'a directory with dots',
    place: 'shop/nodes: textfileDirectory', value: "'/var/../etc'", wayOut: "'..'",
    app: (chart) => nodes(chart, { textfileDirectory: '/var/../etc' }),
  },
  {
    mistake: 'an annotation of the definitions with a space',
    place: 'shop/crds: annotations', value: "'a b'", wayOut: 'app.kubernetes.io/name',
    app: (chart) => new PrometheusOperatorCrds(chart, 'crds', { annotations: { 'a b': 'c' } }),
  },
  {
    mistake: 'an empty image of the reloader',
    place: 'shop/operator: configReloader.image', value: "''", wayOut: 'registry.example.com/path/name:tag',
    app: (chart) => new PrometheusOperator(chart, 'operator', { configReloader: { image: '' } }),
  },
  {
    mistake: 'a label in a selector with a space',
    place: "ScrapeJob 'web': labels", value: "'my web'", wayOut: '63 letters',
    app: (chart) => operated(chart).addScrapeJob(webJob({}, { labels: { app: 'my web' } })),
  },
  {
    mistake: 'a storage class with a space',
    place: 'DataStorage.volumeClaimTemplate: storageClassName', value: "'Fast SSD'", wayOut: 'lower-case',
    app: (chart) => operated(chart, { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), storageClassName: 'Fast SSD' }) }),
  },
  {
    mistake: 'a priority class with a space',
    place: 'shop/prometheus: priorityClassName', value: "'High Priority'", wayOut: 'lower-case',
    app: (chart) => operated(chart, { priorityClassName: 'High Priority' }),
  },
  {
    mistake: 'a request above the limit',
    place: 'shop/prometheus: resources', value: '4Gi', wayOut: 'raise',
    app: (chart) => prometheus(chart, { resources: { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(2) } }),
  },
  {
    mistake: 'CPU as text',
    place: 'shop/prometheus: resources.cpuRequest', value: "'100m'", wayOut: 'Cpu',
    app: (chart) => prometheus(chart, { resources: { cpuRequest: js('100m') } }),
  },
  {
    mistake: 'an image with a space',
    place: 'shop/prometheus: image', value: "prometheus: v3.13.2'", wayOut: 'name:tag',
    app: (chart) => prometheus(chart, { image: 'quay.io/prometheus/prometheus: v3.13.2' }),
  },
  {
    mistake: 'a registry with a scheme',
    place: 'shop/prometheus: registry', value: "'https://mirror.example.com'", wayOut: 'without a scheme',
    app: (chart) => prometheus(chart, { registry: 'https://mirror.example.com' }),
  },
  {
    mistake: 'a node selector with a space',
    place: 'shop/prometheus: nodeSelector', value: "'a b'", wayOut: 'app.kubernetes.io/name',
    app: (chart) => prometheus(chart, { nodeSelector: { 'a b': 'c' } }),
  },
  {
    mistake: 'a toleration with an unknown operator',
    place: 'shop/prometheus: tolerations', value: "'Foo'", wayOut: "'Exists'",
    app: (chart) => prometheus(chart, { tolerations: [{ operator: 'Foo' }] }),
  },
  {
    mistake: 'an annotation that is a number',
    place: 'shop/prometheus: podAnnotations', value: '9090', wayOut: "'9090'",
    app: (chart) => prometheus(chart, { podAnnotations: { 'prometheus.io/port': js(9090) } }),
  },
  {
    mistake: 'a label of Pods with an exclamation mark',
    place: 'shop/prometheus: podLabels', value: "'my team!'", wayOut: '63 letters',
    app: (chart) => prometheus(chart, { podLabels: { team: 'my team!' } }),
  },
  {
    mistake: 'a label of Pods that ends with a slash',
    place: 'shop/prometheus: podLabels', value: "'team/'", wayOut: 'app.kubernetes.io/name',
    app: (chart) => prometheus(chart, { podLabels: { 'team/': 'a' } }),
  },
  {
    mistake: 'the Service of an Alertmanager as a URL',
    place: 'ExistingAlertmanager', value: "'http://b:9093'", wayOut: 'lower-case',
    app: (chart) => prometheus(chart).sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'http://b:9093' })),
  },
  {
    mistake: 'an image that is a digest alone',
    place: 'shop/prometheus: image', value: "'@sha256:", wayOut: 'name:tag',
    app: (chart) => prometheus(chart, { image: `@sha256:${'a'.repeat(64)}` }),
  },
  {
    mistake: 'a port name of Pods that is too long',
    place: "ScrapeJob 'x': endpoint", value: "'prometheus-metrics'", wayOut: '15 characters',
    app: (chart) => prometheus(chart).addScrapeJob(ScrapeJob.fromPods({ name: 'x', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'prometheus-metrics' })] })),
  },
  {
    mistake: 'a claim from a variable that is not set',
    place: 'DataStorage.existingClaim: name', value: 'undefined', wayOut: 'string',
    app: (chart) => prometheus(chart, { storage: DataStorage.existingClaim(UNSET) }),
  },
  {
    mistake: 'a claim with an underscore',
    place: 'DataStorage.existingClaim', value: "'My_Claim'", wayOut: 'lower-case',
    app: (chart) => prometheus(chart, { storage: DataStorage.existingClaim('My_Claim') }),
  },
  {
    mistake: 'an IP address as host of an Ingress',
    place: 'Exposure.ingress: host', value: "'10.0.0.1'", wayOut: 'DNS name',
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: '10.0.0.1' }) }),
  },
  {
    mistake: 'a Secret of an Ingress with an underscore',
    place: 'Exposure.ingress: tlsSecret', value: "'My_Cert'", wayOut: 'lower-case',
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: 'a.example.com', tlsSecret: existing(chart, 'My_Cert') }) }),
  },
  {
    mistake: 'an annotation of an Ingress that is true',
    place: 'Exposure.ingress: annotations', value: 'true', wayOut: "'true'",
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: 'a.example.com', annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': js(true) } }) }),
  },
  {
    mistake: 'an empty Gateway',
    place: 'Exposure.httpRoute: gateway', value: "''", wayOut: 'lower-case letters',
    app: (chart) => prometheus(chart, { exposure: Exposure.httpRoute({ host: 'a.example.com', gateway: '' }) }),
  },
  {
    mistake: 'a host with a part that is too long',
    place: 'Exposure.ingress: host', value: "aaaa.example.com'", wayOut: '63',
    app: (chart) => prometheus(chart, { exposure: Exposure.ingress({ host: `${'a'.repeat(64)}.example.com` }) }),
  },
];
