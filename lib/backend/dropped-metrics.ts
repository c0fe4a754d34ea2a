import { isComponentMetric } from '../components/catalogue';
import { AlertingRule, RecordingRule, Rule, RuleSet, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { isTrusted } from '../monitoring/rules/trusted';
import { parsedRule } from '../promql/rule';
import { Matcher } from '../promql/selector';
import { matchesAnchored } from '../regex';
import { quoteList } from '../text';

/** Series that a Prometheus gets otherwise than by its own scrape jobs. */
export interface OtherSeries {
  /** Whether others send it series. */
  readonly received: boolean;
  /** Whether it scrapes monitors and evaluates rules that are not of this app. */
  readonly foreign: boolean;
}

/** Series that Prometheus makes itself, after a scrape or of rules; no selection of a job drops them. */
const SYNTHETIC = /^(up|ALERTS|ALERTS_FOR_STATE|scrape_.+)$/;

/**
 * Metrics that a rule uses, that scrape jobs drop, and that come from nowhere else:
 *
 * - with a `job` matcher, metrics that all the jobs drop whose names it matches, at each endpoint that may expose them;
 * - without one, metrics that no component of the library has, and that all the user's jobs drop, by `metrics` or `metricRelabelings`.
 *
 * That the library's rules have what they use by default is proven by its tests: none of them is parsed where a user has chosen no series.
 */
export function droppedMetrics(sets: readonly RuleSet[], jobs: readonly ScrapeJob[], { received, foreign }: OtherSeries): string[] {
  const mayDrop = ({ metrics, metricRelabelings }: ScrapeEndpoint) => metrics._drops || metricRelabelings.length > 0;
  const dropping = jobs.flatMap(({ endpoints }) => endpoints.filter(mayDrop));
  if (received || dropping.length === 0) {
    return [];
  }
  const areChosen = dropping.some(({ _selectsSeries }) => _selectsSeries);
  const isJudged = (rule: Rule) => areChosen || (!isTrusted(rule) && rule.expr.includes('job'));
  const own = jobs.filter((job) => job.endpoints.length === 0 || job.endpoints.some(({ _selectsSeries }) => _selectsSeries));
  const groups = sets.flatMap((set) => set.groups);
  const recorded = new Set(groups.flatMap((group) => group.rules).flatMap((rule) => (rule instanceof RecordingRule ? rule.record : [])));

  /** The jobs that drop the metric of a selector, if it comes from nowhere else. */
  const droppers = (metric: string, matchers: readonly Matcher[]): ScrapeJob[] => {
    const matched = (job: ScrapeJob) => matchers.every((matcher) => matches(matcher, job.name));
    if (matchers.some(({ operator }) => operator === '=' || (operator === '=~' && !foreign))) {
      // A monitor of others with the name of a job of this app would mix with it in all its rules, and is not expected.
      const named = jobs.filter(matched);
      return [...named, ...own.filter(carriesOtherJobs)].some((job) => mayBring(job, metric)) ? [] : named.filter((job) => drops(job, metric));
    }
    const possible = own.filter((job) => matched(job) || carriesOtherJobs(job));
    return foreign || isComponentMetric(metric) || possible.some((job) => mayBring(job, metric)) ? [] : possible.filter((job) => drops(job, metric));
  };

  return groups.flatMap((group) => group.rules.filter(isJudged).flatMap((rule) => {
    const found = new Map<string, string>();
    parsedRule(rule.expr)._selectors.forEach(({ metric, matchers }) => {
      if (metric === undefined || recorded.has(metric) || SYNTHETIC.test(metric)) {
        return;
      }
      const ofJob = matchers.filter(({ label }) => label === 'job');
      const droppingIt = droppers(metric, ofJob);
      const names = droppingIt.map(({ name }) => name);
      if (names.length > 0) {
        const otherwise = ofJob.length > 0 ? '' : `, name the job that it comes from as in ${metric}{job="…"}`;
        found.set(metric, `${names.length === 1 ? `scrape job '${names[0]}' drops` : `scrape jobs ${quoteList(names)} drop`} it; let the job's ${quoteList(propsOf(droppingIt, metric))} keep it${otherwise}`);
      }
    });
    return [...found].map(([metric, problem]) => `${titleOf(rule)} of group '${group.name}' uses ${metric}, and ${problem}, or take the rule out`);
  }));
}

/** Whether a name of a job, or the value of another label, fits a matcher. */
export function matches({ operator, value }: Matcher, name: string): boolean {
  switch (operator) {
    case '=': return value === name;
    case '!=': return value !== name;
    case '=~': return matchesAnchored(value, name);
    default: return !matchesAnchored(value, name);
  }
}

/** Whether a metric of this name may be stored of the job's targets. What raw text says is not looked into. */
function mayBring({ endpoints }: ScrapeJob, metric: string): boolean {
  return endpoints.length === 0 || endpoints.some((endpoint) => (
    (endpoint._mayExpose(metric) && endpoint._dropperOf(metric) === undefined) || writes(endpoint, '__name__')));
}

/** Whether the job's targets may expose a metric, and it is dropped. */
function drops(job: ScrapeJob, metric: string): boolean {
  return propsOf([job], metric).length > 0;
}

/** The props that drop a metric. */
function propsOf(jobs: readonly ScrapeJob[], metric: string): string[] {
  const exposing = jobs.flatMap(({ endpoints }) => endpoints).filter((endpoint) => endpoint._mayExpose(metric));
  return [...new Set(exposing.flatMap((endpoint) => endpoint._dropperOf(metric) ?? []))].sort();
}

/** Whether the job's series may carry another `job` label than its name: those of a federated Prometheus do, and of targets whose label gives it. */
export function carriesOtherJobs({ endpoints, _discovery: discovery, _jobLabel: jobLabel }: ScrapeJob): boolean {
  if (jobLabel !== undefined) {
    return true;
  }
  return discovery.kind === 'raw'
    ? /"honor_labels":true|"target_label":"job"|"action":"labelmap"/i.test(JSON.stringify(discovery.config))
    : endpoints.some((endpoint) => (endpoint.honorLabels && !endpoint._isKnown) || writes(endpoint, 'job'));
}

/** Whether metric relabelings of an endpoint may write a label. */
export function writes({ metricRelabelings }: ScrapeEndpoint, label: string): boolean {
  return metricRelabelings.map((relabeling) => relabeling.toConfig()).some(({ action, targetLabel }) => targetLabel === label || action === 'labelmap');
}

/** The kind of a rule and its name: `alert 'X'`. */
export function titleOf(rule: Rule): string {
  return rule instanceof AlertingRule ? `alert '${rule.alert}'` : rule instanceof RecordingRule ? `record '${rule.record}'` : 'a rule';
}
