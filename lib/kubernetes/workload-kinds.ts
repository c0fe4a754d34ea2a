import { ObjectKinds } from './construct-object';

/** Kinds that run Pods, with their API groups. */
export const WORKLOAD_KINDS: ObjectKinds = {
  CronJob: 'batch',
  DaemonSet: 'apps',
  Deployment: 'apps',
  Job: 'batch',
  Pod: 'core',
  ReplicaSet: 'apps',
  ReplicationController: 'core',
  StatefulSet: 'apps',
};
