import { pendingPods, stuckWorkQueues } from './queue-rules';
import { AlertingRule, RecordingRule, RuleSet } from '../../monitoring/rules';
import { optionalRecord, trustedGroup } from '../../monitoring/rules/trusted';
import { RuleContext, downRule, jobMatcher, jobRules, unreachableRule } from '../component-rules';
import { WITHOUT_INDICATORS } from '../monitor-endpoints';

/** A program of the control plane that runs in static Pods of `kube-system`. */
export interface ControlPlaneProgram {
  /** Name of the program, and default name of its scrape job. */
  readonly program: string;
  /** Port of its metrics. */
  readonly port: number;
  /** Beginnings of the names of its own metrics, up to an underscore. */
  readonly metrics: readonly string[];
  /** Its name in a sentence. */
  readonly what: string;
  /** Name of its group of rules. */
  readonly group: string;
  /** Beginning of the names of its alerts. */
  readonly alerts: string;
  /** Loss while it is gone. */
  readonly consequence: string;
  /** Folder of lib/components and uid of its dashboard. */
  readonly dashboard: `${string}/${string}`;
  /** Alerts of its own, by the matcher of its job. */
  readonly more?: (job: string) => AlertingRule[];
  /** Recording rules of the community, by the matcher of its job. */
  readonly records?: (job: string) => RecordingRule[];
}

/** The scheduler. */
export const SCHEDULER: ControlPlaneProgram = {
  program: 'kube-scheduler',
  port: 10259,
  metrics: ['kube_pod_resource', 'pod_scheduling', 'scheduler', 'volume_scheduler'],
  what: 'the scheduler',
  group: 'kubernetes-system-scheduler',
  alerts: 'KubeScheduler',
  consequence: 'new Pods may get no node',
  dashboard: 'control-plane/kubernetes-scheduler',
  more: pendingPods,
  records: schedulerRecords,
};

/** The controller manager. */
export const CONTROLLER_MANAGER: ControlPlaneProgram = {
  program: 'kube-controller-manager',
  port: 10257,
  metrics: [
    'attach_detach_controller', 'attachdetach_controller', 'cloudprovider', 'cronjob_controller', 'endpoint_slice_controller',
    'endpoint_slice_mirroring_controller', 'ephemeral_volume_controller', 'garbagecollector_controller', 'horizontal_pod_autoscaler_controller',
    'job_controller', 'node_collector', 'node_controller', 'node_ipam_controller', 'pod_gc_collector', 'pv_collector', 'replicaset_controller',
    'resourceclaim_controller', 'retroactive_storageclass', 'root_ca_cert_publisher', 'running_managed_controllers', 'selinux_warning_controller',
    'service_controller', 'statefulset_controller', 'storage', 'taint_eviction_controller', 'token_cleaner', 'ttl_after_finished_controller', 'volume', 'workqueue',
  ],
  what: 'the controller manager',
  group: 'kubernetes-system-controller-manager',
  alerts: 'KubeControllerManager',
  consequence: 'Deployments, nodes and endpoints may no longer be looked after',
  dashboard: 'control-plane/kubernetes-controller-manager',
  more: stuckWorkQueues,
};

/** Rules of a program of the control plane: it is gone, or one of its instances does not answer. */
export function controlPlaneRules(of: ControlPlaneProgram, { jobName = of.program }: RuleContext = {}): RuleSet {
  const { program, what, group, alerts, consequence } = of;
  const presence = { what, jobName, matchers: WITHOUT_INDICATORS, consequence };
  return jobRules(
    jobName,
    program,
    trustedGroup({
      name: group,
      rules: [
        downRule({ ...presence, alert: `${alerts}Down` }),
        unreachableRule({ ...presence, alert: `${alerts}InstanceUnreachable` }),
        ...of.more?.(jobMatcher(jobName)) ?? [],
      ],
    }),
    trustedGroup({ name: `${program}.rules`, rules: of.records?.(jobMatcher(jobName)) ?? [] }),
  );
}

/** Recording rules of kubernetes-mixin over the series of the scheduler: quantiles of its latencies. */
function schedulerRecords(job: string): RecordingRule[] {
  const durations = ['scheduling_attempt', 'scheduling_algorithm', 'pod_scheduling_sli'].map((what) => `scheduler_${what}_duration_seconds`);
  return ['0.99', '0.9', '0.5'].flatMap((quantile) => durations.map((metric) => optionalRecord({
    record: `cluster_quantile:${metric}:histogram_quantile`,
    expr: `histogram_quantile(${quantile}, sum without (instance, pod) (rate(${metric}_bucket{${job}}[5m])))`,
    labels: { quantile },
  })));
}
