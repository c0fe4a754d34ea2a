// The tables of the end-to-end cluster: how the images that the library deploys are built from the Go modules of their programs.
import { programs } from './programs.mjs';
import { TELEGRAF_TAGS } from '../telegraf/plugins.mjs';

const command = 'Written by `npm run versions`, see CONTRIBUTING.md; not to be edited.';

/** Service discoveries that the library has no use for take twice the time to compile. */
const DISCOVERIES = 'remove_all_sd,enable_kubernetes_sd,enable_dns_sd';

const binaries = [
  // name, program, package, scheme of the version, tags
  ['prometheus', 'prometheus', './cmd/prometheus', 'prom', `netgo,builtinassets,${DISCOVERIES}`],
  ['promtool', 'prometheus', './cmd/promtool', 'prom', `netgo,${DISCOVERIES}`],
  ['alertmanager', 'alertmanager', './cmd/alertmanager', 'prom', 'netgo'],
  ['amtool', 'alertmanager', './cmd/amtool', 'prom', 'netgo'],
  ['node_exporter', 'nodeExporter', '.', 'prom', 'netgo'],
  ['blackbox_exporter', 'blackboxExporter', '.', 'prom', 'netgo'],
  ['kube-state-metrics', 'kubeStateMetrics', '.', 'prom', '-'],
  ['metrics-server', 'metricsServer', './cmd/metrics-server', 'metrics-server', '-'],
  ['prometheus-adapter', 'prometheusAdapter', './cmd/adapter', 'none', '-'],
  ['victoria-metrics', 'victoriaMetrics', './app/victoria-metrics', 'none', '-'],
  // tools/influxdb/prepare lays out its sources first
  ['influxd', 'influxDb', './cmd/influxd', 'none', '-'],
  ['influx', 'influxDb', './cmd/influx', 'none', '-'],
  ['thanos', 'thanos', './cmd/thanos', 'prom', 'netgo,slicelabels'],
  // tools/gateway/prepare lays out its sources first
  ['bento', 'bento', '.', 'none', 'netgo'],
  ['telegraf', 'telegraf', './cmd/telegraf', 'none', TELEGRAF_TAGS],
  ['operator', 'prometheusOperator', './cmd/operator', 'prom', '-'],
  ['prometheus-config-reloader', 'prometheusOperator', './cmd/prometheus-config-reloader', 'prom', '-'],
];

/** By the name in lib/versions.ts; `{source}` is the program's module in its version. */
const images = {
  prometheus: {
    name: 'prometheus', base: 'busybox', user: 'nobody', workdir: '/prometheus', entrypoint: '/bin/prometheus',
    cmd: '--config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/prometheus',
    files: '/bin/prometheus=bin:prometheus /bin/promtool=bin:promtool '
      + '/etc/prometheus/prometheus.yml=src:{source}/documentation/examples/prometheus.yml /prometheus=dir',
  },
  alertmanager: {
    name: 'alertmanager', base: 'busybox', user: 'nobody', workdir: '/alertmanager', entrypoint: '/bin/alertmanager',
    cmd: '--config.file=/etc/alertmanager/alertmanager.yml --storage.path=/alertmanager',
    files: '/bin/alertmanager=bin:alertmanager /bin/amtool=bin:amtool '
      + '/etc/alertmanager/alertmanager.yml=src:{source}/examples/ha/alertmanager.yml /alertmanager=dir',
  },
  nodeExporter: {
    name: 'node-exporter', base: 'busybox', user: 'nobody', workdir: '/', entrypoint: '/bin/node_exporter', files: '/bin/node_exporter=bin:node_exporter',
  },
  blackboxExporter: {
    name: 'blackbox-exporter', base: 'busybox', workdir: '/', entrypoint: '/bin/blackbox_exporter', cmd: '--config.file=/etc/blackbox_exporter/config.yml',
    files: '/bin/blackbox_exporter=bin:blackbox_exporter /etc/blackbox_exporter/config.yml=src:{source}/blackbox.yml',
  },
  kubeStateMetrics: {
    name: 'kube-state-metrics', base: 'static', user: '65534', workdir: '/', entrypoint: '/kube-state-metrics --port=8080 --telemetry-port=8081',
    files: '/kube-state-metrics=bin:kube-state-metrics',
  },
  metricsServer: {
    name: 'metrics-server', base: 'static', user: '65534', workdir: '/', entrypoint: '/metrics-server', files: '/metrics-server=bin:metrics-server',
  },
  prometheusAdapter: {
    name: 'prometheus-adapter', base: 'static', user: '65534', workdir: '/', entrypoint: '/adapter', files: '/adapter=bin:prometheus-adapter',
  },
  victoriaMetrics: {
    name: 'victoria-metrics', base: 'static', workdir: '/', entrypoint: '/victoria-metrics-prod', files: '/victoria-metrics-prod=bin:victoria-metrics',
  },
  influxDb: {
    name: 'influxdb', base: 'busybox', workdir: '/', entrypoint: '/usr/bin/influxd',
    files: '/usr/bin/influxd=bin:influxd /usr/bin/influx=bin:influx /var/lib/influxdb=dir',
  },
  thanos: { name: 'thanos', base: 'busybox', user: '1001', workdir: '/', entrypoint: '/bin/thanos', files: '/bin/thanos=bin:thanos' },
  bento: { name: 'bento', base: 'static', user: '10001', workdir: '/', entrypoint: '/bento', files: '/bento=bin:bento' },
  telegraf: { name: 'telegraf', base: 'static', workdir: '/', entrypoint: 'telegraf', files: '/usr/bin/telegraf=bin:telegraf' },
  prometheusOperator: {
    name: 'prometheus-operator', base: 'busybox', user: '65534', workdir: '/', entrypoint: '/bin/operator', files: '/bin/operator=bin:operator',
  },
  configReloader: {
    name: 'prometheus-config-reloader', of: 'prometheusOperator', base: 'busybox', user: 'nobody', workdir: '/',
    entrypoint: '/bin/prometheus-config-reloader', files: '/bin/prometheus-config-reloader=bin:prometheus-config-reloader',
  },
};

/** The text of each table, by its path in the repository; `deployed` has image and tag by the names in lib/versions.ts. */
export function clusterTables(versions, deployed) {
  const version = (program) => programs[program].moduleOf(versions[program]);
  const columns = binaries.map(([name, program, folder, scheme, tags]) => [name, programs[program].module, version(program), folder, scheme, tags]);
  const widths = columns[0].map((_, i) => Math.max(...columns.map((row) => row[i].length)));
  const imageLine = ([key, { name, of = key, base, user = '-', workdir, entrypoint, cmd = '-', files }]) => [
    name, `${deployed[key].image}:${deployed[key].tag}`, base, user, workdir, entrypoint, cmd,
    files.replace('{source}', `${programs[of].module}@${version(of)}`),
  ].join('\t');
  return new Map([
    ['test/e2e/cluster/binaries.tsv', [
      '# Programs to build: name, Go module, its version, package, scheme by which the binary learns its version, build tags.', `# ${command}`,
      ...columns.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join(' ').trimEnd()), '',
    ].join('\n')],
    ['test/e2e/cluster/images.tsv', [
      '# Images to put together, with tabs between: name, image, base, user, working directory, entry point, arguments, files.', `# ${command}`,
      ...Object.entries(images).map(imageLine), '',
    ].join('\n')],
  ]);
}
