import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { COMMITTED, panelsOf, ROOT, readByGrafana } from './support';
import type { Step } from '../../dashboards/grafana/json';
import { BlackboxExporter } from '../../lib';
import { Component, COMPONENTS } from '../../lib/components/catalogue';
import { IMonitored, ScrapeEndpoint } from '../../lib/monitoring';
import { jobVariable } from '../../lib/monitoring/dashboards/component-dashboard';
import { checkDashboardQuery } from '../../lib/monitoring/dashboards/query-check';
import { variablesOf } from '../../lib/monitoring/dashboards/variables';
import { inChart } from '../charts';
import { MADE } from '../components/makers';

const components: Array<[string, Component]> = Object.entries(COMPONENTS);

/** An exporter that probes: the others have no dashboard. */
function probing(chart: Chart): IMonitored {
  const exporter = new BlackboxExporter(chart, 'probing');
  exporter.probe({ name: 'probes', targets: ['https://example.com'] });
  return exporter;
}

/** Everything that has dashboards, by the component of the catalogue. */
const things = inChart((chart) => (
  new Map<string, IMonitored>([...MADE.map(([name, , make]) => [name, make(chart, name)] as const), ['blackbox', probing(chart)]])
));

const owners = new Map([...things].flatMap(([name, { monitoring }]) => (
  (monitoring.dashboards ?? []).map((dashboard) => [path.relative(ROOT, dashboard._component!.file), { name, monitoring, dashboard }] as const)
)));

/** Series that Prometheus makes itself, of probes that users name, or of any name. */
const OF_NO_COMPONENT = /^(|ALERTS|ALERTS_FOR_STATE|up|scrape_.+|probe_.+)$/;

const files = COMMITTED.map(({ file, json }) => [file, json] as const);

test('each dashboard belongs to a component that has it, in a folder of Grafana', () => {
  expect(files.map(([file]) => file).filter((file) => !owners.has(file)).map((file) => `${file}: name it in the componentDashboards of its component`)).toEqual([]);
  expect([...owners.values()].filter(({ dashboard }) => dashboard.folder === undefined)).toEqual([]);
});

test.each([...owners])('%s has the uid of its file, which exists', (file, { dashboard }) => {
  expect(path.basename(file)).toBe(`${dashboard.uid}.dashboard.json`);
  expect(dashboard.title.length).toBeGreaterThan(0);
});

/** Component whose default job a variable holds. */
function componentOf(variable: string): [string, Component] | undefined {
  return components.find(([, { jobName }]) => jobName !== undefined && jobVariable(jobName) === variable);
}

/** What is wrong with a metric of a job: its component does not have it, or does not store it by default. */
function problemOf(metric: string, variable: string, metricsPath?: string): string | undefined {
  const [name, component] = componentOf(variable) ?? [];
  if (name === undefined || component === undefined) {
    return `$${variable} is the job of no component`;
  }
  if (!OF_NO_COMPONENT.test(metric) && !new RegExp(`^(?:${component.metrics.join('|')})(?:_|$)`).test(metric)) {
    return `${metric} is none of ${name}`;
  }
  const endpoints: ScrapeEndpoint[] = (things.get(name)?.monitoring.jobs ?? []).flatMap((job) => job.endpoints)
    .filter((endpoint) => metricsPath === undefined || endpoint.path === metricsPath);
  return endpoints.some(({ metrics }) => !metrics.dropsMetric(metric)) ? undefined : `${metric} is dropped by ${name}`;
}

test.each(files)('%s asks for metrics that its components have and store', (_, json) => {
  const variables = variablesOf({ ...json });
  const problems = panelsOf(json).flatMap(({ title, targets }) => targets.flatMap(({ expr }) => (
    checkDashboardQuery({ where: title, expr }, variables)._selectors.flatMap(({ metric = '', matchers }) => {
      const job = matchers.find(({ label }) => label === 'job')?.value;
      const metricsPath = matchers.find(({ label, operator }) => label === 'metrics_path' && operator === '=')?.value;
      // Values are filled in: a job's is the default name.
      const problem = job === undefined || OF_NO_COMPONENT.test(metric) ? undefined : problemOf(metric, jobVariable(job), metricsPath);
      return problem === undefined ? [] : [`${title}: ${problem}`];
    })
  )));
  expect([...new Set(problems)]).toEqual([]);
});

/** Steps that are thresholds of alerts. */
function marked(json: object): Step[] {
  const found: Step[] = [];
  JSON.stringify(json, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'threshold' in value) {
      found.push(value as Step);
    }
    return value;
  });
  return found;
}

test.each(files.filter(([, json]) => marked(json).length > 0))('%s is coloured by thresholds of alerts', (file, json) => {
  const { kubelet: { rules: kubelets } } = COMPONENTS;
  const { monitoring } = owners.get(file)!;
  const rules = [monitoring.rules!, kubelets()].flatMap((set) => set.groups).flatMap((group) => group.rules).map(({ expr }) => expr);
  const numbers = new Set(rules.flatMap((expr) => [...expr.matchAll(/(?<![\w.])\d+(?:\.\d+)?/g)].map(([number]) => Number(number))));
  const isOfAlert = ({ value }: Step) => [Number(value), Number(value) / 100, 100 - Number(value), Number(value) / 86_400].some((number) => (
    [...numbers].some((other) => Math.abs(other - number) < 1e-9)
  ));
  expect(marked(json).filter((step) => !isOfAlert(step))).toEqual([]);
});

test.each(files)('%s has thresholds that its component sets', (file, json) => {
  const { dashboard } = owners.get(file)!;
  const written = JSON.stringify(json, (_, value: unknown) => (
    typeof value !== 'object' || value === null ? value : 'threshold' in value ? { ...value, threshold: undefined } : 'url' in value ? { ...value, cluster: undefined } : value
  ));
  // What is written is what the default options give, name by name.
  expect(JSON.stringify(readByGrafana(dashboard.toJson()))).toBe(JSON.stringify(JSON.parse(written)));
});
