import { Duration } from 'cdk8s';
import { autoscalerRules, batchRules } from './batch-rules';
import { cronJobRules } from './cron-job-rules';
import { kubeStateMetricsRules } from './kube-state-metrics-rules';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { nodeStateRules } from './node-state-rules';
import { podNodeRecord, podOwnerRecords } from './pod-records';
import { podRules } from './pod-rules';
import { resourceRecords } from './resource-records';
import { resourceRules, volumeRules } from './resource-rules';
import { restartRules } from './restart-rules';
import { claimStateRules, stuckRules } from './stuck-rules';
import { workloadRules } from './workload-rules';
import { RuleSet } from '../../monitoring/rules';
import { RuleContext, jobMatcher, jobRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const KUBE_STATE_JOB = 'kube-state-metrics';

/** Facts about kube-state-metrics that its rules depend on. */
export interface KubeStateRuleContext extends RuleContext {
  /** Number of shards; with more than one come the rules that check that they agree and are complete. */
  readonly shards?: number;
}

/** Rules about the objects of the cluster, from the series of kube-state-metrics, and about kube-state-metrics itself. */
export function kubeStateRules({ jobName = KUBE_STATE_JOB, shards = 1 }: KubeStateRuleContext = {}, options: KubeStateRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  const workloads = options.namespaces === undefined ? job : `${job}, namespace=~${JSON.stringify(options.namespaces)}`;
  return jobRules(
    jobName,
    KUBE_STATE_JOB,
    trustedGroup({ name: 'kube-state-metrics', rules: kubeStateMetricsRules(jobName, shards) }),
    trustedGroup({
      name: 'kubernetes-apps',
      rules: [
        ...podRules(workloads),
        ...stuckRules(workloads),
        ...workloadRules(workloads),
        ...batchRules(workloads, options),
        ...cronJobRules(workloads),
        ...autoscalerRules(workloads),
      ],
    }),
    // Counters of every container over up to an hour, which need not be as fresh as all else.
    trustedGroup({ name: 'kubernetes-restarts', interval: Duration.minutes(5), rules: restartRules(workloads, options) }),
    trustedGroup({ name: 'kubernetes-resources', rules: resourceRules({ job, workloads }, options) }),
    trustedGroup({ name: 'kubernetes-storage', rules: [...volumeRules(job), ...claimStateRules({ job, workloads })] }),
    trustedGroup({ name: 'kubernetes-nodes', rules: nodeStateRules(job) }),
    trustedGroup({ name: 'k8s.rules.container_requests_and_limits', rules: resourceRecords(job) }),
    trustedGroup({ name: 'k8s.rules.pod_owner', rules: [podNodeRecord(job), ...podOwnerRecords(job)] }),
  );
}
