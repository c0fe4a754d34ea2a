import { DataSource } from './data-source';
import { carriesOtherJobs } from '../backend/dropped-metrics';
import { sourceProblems } from '../backend/metric-sources';
import { PlannedPrometheus } from '../backend/planned-prometheus';
import { similarRecord } from '../backend/record-checks';
import { Dashboard } from '../monitoring';
import { quoteList } from '../text';

/** The Prometheus that dashboards ask, where there is no other and all its series are known. */
export function askedPrometheus(sources: readonly DataSource[]): PlannedPrometheus | undefined {
  const [source, ...others] = sources.filter(({ type }) => type === 'prometheus');
  const prometheus = source?._prometheus;
  const isKnown = others.length === 0 && prometheus instanceof PlannedPrometheus && prometheus._knownJobs?.some(carriesOtherJobs) === false;
  return isKnown ? prometheus : undefined;
}

/** Dashboards of components that the Prometheus does not scrape, which stay empty, each with what to do. */
export function unscrapedDashboards(
  { node: { path }, _knownJobs: jobs = [] }: PlannedPrometheus, dashboards: readonly Dashboard[], jobsOf: ReadonlyMap<string, readonly string[]>,
): string[] {
  const scraped = jobs.map(({ name }) => name);
  return [...jobsOf].filter(([, asked]) => !asked.some((name) => scraped.includes(name))).flatMap(([component, asked]) => {
    const uids = dashboards.filter(({ _component }) => _component?.component === component).map(({ uid }) => uid);
    return uids.length === 0 ? [] : [
      `${uids.length === 1 ? 'dashboard' : 'dashboards'} ${quoteList(uids)} would be empty: scrape job ${quoteList(asked)} is none of '${path}'; `
      + `give what they show to monitor() of '${path}' too, or do not show it`,
    ];
  });
}

/** Series that dashboards of the app ask for in vain, each with what to do. */
export function missedSeries(prometheus: PlannedPrometheus, dashboards: readonly Dashboard[]): string[] {
  const recorded = new Set(prometheus._records);
  const optional = prometheus._optionalRecords;
  return dashboards.flatMap(({ uid, _metrics }) => [
    ...sourceProblems(prometheus, _metrics.map((metric) => (
      { what: `dashboard '${uid}'`, rangeProp: '', withoutJob: '', series: { selectors: [{ metric, matchers: [] }], rates: [] } }
    ))),
    ..._metrics.filter((metric) => metric.includes(':') && !recorded.has(metric)).map((metric) => {
      const similar = similarRecord(metric, [...recorded, ...optional]);
      const wayOut = optional.includes(metric) ? "give the Prometheus 'recordingRules: RecordingRules.COMMUNITY'"
        : similar === undefined ? 'add a rule that records it' : `write '${similar}', or add a rule that records it`;
      return `dashboard '${uid}': ${metric} is recorded by no rule of '${prometheus.node.path}'; ${wayOut}`;
    }),
  ]);
}

/** Says what a Grafana shows of a Prometheus with several shards. */
export function shardNote({ name, _prometheus: prometheus }: DataSource): string[] {
  return prometheus instanceof PlannedPrometheus && prometheus._isSharded
    ? [`data source '${name}' asks the shard of '${prometheus.node.path}' that answers, so that dashboards show a part of the targets, each time another one; `
      + 'add a data source of a store that all shards write to, or of a ThanosQuery, as the default']
    : [];
}
