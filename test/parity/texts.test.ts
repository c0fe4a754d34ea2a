import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { documents } from './parity';
import {
  AlertingRule, AlertmanagerServer, AlertRouting, BlackboxExporter, BlackboxModule, Integration, Matcher, OperatedAlertmanager, OperatedPrometheus,
  PrometheusServer, Receiver, Relabeling, Route, RuleGroup, ScrapeEndpoint, ScrapeJob, SecretKey, Severity, SlackField,
} from '../../lib';
import { find, Loose, Manifest, ofKind } from '../manifests';
import { NASTY_TEXTS } from '../nasty-texts';

/** What is a template is one that means the text: `{{` and `}}` begin and end something else. */
const TEMPLATES = NASTY_TEXTS.filter((text) => !/\{\{|\}\}/.test(text));
const numbered = (texts: readonly string[], prefix: string = 'k') => Object.fromEntries(texts.map((text, i) => [`${prefix}${i}`, text]));
const withText = (texts: readonly string[]) => texts.filter((text) => text.trim() !== '');

/** The name of a group, which is one line of what is seen. */
const groupName = (text: string, i: number) => `group ${i}: ${text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')}`;

const HEADING = 'groups:\n';

/** The bytes that an app writes, read by kubectl. */
function written(make: (chart: Chart) => void): Manifest[] {
  const app = new App();
  make(new Chart(app, 'test', { namespace: 'monitoring' }));
  return documents('kubectl', app.synthYaml());
}

/** A file of a ConfigMap, read as Prometheus and Alertmanager read it. */
function file(objects: readonly Manifest[], configMap: string, name: string): Loose {
  return documents('prometheus', find(objects, 'ConfigMap', configMap).data[name])[0];
}

describe('texts of rules', () => {
  const annotations = numbered(TEMPLATES, 'text_');
  const labels = numbered(withText(TEMPLATES), 'label_');
  const [plain] = withText(TEMPLATES).slice(-1);
  const groups = withText(TEMPLATES).map((text, i) => new RuleGroup({
    name: groupName(text, i),
    rules: [new AlertingRule({ alert: 'A', expr: `label_replace(vector(1), "a", ${JSON.stringify(text)}, "", "")`, severity: Severity.INFO, summary: text, description: text })],
  }));
  const all = new RuleGroup({
    name: 'all', rules: [new AlertingRule({ alert: 'B', expr: 'vector(1)', severity: Severity.INFO, summary: plain, description: plain, annotations, labels })],
  });

  const judge = (read: readonly Loose[]) => {
    expect(read.find(({ name }) => name === 'all').rules[0]).toMatchObject({ annotations, labels });
    const texts = new Map(read.map(({ name, rules: [{ annotations: { summary, description } }] }) => [name, [summary, description]]));
    withText(TEMPLATES).forEach((text, i) => expect([i, texts.get(groupName(text, i))]).toEqual([i, [text, text]]));
  };

  test('are what they were in a rule file', () => {
    const objects = written((chart) => new PrometheusServer(chart, 'prometheus', { selfMonitoring: false }).addRules(all, ...groups));
    const files = ofKind(objects, 'ConfigMap').flatMap(({ data }) => Object.values<string>(data)).filter((text) => text.startsWith(HEADING));
    // As one, since each would start the reader.
    const [{ groups: read }] = documents('prometheus', `${HEADING}${files.map((text) => text.slice(HEADING.length)).join('')}`);
    judge(read.filter(({ name }: Loose) => /^(all|group)/.test(name)));
  });

  test('are what they were in a PrometheusRule', () => {
    const objects = written((chart) => new OperatedPrometheus(chart, 'prometheus', { selfMonitoring: false }).addRules(all, ...groups));
    judge(ofKind(objects, 'PrometheusRule').flatMap(({ spec }) => spec.groups).filter(({ name }: Loose) => /^(all|group)/.test(name)));
  });
});

