import { aboutTheMonitoring } from './harness/alerts';
import { DeployedApp, remove } from './harness/apps';
import { eventually } from './harness/eventually';
import { FAULTS } from './harness/faults';
import { getRaw, KubeObject, parse } from './harness/kubectl';
import { conditionsOf, EXAMPLE_NAMESPACE, operatorCrds, operatorExample } from './harness/operator';
import { illRules, Labels, PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';
import { everyContainerIsReady } from './harness/stack-checks';
import { TWINS } from './harness/twins';

const api = new PrometheusApi(EXAMPLE_NAMESPACE);

interface PrometheusRule extends KubeObject {
  readonly spec: {
    readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly alert?: string; readonly record?: string }[] }[];
  };
}

/** `group/rule` of every rule in the manifests. */
function rulesIn({ objects }: DeployedApp): string[] {
  return objects
    .filter((object): object is PrometheusRule => object.kind === 'PrometheusRule')
    .flatMap(({ spec }) => spec.groups)
    .flatMap(({ name, rules }) => rules.map(({ alert, record }) => `${name}/${alert ?? record}`))
    .sort();
}

describe('the example operator', () => {
  let app: DeployedApp;
  given(400, async () => {
    // node-exporter is at one port of each node
    await Promise.all(['kube-ops', TWINS, FAULTS].map(remove));
    await operatorCrds();
    app = await operatorExample();
  });

  scenario('is applied as it says, and everything becomes ready', 90, async () => {
    await eventually('every container is ready', 75, async () => {
      await everyContainerIsReady(app);
      for (const kind of ['prometheus', 'alertmanager']) {
        const conditions = await conditionsOf(kind, kind, EXAMPLE_NAMESPACE);
        expect(conditions.filter(({ status }) => status !== 'True')).toEqual([]);
        expect(conditions).not.toEqual([]);
      }
    });
  });

  scenario('has every target up, and every rule loaded', 150, async () => {
    const written = rulesIn(app);
    expect(written.length).toBeGreaterThan(50);
    await eventually('every target is up', 100, async () => {
      const targets = await api.activeTargets();
      expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
      const jobs = new Set(targets.map(({ labels }) => labels.job));
      expect([...jobs].sort()).toEqual([
        'alertmanager', 'apiserver', 'blackbox-exporter', 'certificates', 'coredns', 'kube-state-metrics', 'kubelet', 'node-exporter', 'prometheus',
        'prometheus-operator',
      ]);
    });
    await eventually(`${written.length} rules are healthy`, 45, async () => {
      const groups = await api.ruleGroups();
      expect(groups.flatMap(({ name: group, rules }) => rules.map(({ name }) => `${group}/${name}`)).sort()).toEqual(written);
      expect(illRules(groups)).toEqual([]);
    });
  });

  scenario('sends Watchdog to Alertmanager, which runs although the Secret of its receiver is missing, and has no other alert', 330, async () => {
    await eventually('Alertmanager has its configuration and the alert', 60, async () => {
      const loaded = await api.query('alertmanager_config_last_reload_successful{job="alertmanager"}');
      expect(loaded.map(({ value }) => value[1])).toEqual(['1']);
      const receivers = await getRaw(`/api/v1/namespaces/${EXAMPLE_NAMESPACE}/services/alertmanager:web/proxy/api/v2/receivers`);
      expect(parse<{ name: string }[]>(receivers).map(({ name }) => name)).toContain('on-call');
      const alerts = await getRaw(`/api/v1/namespaces/${EXAMPLE_NAMESPACE}/services/alertmanager:web/proxy/api/v2/alerts`);
      expect(parse<{ labels: Labels }[]>(alerts).map(({ labels }) => labels)).toContainEqual(
        { alertname: 'Watchdog', severity: 'none', prometheus: `${EXAMPLE_NAMESPACE}/prometheus` },
      );
    });
    // What is absent until the first scrape is pending for a moment.
    await eventually('no alert is on its way', 210, async () => {
      expect(aboutTheMonitoring(await api.alerts())).toEqual([]);
    });
  });
});
