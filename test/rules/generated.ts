import { Case } from './cases';
import { lostScrapes, replacedExporters } from './exporters';
import { otherClusters } from './near-misses';
import { AlertTest } from './promtool';
import { writtenOut } from './written-out';
import { AlertingRule } from '../../lib/monitoring/rules';

/** Tests that are made of a case beside those that it says itself, by what they prove. */
export const GENERATED = {
  'no alert is lost by one failed scrape': lostScrapes,
  'no alert about an object ends when kube-state-metrics is replaced': replacedExporters,
  'an alert is of the cluster in which something is wrong': otherClusters,
} as const;

/** All tests that are made of a case. */
export function generatedTests(rule: AlertingRule, of: Case): AlertTest[] {
  const written = writtenOut(rule, of);
  return Object.values(GENERATED).flatMap((make) => make(written));
}
