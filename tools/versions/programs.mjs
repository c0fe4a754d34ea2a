// The programs that the library deploys: where their sources are, and what is read in them.

/** Prometheus 3.5.1 is the Go module v0.305.1; what other programs release has one version. */
const prometheus = {
  moduleOf: (release) => release.replace(/^v?(\d+)\.(\d+)\./, (_, major, minor) => `v0.${major}${minor.padStart(2, '0')}.`),
  releaseOf: (module) => module.replace(/^v0\.(\d+)(\d\d)\./, (_, major, minor) => `v${major}.${Number(minor)}.`),
};

const same = { moduleOf: (release) => release, releaseOf: (module) => module };

const OPERATOR = 'github.com/prometheus-operator/prometheus-operator';

/** The package by which a server that extends the API server gets most of its flags. */
const API_SERVER_OPTIONS = 'k8s.io/apiserver/pkg/server/options';

/**
 * By their names in lib/versions.ts.
 * `package` is a package of npm that is released with the program, where its sources are no Go module that is served.
 * `tagOf` is the tag of its image, where that is not the version.
 * `before` is the first release that is not taken by itself.
 * `first` is the oldest release that the library knows: since it, settings have the version that brought them.
 * `also` are the other modules of a release, without which it cannot be built.
 * `read` is what tools/versions/sources reads in each release, `readOnce` in the newest alone.
 */
export const programs = {
  prometheus: {
    title: 'Prometheus',
    module: 'github.com/prometheus/prometheus',
    ...prometheus,
    first: 'v3.0.0',
    read: {
      flags: { prometheus: ['cmd/prometheus'] },
      features: { prometheus: { package: 'cmd/prometheus', name: 'setFeatureListOptions' } },
      settings: { package: 'config', name: 'Config' },
      discoveries: 'discovery',
      functions: { package: 'promql/parser', name: 'Functions' },
    },
  },
  alertmanager: {
    title: 'Alertmanager',
    module: 'github.com/prometheus/alertmanager',
    ...same,
    first: 'v0.25.0',
    readOnce: { zones: true },
    read: { settings: { package: 'config', name: 'Config' }, flags: { alertmanager: ['cmd/alertmanager'] } },
  },
  prometheusOperator: {
    title: 'Prometheus Operator',
    module: OPERATOR,
    also: [`${OPERATOR}/pkg/apis/monitoring`, `${OPERATOR}/pkg/client`],
    ...same,
    readOnce: {
      flags: {
        prometheusOperator: ['cmd/operator', 'pkg/operator'],
        admissionWebhook: ['cmd/admission-webhook'],
        configReloader: ['cmd/prometheus-config-reloader'],
      },
      features: { admissionWebhook: { package: 'cmd/admission-webhook', name: 'main' } },
      constants: { prometheusOperator: { package: 'pkg/operator', name: 'FeatureGateName' } },
      settings: { package: 'pkg/alertmanager', name: 'alertmanagerConfig' },
      requires: ['github.com/prometheus/prometheus'],
    },
  },
  nodeExporter: {
    title: 'node-exporter',
    module: 'github.com/prometheus/node_exporter',
    ...same,
    first: 'v1.6.0',
    read: { flags: { nodeExporter: ['.', 'collector'] } },
  },
  blackboxExporter: {
    title: 'blackbox-exporter',
    module: 'github.com/prometheus/blackbox_exporter',
    ...same,
    first: 'v0.24.0',
    read: { flags: { blackboxExporter: ['.'] }, settings: { package: 'config', name: 'Config' } },
  },
  kubeStateMetrics: {
    title: 'kube-state-metrics',
    module: 'k8s.io/kube-state-metrics/v2',
    ...same,
    // the oldest since which the proxy serves a release of every minor version
    first: 'v2.18.0',
    read: { flags: { kubeStateMetrics: ['pkg/options'] } },
  },
  metricsServer: {
    title: 'metrics-server',
    module: 'sigs.k8s.io/metrics-server',
    ...same,
    readOnce: { flags: { metricsServer: ['cmd/metrics-server/app/options', API_SERVER_OPTIONS] } },
  },
  prometheusAdapter: {
    title: 'prometheus-adapter',
    module: 'sigs.k8s.io/prometheus-adapter',
    ...same,
    readOnce: { flags: { prometheusAdapter: ['cmd/adapter', 'sigs.k8s.io/custom-metrics-apiserver/pkg/cmd', API_SERVER_OPTIONS] } },
  },
  // nothing is read of it: its settings are listed in lib/grafana/documented-settings.ts
  grafana: {
    title: 'Grafana',
    package: '@grafana/schema',
    ...same,
    tagOf: (release) => release.replace(/^v/, ''),
  },
  victoriaMetrics: {
    title: 'VictoriaMetrics',
    module: 'github.com/VictoriaMetrics/VictoriaMetrics',
    ...same,
    readOnce: { flags: { victoriaMetrics: ['app/victoria-metrics/...'] } },
  },
  // its settings are variables of the environment, which are not checked; no image of the open 1.13 is known
  influxDb: {
    title: 'InfluxDB',
    module: 'github.com/influxdata/influxdb',
    ...same,
    tagOf: (release) => release.replace(/^v/, ''),
    before: 'v1.13.0',
  },
  // likewise; no image of 2.10 is known
  influxDb2: {
    title: 'InfluxDB 2',
    module: 'github.com/influxdata/influxdb/v2',
    ...same,
    tagOf: (release) => release.replace(/^v/, ''),
    before: 'v2.10.0',
  },
  thanos: {
    title: 'Thanos',
    module: 'github.com/thanos-io/thanos',
    ...same,
    readOnce: { flags: { thanos: ['cmd/thanos', 'pkg/extkingpin'] } },
  },
  // nothing is read of it: it is started with its configuration alone
  bento: {
    title: 'Bento',
    module: 'github.com/warpstreamlabs/bento',
    ...same,
    tagOf: (release) => release.replace(/^v/, ''),
  },
  // nothing is read of it: it is started with its configuration alone
  telegraf: {
    title: 'Telegraf',
    module: 'github.com/influxdata/telegraf',
    ...same,
    tagOf: (release) => release.replace(/^v/, ''),
  },
};

/** Images that are released with a program, by their names in lib/versions.ts. */
export const released = {
  admissionWebhook: { with: 'prometheusOperator', title: 'its admission webhook' },
  configReloader: { with: 'prometheusOperator', title: 'config-reloader' },
};
