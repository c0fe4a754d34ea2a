import { droppedMetrics } from './dropped-metrics';
import { PrometheusSettings } from './prometheus-settings';
import { RuleCollection } from './rule-collection';
import { ScrapeJob } from '../monitoring';
import { unknownEdits } from '../monitoring/rules/rule-edits';
import { checkTimes } from '../checks';

/** Throws when a job does not fit the Prometheus that is to scrape it. */
export function checkJob(where: string, job: ScrapeJob, settings: PrometheusSettings): void {
  job.endpoints.forEach((endpoint) => {
    const at = `${where}: scrape job '${job.name}', endpoint '${endpoint.name}'`;
    // A timeout of the endpoint meets the global interval; a global timeout is shortened by Prometheus itself.
    checkTimes(at, endpoint.interval ?? settings.scrapeInterval, endpoint.timeout);
    if (endpoint.nativeHistograms !== undefined && !settings.knows('3.8')) {
      throw new Error(`${at}: nativeHistograms takes Prometheus 3.8, and this one is ${settings.version}; choose a newer image`);
    }
  });
}

/** What is wrong between rules, their edits and the jobs; called late, when all are known. */
export function ruleProblems(where: string, rules: RuleCollection, jobs: readonly ScrapeJob[]): string[] {
  const problems = [...unknownEdits(rules.ruleEdits, rules.ruleSets), ...droppedMetrics(rules.adjusted, jobs)];
  return problems.map((problem) => `${where}: ${problem}`);
}
