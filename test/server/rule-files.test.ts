import { Duration } from 'cdk8s';
import { checkConfigWithFiles, Synthesized, synthesize } from './support';
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

/** The ConfigMaps that the Pods look for. */
const SIXTEEN = Array.from({ length: 16 }, (_, i) => `prometheus-rules-${i + 1}`);

test('each thing has a file of its own, which is mounted', () => {
  const thing: IMonitored = { monitoring: { jobs: [ScrapeJob.fromNodes({ name: 'Shop.eu' })], rules: RuleSet.of(group('a'), group('b')) } };
  const synthesized = synthesize({}, (prometheus) => {
    prometheus.monitor(thing);
    prometheus.addRules(group('My group'));
    prometheus.addRuleSet(RuleSet.of(group('set')));
  });
  const files = ruleMaps(synthesized.objects).flatMap(({ data }) => Object.keys(data));
  expect(files.sort()).toEqual(['my-group.yaml', 'set.yaml', 'shop-eu.yaml']);
  expect(sources(synthesized)).toEqual(SIXTEEN);
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
  expect(ruleMaps(after.objects)[0].data['a.yaml']).toContain('severity: info');
  expect(ruleMaps(after.objects)[0].data['a.yaml']).toContain('for: 1m');
});

test('a file without rules is still a rule file', () => {
  const synthesized = synthesize({}, (prometheus) => {
    prometheus.addRules(group('a'));
    prometheus.adjustRules(RuleEdit.without('Silent'));
  });
  expect(ruleMaps(synthesized.objects)[0].data).toEqual({ 'a.yaml': 'groups: []\n' });
  checkConfigWithFiles(synthesized);
});

test('many rules are split over ConfigMaps that stay below 200 kB', () => {
  const synthesized = synthesize({}, (prometheus) => prometheus.addRuleSet(RuleSet.of(...Array.from({ length: 40 }, (_, i) => group(`g${i}`, 50)))));
  const maps = ruleMaps(synthesized.objects);
  expect(maps.length).toBeGreaterThan(1);
  expect(maps.flatMap(({ data }) => Object.keys(data)).sort()).toEqual(maps.map((_, i) => `g0-${i + 1}.yaml`));
  maps.forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
  expect(sources(synthesized)).toEqual(SIXTEEN);
  checkConfigWithFiles(synthesized);
});

test('more than fit into those that the Pods look for are mounted too', () => {
  const synthesized = synthesize({}, (prometheus) => Array.from({ length: 20 }, (_, i) => prometheus.addRules(group(`g${i}`, 400))));
  const names = ruleMaps(synthesized.objects).map(nameOf);
  expect(sources(synthesized)).toEqual([...SIXTEEN, ...[17, 18, 19, 20].map((number) => `prometheus-rules-${number}`)]);
  expect(names.sort()).toEqual(sources(synthesized).sort());
  ruleMaps(synthesized.objects).forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
});

test('a file is in the same ConfigMap whatever other files there are', () => {
  const placeOf = (...others: string[]) => {
    const { objects } = synthesize({}, (prometheus) => [...others, 'shop'].forEach((name) => prometheus.addRules(group(name))));
    return ruleMaps(objects).filter(({ data }) => 'shop.yaml' in data).map(nameOf);
  };
  expect(placeOf('bank', 'post', 'club')).toEqual(placeOf());
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
  const text: string = ruleFile(manifests(chart), 'prometheus.yaml');
  expect(text).not.toContain('PrometheusNotConnectedToAlertmanagers');
});

test('recording rules are written too', () => {
  const { objects } = synthesize({}, (prometheus) => prometheus.addRules(new RuleGroup({ name: 'r', rules: [new RecordingRule({ record: 'a:b', expr: 'sum(up)' })] })));
  expect(ruleMaps(objects)[0].data['r.yaml']).toContain('record: a:b');
});