describe('texts of jobs', () => {
  const relabelings = NASTY_TEXTS.filter((text) => text !== '' && !text.includes('$')).map((text, i) => Relabeling.replace({ targetLabel: `label_${i}`, replacement: text }));
  const job = () => ScrapeJob.fromService({ name: 'shop', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ port: 'web', relabelings })] });
  const texts = NASTY_TEXTS.filter((text) => text !== '' && !text.includes('$'));
  // In the place of `$(A)` the reloader of the operator puts a variable.
  const externalLabels = numbered(NASTY_TEXTS.filter((text) => !text.includes('$(')), 'label_');
  const inDollars = (labels: { readonly [label: string]: string }) => (
    Object.fromEntries(Object.entries(labels).map(([label, text]) => [label, text.replaceAll('$', '$$$$')]))
  );

  test('are what they were in prometheus.yml', () => {
    const objects = written((chart) => new PrometheusServer(chart, 'prometheus', { selfMonitoring: false, externalLabels }).addScrapeJob(job()));
    const { global, scrape_configs: [config] } = file(objects, 'prometheus-config', 'prometheus.yml');
    expect(global.external_labels).toMatchObject(inDollars(externalLabels));
    expect(config.relabel_configs.filter((step: Loose) => /^label_\d/.test(step.target_label)).map(({ replacement }: Loose) => replacement)).toEqual(texts);
  });

  test('are what they were in a ServiceMonitor and a Prometheus', () => {
    const objects = written((chart) => new OperatedPrometheus(chart, 'prometheus', { selfMonitoring: false, externalLabels }).addScrapeJob(job()));
    const [{ relabelings: steps }] = find(objects, 'ServiceMonitor').spec.endpoints;
    expect(find(objects, 'Prometheus').spec.externalLabels).toMatchObject(inDollars(externalLabels));
    expect(steps.filter((step: Loose) => /^label_\d/.test(step.targetLabel)).map(({ replacement }: Loose) => replacement)).toEqual(texts);
  });
});

/** The value of a matcher, as Alertmanager reads it. */
function unquoted(matcher: string): string {
  return matcher.slice('a="'.length, -1).replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

describe('texts of receivers', () => {
  // In the place of `$(A)` the reloader of the operator puts a variable.
  const texts = withText(TEMPLATES).filter((text) => !text.includes('$('));
  const routing = (chart: Chart) => {
    const apiUrl = SecretKey.of(Secret.fromSecretName(chart, 'slack', 'slack'), 'url');
    const fields = texts.map((text): SlackField => ({ title: text, value: text }));
    return new AlertRouting({
      receiver: new Receiver({ name: 'team', integrations: [
        Integration.slack({ apiUrl, channel: '#team', fields }),
        ...texts.map((text) => Integration.slack({ apiUrl, channel: '#team', text, title: text, footer: text })),
      ] }),
      routes: texts.map((text) => new Route({ matchers: [Matcher.equal('a', text)], groupBy: ['a'], continue: true })),
    });
  };
  const judge = ({ receivers, route }: Loose) => {
    const { slack_configs: [{ fields }, ...messages] } = receivers.find(({ name }: Loose) => name === 'team');
    expect(fields.map(({ title, value }: Loose) => [title, value])).toEqual(texts.map((text) => [text, text]));
    expect(messages.map(({ text, title, footer }: Loose) => [text, title, footer])).toEqual(texts.map((text) => [text, text, text]));
    const matchers: string[] = route.routes.flatMap((one: Loose) => one.matchers).filter((matcher: string) => matcher.startsWith('a='));
    expect(matchers.map(unquoted)).toEqual(texts);
  };

  test('are what they were in a ConfigMap', () => {
    judge(file(written((chart) => new AlertmanagerServer(chart, 'alertmanager', { routing: routing(chart) })), 'alertmanager-config', 'alertmanager.yaml'));
  });

  test('are what they were in the Secret of the operator', () => {
    const { data } = find(written((chart) => new OperatedAlertmanager(chart, 'alertmanager', { routing: routing(chart) })), 'Secret', 'alertmanager-config');
    judge(documents('prometheus', Buffer.from(data['alertmanager.yaml'], 'base64').toString())[0]);
  });
});

test('texts of modules are what they were', () => {
  const bodies = NASTY_TEXTS.map((body, i) => BlackboxModule.http(`module${i}`, { method: 'POST', body }));
  const { modules } = file(written((chart) => new BlackboxExporter(chart, 'blackbox', { modules: bodies })), 'blackbox', 'blackbox.yaml');
  expect(NASTY_TEXTS.map((_, i) => modules[`module${i}`].http.body)).toEqual(NASTY_TEXTS);
});

test('annotations and variables of Pods are what they were', () => {
  const podAnnotations = numbered(NASTY_TEXTS);
  const env = NASTY_TEXTS.map((value, i) => ({ name: `V${i}`, value }));
  const read = (objects: readonly Manifest[]) => find(objects, 'Deployment').spec.template;
  const { metadata, spec } = read(written((chart) => new PrometheusServer(chart, 'prometheus', { podAnnotations, env })));
  expect(metadata.annotations).toMatchObject(podAnnotations);
  expect(spec.containers[0].env).toEqual(env);
});
