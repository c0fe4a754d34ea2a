import { Case } from './cases';
import { lostScrapes, replacedExporters, restartedExporters, scrapeIntervals } from './exporters';
import { harmless, nearMisses, otherClusters, twoObjects } from './near-misses';
import { AlertTest } from './promtool';
import { nothingAtAll, timelines } from './timeline';
import { writtenOut } from './written-out';
import { AlertingRule } from '../../lib/monitoring/rules';

/** Tests that are made of a case beside those that it says itself, by what they prove. */
export const GENERATED = {
  'no alert is lost by one failed scrape': lostScrapes,
  'no alert about an object ends when kube-state-metrics is replaced': replacedExporters,
  'no alert ends when an exporter restarts': restartedExporters,
  'an alert fires at each usual scrape interval': scrapeIntervals,
  'an alert is of the cluster in which something is wrong': otherClusters,
  'an alert is of the object with which something is wrong': twoObjects,
  'an alert looks at its own series only': nearMisses,
  'an alert does not fire for what is harmless': harmless,
  'an alert begins and ends in time': timelines,
  'an alert about what is missing fires where there is nothing': nothingAtAll,
} as const;

/** All tests that are made of a case. */
export function generatedTests(rule: AlertingRule, of: Case): AlertTest[] {
  const written = writtenOut(rule, of);
  return Object.values(GENERATED).flatMap((make) => make(written));
}
