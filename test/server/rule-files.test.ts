import { Duration } from 'cdk8s';
import { checkConfigWithFiles, notes, Synthesized, synthesize } from './support';
import { AlertingRule, IMonitored, PrometheusServer, RecordingRule, RuleEdit, RuleGroup, RuleSet, ScrapeJob, Severity } from '../../lib';
import { manifests, newChart } from '../charts';
import { Manifest, nameOf, ofKind, ruleFile } from '../manifests';

function group(name: string, rules: number = 1, text: string = 'it is silent'): RuleGroup {
  return new RuleGroup({
    name,
    rules: Array.from({ length: rules }, (_, i) => new AlertingRule({
      alert: `Silent${i === 0 ? '' : i}`,
      expr: `sum(rate(http_requests_total{app="shop${i}"}[5m])) == 0`,
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: text,
      description: text,
    })),
  });
}

function ruleMaps(objects: Manifest[]): Manifest[] {
  return ofKind(objects, 'ConfigMap').filter((map) => nameOf(map).includes('-rules-'));
}

function sources({ pod }: Synthesized): string[] {
  return pod.volumes.find(({ name }: Manifest) => name === 'rules').projected.sources.map(({ configMap }: Manifest) => configMap.name);
}

/** The ConfigMaps that the Pods mount in advance. */
const EIGHT = Array.from({ length: 8 }, (_, i) => `prometheus-rules-${i + 1}`);

/** Numbers of the ConfigMaps that are made, and of those that the configuration names. */
function numbers({ objects, configuration }: Synthesized): { readonly made: number[]; readonly named: number[] } {
  return {
    made: ruleMaps(objects).map((map) => Number(nameOf(map).split('-').pop())).sort((a, b) => a - b),
    named: configuration.rule_files.map((pattern: string) => Number(/^\/etc\/prometheus\/rules\/\*\.rules-(\d+)\.yaml$/.exec(pattern)?.[1])),
  };
}

test('each thing has a file of its own, which is mounted', () => {
  const thing: IMonitored = { monitoring: { jobs: [ScrapeJob.fromNodes({ name: 'Shop.eu' })], rules: RuleSet.of(group('a'), group('b')) } };
  const synthesized = synthesize({}, (prometheus) => {
    prometheus.monitor(thing);
    prometheus.addRules(group('My group'));
    prometheus.addRuleSet(RuleSet.of(group('set')));
  });
  const files = ruleMaps(synthesized.objects).flatMap(({ data }) => Object.keys(data));
  expect(files.sort()).toEqual(['my-group.rules-7.yaml', 'set.rules-3.yaml', 'shop-eu.rules-8.yaml']);
  expect(sources(synthesized)).toEqual(EIGHT);
  expect(numbers(synthesized)).toEqual({ made: [3, 7, 8], named: [3, 7, 8] });
  expect(checkConfigWithFiles(synthesized)).toContain('SUCCESS: 3 rule files found');
});

test('edits apply whether said before or after', () => {
  const edits = [RuleEdit.severity('Silent', Severity.INFO), RuleEdit.holdFor('Silent', Duration.minutes(1))];
  const before = synthesize({}, (prometheus) => {
    prometheus.adjustRules(...edits);
    prometheus.addRules(group('a'));
  });
  const after = synthesize({}, (prometheus) => {
    prometheus.addRules(group('a'));
    prometheus.adjustRules(...edits);
  });
  expect(ruleMaps(before.objects)).toEqual(ruleMaps(after.objects));
  expect(ruleFile(after.objects, 'a')).toContain('severity: info');
  expect(ruleFile(after.objects, 'a')).toContain('for: 1m');
});

test('a file without rules is still a rule file', () => {
  const synthesized = synthesize({}, (prometheus) => {
    prometheus.addRules(group('a'));
    prometheus.adjustRules(RuleEdit.without('Silent'));
  });
  expect(ruleMaps(synthesized.objects)[0].data).toEqual({ 'a.rules-2.yaml': 'groups: []\n' });
  checkConfigWithFiles(synthesized);
});

test('many rules are split over ConfigMaps that stay below 200 kB', () => {
  const synthesized = synthesize({}, (prometheus) => prometheus.addRuleSet(RuleSet.of(...Array.from({ length: 40 }, (_, i) => group(`g${i}`, 50)))));
  const maps = ruleMaps(synthesized.objects);
  expect(maps.length).toBeGreaterThan(1);
  expect(maps.flatMap(({ data }) => Object.keys(data)).map((file) => file.split('.')[0]).sort()).toEqual(maps.map((_, i) => `g0-${i + 1}`));
  maps.forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
  expect(sources(synthesized)).toEqual(EIGHT);
  checkConfigWithFiles(synthesized);
});

