import { Chart, Size } from 'cdk8s';
import {
  AlertmanagerServer, BlackboxExporter, DataStorage, EtcdMonitor, ExistingPrometheus, Exposure, MonitoringNamespace, NodeExporterDaemonSet,
  PodSecurityLevel, PrometheusServer, Relabeling, ScrapeEndpoint, ScrapeJob, UpdateStrategy,
} from 'cdk8s-prometheus';
import { podOptions } from '../../pod-options';
import { apply, DeployedApp, remove, synthesize, synthesizeProgram } from '../harness/apps';
import { kubectl } from '../harness/kubectl';
import { operatorCrds } from '../harness/operator';
import { say } from '../harness/progress';
import { given, scenario } from '../harness/scenario';

/** kubectl patches the selector of each budget anew, to what it is, and then says so: its type in the API asks for a replacement. */
const ALWAYS_CONFIGURED = /^poddisruptionbudget\.policy\//;

/** An app with the options that end in lists which the API server compares as a whole. */
function options(chart: Chart): void {
  new MonitoringNamespace(chart, 'e2e-options', { podSecurity: PodSecurityLevel.PRIVILEGED });
  const storage = DataStorage.volumeClaimTemplate({ size: Size.mebibytes(1024) });
  const pods = { ...podOptions(UpdateStrategy.onDelete()), replicas: 2, storage };
  const prometheus = new PrometheusServer(chart, 'prometheus', { ...pods, exposure: Exposure.ingress({ host: 'prometheus.example.com' }) });
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager', { ...pods, exposure: Exposure.nodePort(30997) }));
  prometheus.monitor(
    new NodeExporterDaemonSet(chart, 'node-exporter'), new BlackboxExporter(chart, 'blackbox'),
    new EtcdMonitor(chart, 'etcd', { addresses: ['192.0.2.1', '2001:db8::1'] }),
  );
}

/** An app whose Prometheus others have made. */
function existing(chart: Chart): void {
  new MonitoringNamespace(chart, 'e2e-existing');
  const prometheus = new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' } });
  const relabelings = [Relabeling.replace({ targetLabel: 'site', replacement: 'north' })];
  const endpoints = [new ScrapeEndpoint({ port: 'http', relabelings, metricRelabelings: relabelings })];
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'web' }, endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'far', targets: ['web.example.com:80'], endpoints: [new ScrapeEndpoint({ relabelings })] }));
  prometheus.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes', endpoints: [new ScrapeEndpoint({ portNumber: 9100, relabelings })] }));
}

describe.each<[string, () => DeployedApp]>([
  ['the reference app', () => synthesizeProgram('e2e-reference', 'main.js')],
  ['the app of an opened cluster', () => synthesizeProgram('e2e-opened', 'examples/opened-cluster/main.js')],
  ['a pair of replicas with claims', () => synthesizeProgram('e2e-pair', 'examples/high-availability/main.js')],
  ['an app on the operator', () => synthesizeProgram('e2e-operator', 'examples/operator/main.js', 'monitoring')],
  ['an app whose Prometheus others made', () => synthesize('e2e-existing', existing)],
  ['an app with many options', () => synthesize('e2e-options', options)],
])('%s', (_, write) => {
  let app: DeployedApp;
  given(300, async () => {
    await operatorCrds();
    app = write();
    await apply(app);
    say(`  ${app.objects.length} objects are applied`);
  });
  afterAll(() => remove(app.name), 300_000);

  scenario('is applied by another manager without a conflict', 60, async () => {
    const applied = await kubectl(['apply', '--server-side', '--field-manager=another', '--dry-run=server', '-R', '-f', app.dist]);
    expect(applied.trim().split('\n')).toHaveLength(app.objects.length);
  });

  scenario('has no difference to show to those who apply on the server', 60, async () => {
    await expect(kubectl(['diff', '--server-side', '-R', '-f', app.dist])).resolves.toBe('');
    await expect(kubectl(['diff', '--server-side', '--field-manager=another', '-R', '-f', app.dist])).resolves.toBe('');
  });

  scenario('is unchanged to those who apply on the client', 120, async () => {
    const again = () => kubectl(['apply', '-R', '-f', app.dist]);
    // Each object gets the annotation that such a kubectl compares with.
    await again();
    const said = (await again()).trim().split('\n');
    expect(said).toHaveLength(app.objects.length);
    expect(said.filter((line) => !line.endsWith(' unchanged') && !ALWAYS_CONFIGURED.test(line))).toEqual([]);
    await expect(kubectl(['diff', '-R', '-f', app.dist])).resolves.toBe('');
  });
});
