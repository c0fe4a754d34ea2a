import { Duration } from 'cdk8s';
import { OtherSeries, droppedMetrics } from './dropped-metrics';
import { misspeltRecords, neededRecords, repeatedRecords } from './record-checks';
import { RuleCollection } from './rule-collection';
import { selectsNamespaces } from './target-selection';
import { atLeast } from '../kubernetes/images';
import { ScrapeJob } from '../monitoring';
import { usesProxyEnvironment } from '../monitoring/http/proxy';
import { unknownEdits } from '../monitoring/rules/rule-edits';
import { checkRawVersion } from '../monitoring/scrape/raw-config';
import { checkTimes } from '../checks';
import { WireMap } from '../wire/data';

/** Limits of a Prometheus on its jobs; each is undefined where it is not known, and not checked then. */
export interface JobLimits {
  /** Version of the Prometheus. */
  readonly version?: string;
  /** Interval of jobs without their own. */
  readonly scrapeInterval?: Duration;
  /** Whether its environment has a proxy. */
  readonly hasProxyEnvironment?: boolean;
}

/** Throws when a client is to use the proxy of the environment, and there is none. */
export function checkProxyEnvironment(where: string, client: WireMap, { hasProxyEnvironment }: JobLimits): void {
  if (hasProxyEnvironment === false && usesProxyEnvironment(client)) {
    throw new Error(`${where}: got 'proxyFromEnvironment', and the environment has no proxy; name it by the prop 'proxyEnvironment' of the Prometheus`);
  }
}

/** Throws when a job does not fit the Prometheus that is to scrape it. */
export function checkJob(where: string, job: ScrapeJob, limits: JobLimits): void {
  const { version, scrapeInterval } = limits;
  if (job._discovery.kind === 'raw' && version !== undefined) {
    checkRawVersion(`${where}: scrape job '${job.name}'`, job._discovery.config, version);
  }
  if (selectsNamespaces(job._discovery) && version !== undefined && !atLeast(version, '3.6')) {
    throw new Error(`${where}: scrape job '${job.name}' selects namespaces by their labels, which is known from Prometheus 3.6 on, and this one is ${version}; choose a newer image, or name them by 'namespaces'`);
  }
  if (job._discovery.kind === 'external') {
    checkProxyEnvironment(`${where}: scrape job '${job.name}'`, job._discovery.source._client, limits);
  }
  job.endpoints.forEach((endpoint) => {
    const at = `${where}: scrape job '${job.name}', endpoint '${endpoint.name}'`;
    checkProxyEnvironment(at, endpoint._client, limits);
    // A timeout of the endpoint meets the global interval; a global timeout is shortened by Prometheus itself.
    checkTimes(at, endpoint.interval ?? scrapeInterval, endpoint.timeout);
    if (endpoint.nativeHistograms !== undefined && version !== undefined && !atLeast(version, '3.8')) {
      throw new Error(`${at}: 'nativeHistograms' is known from Prometheus 3.8 on, and this one is ${version}; choose a newer image`);
    }
  });
}

/** Contradictions between rules, their edits and the jobs; called late, when all are known. */
export function ruleProblems(rules: RuleCollection, jobs: readonly ScrapeJob[], others: OtherSeries): string[] {
  const [edits, all, evaluated] = [rules.ruleEdits, rules.ruleSets, rules.adjusted];
  return [
    ...unknownEdits(edits, all),
    ...neededRecords(edits, all, evaluated, jobs, others),
    ...repeatedRecords(evaluated),
    ...misspeltRecords(all, evaluated, jobs, others),
    ...droppedMetrics(evaluated, jobs, others),
  ];
}
