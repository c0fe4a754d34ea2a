import { Duration } from 'cdk8s';
import { carriesOtherJobs, matches, writes } from './dropped-metrics';
import { PlannedPrometheus } from './planned-prometheus';
import { componentJobsOf } from '../components/catalogue';
import { KubeletPath } from '../components/kubelet/kubelet-path';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { Matcher, Selector } from '../promql/selector';
import { didYouMean, quoteList } from '../text';
import { promDuration } from '../units';

/** Series that a query is made of. */
export interface AskedSeries {
  readonly selectors: readonly Selector[];
  /** Those of which a rate is made, which takes two samples within a time. */
  readonly rates: ReadonlyArray<{ readonly selector: Selector; readonly over: Duration }>;
}

/** What asks for series, such as a metric of the adapter. */
export interface SeriesUse {
  /** For messages: `custom metric 'sessions'`. */
  readonly what: string;
  /** For messages, where the range of its rate is said. */
  readonly rangeProp: string;
  /** For messages, what to do when none of the scrape jobs has the name that it asks for. */
  readonly withoutJob: string;
  readonly series: AskedSeries;
}

/** An endpoint that is scraped, with its job. */
interface Source {
  readonly job: ScrapeJob;
  readonly endpoint: ScrapeEndpoint;
}

/** The Prometheus that is asked, with its jobs, and what to do when none has the name that is asked for. */
interface Asked {
  readonly path: string;
  readonly scrapeInterval: Duration;
  readonly jobs: readonly ScrapeJob[];
  readonly withoutJob: string;
}

/** Endpoints that may bring the series of a selector. */
interface Sources {
  /** Undefined where they are not known. */
  readonly bringing?: readonly Source[];
  /** Whether the selector names the jobs. */
  readonly named: boolean;
  readonly problem?: string;
}

/**
 * Reasons why what asks would get no value: series that no scrape job brings, and rates over less than two scrapes. Nothing where
 * series come from elsewhere than the jobs of the app.
 */
export function sourceProblems(prometheus: PlannedPrometheus, uses: readonly SeriesUse[]): string[] {
  const { _knownJobs: jobs, scrapeInterval } = prometheus;
  if (jobs === undefined || scrapeInterval === undefined) {
    return [];
  }
  const { path } = prometheus.node;
  const records = new Set(prometheus._records);
  return [...new Set(uses.flatMap(({ what, rangeProp, withoutJob, series: { selectors, rates } }) => {
    const asked = { path, scrapeInterval, jobs, withoutJob };
    return [
      ...selectors.filter(({ metric }) => metric === undefined || !records.has(metric))
        .flatMap((selector) => sourcesOf(selector, asked).problem ?? []),
      ...rates.flatMap(({ selector, over }) => shortRange(`${rangeProp} ${promDuration(over)}`, over, sourcesOf(selector, asked), asked) ?? []),
    ].map((problem) => `${what}: ${problem}`);
  }))];
}

function sourcesOf({ metric, matchers }: Selector, { path, jobs, withoutJob }: Asked): Sources {
  const ofJob = matchers.filter(({ label }) => label === 'job');
  const named = ofJob.some(({ operator }) => operator === '=' || operator === '=~');
  const candidates = jobs.filter((job) => ofJob.every((matcher) => matches(matcher, job.name)) || mayCarryOtherJobs(job));
  if (metric === undefined || candidates.some(({ _discovery: { kind } }) => kind === 'raw')) {
    return { named };
  }
  if (named && candidates.length === 0) {
    const asked = ofJob.map(({ operator, value }) => `job${operator}"${value}"`).join();
    const similar = didYouMean(ofJob[0].value, jobs.map(({ name }) => name));
    return { named, problem: `no scrape job of '${path}' brings ${metric}{${asked}}${similar}; ${withoutJob}` };
  }
  const all = candidates.flatMap((job) => job.endpoints.map((endpoint) => ({ job, endpoint })));
  const scraped = all.filter(({ job, endpoint }) => mayExpose(job, endpoint, metric, matchers));
  if (named && scraped.length === 0) {
    return { named, problem: `scrape job ${quoteList(candidates.map(({ name }) => name))} scrapes no path that exposes ${metric}; add '${KubeletPath.CADVISOR}' to its 'paths'` };
  }
  const bringing = scraped.filter(({ endpoint }) => !drops(endpoint, metric));
  const dropping = named ? scraped : scraped.filter(({ job, endpoint }) => dropsByDefault(job, endpoint, metric));
  if (dropping.length > 0 && (bringing.length === 0 || !named)) {
    const otherwise = named ? '' : `, or name the job that it comes from as in ${metric}{job="…"}`;
    return { named, problem: `scrape job ${quoteList([...new Set(dropping.map(({ job }) => job.name))])} drops ${metric}; let its ${quoteList(propsOf(dropping, metric))} keep it${otherwise}` };
  }
  return { named, bringing };
}

/** Whether series of a job may have another job's name. Those that kubelets and other components honor the labels of have not. */
function mayCarryOtherJobs(job: ScrapeJob): boolean {
  const { kind } = job._discovery;
  return kind === 'raw' || (kind !== 'kubelets' && !componentJobsOf().includes(job.name) && carriesOtherJobs(job));
}

const CADVISOR: string = KubeletPath.CADVISOR;

/** Paths of kubelets at which metrics of containers are. */
const CONTAINER_PATHS: readonly string[] = [CADVISOR, KubeletPath.RESOURCE];

function mayExpose({ _discovery: { kind } }: ScrapeJob, { path }: ScrapeEndpoint, metric: string, matchers: readonly Matcher[]): boolean {
  return kind !== 'kubelets' || (matchers.every((matcher) => matcher.label !== 'metrics_path' || matches(matcher, path))
    && (!metric.startsWith('container_') || CONTAINER_PATHS.includes(path)));
}

function drops(endpoint: ScrapeEndpoint, metric: string): boolean {
  return endpoint._dropperOf(metric) !== undefined && !writes(endpoint, '__name__');
}

/** Whether the only component that has the metric drops it unless told otherwise. */
function dropsByDefault({ name }: ScrapeJob, endpoint: ScrapeEndpoint, metric: string): boolean {
  const [component, ...others] = componentJobsOf(metric);
  return component === name && others.length === 0 && !endpoint._selectsSeries && drops(endpoint, metric);
}

/** The props that drop a metric. */
function propsOf(sources: readonly Source[], metric: string): string[] {
  return [...new Set(sources.map(({ job, endpoint }) => (
    job._discovery.kind === 'kubelets' && endpoint.path === CADVISOR ? 'cadvisorMetrics' : endpoint._dropperOf(metric) ?? 'metrics')))].sort();
}

/** The problem of a rate of a counter over a time in which Prometheus has less than two samples. */
function shortRange(range: string, over: Duration, { bringing, named }: Sources, { path, scrapeInterval }: Asked): string | undefined {
  if (bringing === undefined) {
    return undefined;
  }
  const intervals = bringing.map(({ endpoint }) => (endpoint.interval ?? scrapeInterval).toMilliseconds());
  const least = 2 * (intervals.length === 0 ? scrapeInterval.toMilliseconds() : Math.min(...intervals));
  const scraped = named ? `scrape job ${quoteList([...new Set(bringing.map(({ job }) => job.name))])}` : `'${path}'`;
  return over.toMilliseconds({ integral: false }) >= least ? undefined
    : `${range} is shorter than two scrapes of ${scraped}, one each ${promDuration(Duration.millis(least / 2))}, so that there is no rate; `
      + `make it ${promDuration(Duration.millis(2 * least))}, four scrapes`;
}
