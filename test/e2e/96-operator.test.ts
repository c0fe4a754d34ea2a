import { apply, DeployedApp, remove } from './harness/apps';
import { lines } from './harness/contract';
import { eventually } from './harness/eventually';
import { kubectl, KubeObject, listObjects } from './harness/kubectl';
import { conditionsOf, logOfOperator, operatorCrds } from './harness/operator';
import { Pod } from './harness/pods';
import { Labels } from './harness/prometheus-api';
import { operated, plain, TWINS, twins } from './harness/twins';
import { given, scenario } from './harness/scenario';
import { changedSince, versions } from './harness/versions';

/** What the operator makes workloads of. */
const RESOURCES = [['prometheus', 'operated'], ['alertmanager', 'operated-alertmanager']] as const;

/** Series of the operator about itself, as both Prometheus have them, that have to be zero. */
const TROUBLES = [
  'prometheus_operator_managed_resources{state="rejected"}', 'prometheus_operator_syncs{status="failed"}', 'prometheus_operator_reconcile_errors_total',
  'prometheus_operator_status_update_errors_total', 'prometheus_operator_list_operations_failed_total', 'prometheus_operator_watch_operations_failed_total',
  'prometheus_operator_node_address_lookup_errors_total', 'prometheus_operator_node_syncs_failed_total', '1 - prometheus_operator_ready',
];

/** Warnings of its log that are no trouble. */
const KNOWN_WARNINGS: readonly (readonly [warning: RegExp, why: string])[] = [
  [/resource .*(prometheusagents|thanosrulers).* not installed in the cluster/, 'PrometheusOperatorCrds leaves kinds out that nothing here is of'],
  [/skipping because the statefulset couldn't be found/, 'it looks for the state of what it is about to make'],
];

interface Event extends KubeObject {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

describe('the operator', () => {
  let crds: DeployedApp;
  let app: DeployedApp;
  given(300, async () => {
    // node-exporter is at one port of each node
    await remove('kube-ops');
    crds = await operatorCrds();
    app = await twins();
  });

  scenario('has its kinds defined first, and defining them again changes nothing', 60, async () => {
    expect(crds.objects.map(({ kind }) => kind)).toEqual(crds.objects.map(() => 'CustomResourceDefinition'));
    const before = await versions(crds);
    expect(before.size).toBeGreaterThanOrEqual(8);
    await apply(crds);
    expect(await changedSince(before, crds)).toEqual([]);
  });

  scenario('makes everything ready in a namespace that enforces Pod Security restricted', 120, async () => {
    const [namespace] = (await listObjects('namespaces')).filter(({ metadata }) => metadata.name === TWINS);
    expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    await eventually('every container is ready', 60, async () => {
      const pods = await listObjects<Pod>('pods', { namespace: TWINS });
      const names = pods.map(({ metadata }) => metadata.name);
      expect(names).toEqual(expect.arrayContaining(['prometheus-operated-0', 'alertmanager-operated-alertmanager-0']));
      expect(names.filter((name) => name.startsWith('prometheus-operator-'))).toHaveLength(1);
      const containers = pods.flatMap(({ metadata, status }) => (status.containerStatuses ?? []).map(({ name, ready, restartCount }) => ({
        container: `${metadata.name}/${name}`, ready, restartCount,
      })));
      expect(containers.filter(({ ready, restartCount }) => !ready || restartCount > 0)).toEqual([]);
    });
  });

  scenario('reconciles all without an error', 150, async () => {
    await eventually('its resources are available and reconciled', 60, async () => {
      for (const [kind, name] of RESOURCES) {
        const conditions = await conditionsOf(kind, name, TWINS);
        expect(conditions.map(({ type, status, message = '' }) => ({ type, status, message })).sort((a, b) => a.type.localeCompare(b.type))).toEqual([
          { type: 'Available', status: 'True', message: '' }, { type: 'Reconciled', status: 'True', message: '' },
        ]);
      }
    });
    const selected = await eventually('it tells of no trouble', 75, async () => {
      for (const api of [plain, operated]) {
        const found = await Promise.all(TROUBLES.map(async (trouble) => ({ trouble, samples: await api.query(`${trouble} != 0`), series: await api.query(trouble) })));
        expect(found.filter(({ samples, series }) => samples.length > 0 || series.length === 0).map(({ trouble }) => trouble)).toEqual([]);
      }
      return operated.query('sum by (resource) (prometheus_operator_managed_resources{state="selected"})');
    });
    // All that the app has of each kind is taken.
    const taken = Object.fromEntries(selected.map(({ metric, value }) => [metric.resource, Number(value[1])]));
    const count = (wanted: string) => app.objects.filter(({ kind }) => kind === wanted).length;
    const kinds = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule'];
    expect(kinds.map((kind) => ({ kind, taken: taken[kind] }))).toEqual(kinds.map((kind) => ({ kind, taken: count(kind) })));
    expect(kinds.map(count).every((number) => number > 0)).toBe(true);
  });

  scenario('writes no warning, neither as an event nor in its log', 30, async () => {
    const events = await listObjects<Event>('events', { namespace: TWINS });
    expect(events).not.toEqual([]);
    // A Pod is not ready at once, and the kubelet of a busy machine takes its time to read what is mounted.
    const isSlow = ({ reason, message }: Event) => reason === 'Unhealthy' || /failed to sync (?:secret|configmap) cache: timed out/.test(message);
    const warnings = events.filter((event) => event.type === 'Warning' && !isSlow(event));
    expect(warnings.map(({ reason, message, involvedObject: { kind, name } }) => `${kind} ${name}: ${reason}: ${message}`)).toEqual([]);
    const log = await logOfOperator(TWINS);
    expect(log.some((line) => line.includes('level=info'))).toBe(true);
    const complaints = log.filter((line) => !line.includes('level=info'));
    expect(complaints.filter((line) => !line.includes('level=warn') || KNOWN_WARNINGS.every(([warning]) => !warning.test(line)))).toEqual([]);
  });

  scenario('keeps the Service of the kubelets, through which they are scraped once', 60, async () => {
    const paths = async (): Promise<Labels[]> => (await operated.activeTargets())
      .filter(({ scrapeUrl }) => /:10250\/metrics(\/(cadvisor|probes))?$/.test(scrapeUrl))
      .map(({ scrapePool, scrapeUrl }) => ({ scrapePool, path: new URL(scrapeUrl).pathname }));
    const nodes = await listObjects('nodes');
    const expected = ['/metrics', '/metrics/cadvisor', '/metrics/probes'].map((path, i) => ({ scrapePool: `serviceMonitor/${TWINS}/operated-kubelet/${i}`, path }));
    expect(lines(await paths())).toEqual(lines(nodes.flatMap(() => expected)));
    const services = await listObjects('services', { namespace: 'kube-system', selector: 'app.kubernetes.io/managed-by=prometheus-operator' });
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['kubelet']);
  });

  scenario('leaves nothing to change for a second apply', 60, async () => {
    const before = await versions(app);
    expect(before.size).toBe(app.objects.length);
    await apply(app);
    expect(await changedSince(before, app)).toEqual([]);
    await expect(kubectl(['diff', '--server-side', '-R', '-f', app.dist])).resolves.toBe('');
  });
});
