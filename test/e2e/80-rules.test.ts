import { parse as parseYaml } from 'yaml';
import { DeployedApp } from './harness/apps';
import { eventually } from './harness/eventually';
import { KubeObject } from './harness/kubectl';
import { illRules } from './harness/prometheus-api';
import { fullStack, prometheus } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { onlyWatchdogFires } from './harness/stack-checks';

interface ConfigMap extends KubeObject {
  readonly data?: Record<string, string>;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly alert?: string; readonly record?: string }[] }[];
}

/** `group/rule` of every rule in the manifests. */
function rulesIn({ objects }: DeployedApp): string[] {
  const configMaps = objects.filter((object): object is ConfigMap => object.kind === 'ConfigMap' && object.metadata.name.startsWith('prometheus-rules-'));
  return configMaps
    .flatMap(({ data = {} }) => Object.values(data))
    .flatMap((text) => (parseYaml(text) as RuleFile).groups)
    .flatMap(({ name, rules }) => rules.map(({ alert, record }) => `${name}/${alert ?? record}`))
    .sort();
}

describe('the rules of the full stack', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await fullStack();
  });

  scenario('are loaded, all of them, and each evaluates without an error', 120, async () => {
    const written = rulesIn(app);
    expect(written.length).toBeGreaterThan(50);
    await eventually(`${written.length} rules are healthy`, 100, async () => {
      const groups = await prometheus.ruleGroups();
      const loaded = groups.flatMap(({ name: group, rules }) => rules.map(({ name }) => `${group}/${name}`)).sort();
      expect(loaded).toEqual(written);
      expect(illRules(groups)).toEqual([]);
    });
  });

  scenario('give no alert on a healthy cluster but Watchdog, which reaches Alertmanager', 360, async () => {
    await onlyWatchdogFires();
  });
});
