import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';

/** Recording rules of kube-prometheus over the targets of all jobs. */
export function generalRecords(): RecordingRule[] {
  return [1, 0].map((up) => optionalRecord({ record: `count:up${up}`, expr: `count without (instance, pod, node) (up == ${up})` }));
}