test('more than fit into those that the Pods mount in advance are mounted too, and a note says what that means', () => {
  const large = (count: number) => synthesize({}, (prometheus) => Array.from({ length: count }, (_, i) => prometheus.addRules(group(`g${i}`, 400))));
  const synthesized = large(10);
  const ten = Array.from({ length: 10 }, (_, i) => i + 1);
  expect(sources(synthesized)).toEqual(ten.map((number) => `prometheus-rules-${number}`));
  expect(numbers(synthesized)).toEqual({ made: ten, named: ten });
  expect(checkConfigWithFiles(synthesized)).toContain('SUCCESS: 10 rule files found');
  expect(notes(synthesized)).toEqual(['9', '10'].map((number) => (
    `ConfigMap 'prometheus-rules-${number}' is beyond those that the Pods mount in advance: adding or removing it restarts them`)));
  expect(sources(large(8))).toEqual(EIGHT);
  expect(notes(large(8))).toEqual([]);
  ruleMaps(synthesized.objects).forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
});

test('a file is in the same ConfigMap whatever other files there are', () => {
  const placeOf = (...others: string[]) => {
    const { objects } = synthesize({}, (prometheus) => [...others, 'shop'].forEach((name) => prometheus.addRules(group(name))));
    return ruleMaps(objects).filter(({ data }) => 'shop.rules-7.yaml' in data).map(nameOf);
  };
  expect(placeOf('bank', 'post', 'club')).toEqual(placeOf());
});

test('what an app no longer makes is not read, although it may still be mounted', () => {
  const names = ['a', 'b', 'c', 'd'];
  const before = synthesize({}, (prometheus) => names.forEach((name) => prometheus.addRules(group(name))));
  const after = synthesize({}, (prometheus) => prometheus.addRules(group('b')));
  const left = ruleMaps(before.objects).filter((map) => !ruleMaps(after.objects).some((made) => nameOf(made) === nameOf(map)));
  expect(left.length).toBe(3);
  after.objects.push(...left);
  expect(checkConfigWithFiles(after)).toContain('SUCCESS: 1 rule files found');
});

test('their size is counted in bytes', () => {
  const { objects } = synthesize({}, (prometheus) => prometheus.addRuleSet(RuleSet.of(...Array.from({ length: 10 }, (_, i) => group(`g${i}`, 10, 'ä'.repeat(500))))));
  ruleMaps(objects).forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
});

test('a group that no ConfigMap can hold is refused', () => {
  expect(() => synthesize({}, (prometheus) => prometheus.addRules(group('huge', 1000))))
    .toThrow(/^test\/prometheus: rule group 'huge' has \d+ kB, and an object holds at most 200 kB of rules; split the group/);
});

test('a group of a name that is there is refused', () => {
  expect(() => synthesize({}, (prometheus) => {
    prometheus.addRules(group('shop'));
    prometheus.addRuleSet(RuleSet.of(group('shop')));
  })).toThrow("test/prometheus: rule group 'shop' already exists; give the group of 'shop' another name");
});

test('a file of a name that is there is refused', () => {
  expect(() => synthesize({}, (prometheus) => prometheus.addRules(group('my.shop'), group('my shop'))))
    .toThrow("test/prometheus: rules of 'my.shop' and of 'my shop' would both be called 'my-shop' in Kubernetes; give one of the two another name");
});

test('an edit that names no alert fails the synthesis, once all is known', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus');
  prometheus.adjustRules(RuleEdit.without('Wachdog'));
  expect(chart.node.findAll().flatMap(({ node }) => node.validate()))
    .toEqual(["RuleEdit.without('Wachdog'): no rule of this Prometheus has the alert 'Wachdog', did you mean 'Watchdog'?"]);
});

test('validations make nothing and say the same again', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus');
  prometheus.adjustRules(RuleEdit.without('Nothing'));
  const problems = () => chart.node.findAll().flatMap(({ node }) => node.validate());
  const count = chart.node.findAll().length;
  expect(problems()).toEqual(problems());
  expect(chart.node.findAll().length).toBe(count);
});

test('its own rules do not miss an Alertmanager that nobody asked for', () => {
  const chart = newChart();
  new PrometheusServer(chart, 'prometheus');
  const text: string = ruleFile(manifests(chart), 'prometheus');
  expect(text).not.toContain('PrometheusNotConnectedToAlertmanagers');
});

test('recording rules are written too', () => {
  const { objects } = synthesize({}, (prometheus) => prometheus.addRules(new RuleGroup({ name: 'r', rules: [new RecordingRule({ record: 'a:b', expr: 'sum(up)' })] })));
  expect(ruleFile(objects, 'r')).toContain('record: a:b');
});
