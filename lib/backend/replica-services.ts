import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Exposure } from '../kubernetes';
import { ExposedServiceOptions } from '../kubernetes/exposed-service';
import { podService, PodServicePort } from '../kubernetes/pod-service';
import { WorkloadIdentity } from '../kubernetes/workload-identity';

/** A StatefulSet whose replicas have Services of their own. */
export interface ReplicaSet {
  /** Name with which the Services begin. */
  readonly name: string;
  /** Name of the StatefulSet. */
  readonly statefulSet: string;
}

/** Services of single replicas. */
export interface ReplicaServicesProps {
  /** StatefulSets, one a shard. */
  readonly sets: readonly ReplicaSet[];
  /** Replicas of each. */
  readonly replicas: number;
  /** Port of the web server. */
  readonly port: PodServicePort;
  readonly options: ReplicaServiceOptions;
}

/** Options of the Services of replicas. */
export interface ReplicaServiceOptions extends ExposedServiceOptions {
  /** Exposure of each replica; there are no Services without it. */
  readonly replicaServices?: Exposure;
}

/** Makes a Service for each replica, named after it. Throws when the exposure leads to one replica only, or its ports are taken or out of range. */
export function replicaServices(scope: Construct, identity: WorkloadIdentity, props: ReplicaServicesProps): ApiObject[] {
  const { sets, replicas, port, options } = props;
  const { replicaServices: exposure } = options;
  if (exposure === undefined) {
    return [];
  }
  check(`${identity.where}: replicaServices`, exposure, sets.length * replicas, options.exposure);
  const parent = new Construct(scope, 'ReplicaServices');
  const pods = sets.flatMap(({ name, statefulSet }) => Array.from({ length: replicas }, (_, i) => ({ name: `${name}-${i}`, pod: `${statefulSet}-${i}` })));
  return pods.map(({ name, pod }, i) => {
    const own: WorkloadIdentity = {
      ...identity,
      name,
      // A job that finds the main Service by its labels would find each replica twice.
      labels: { ...identity.labels, 'app.kubernetes.io/instance': name },
      selector: { ...identity.selector, 'statefulset.kubernetes.io/pod-name': pod },
    };
    const { type, nodePort: first, annotations, fields } = exposure._service;
    const nodePort = first === undefined ? undefined : first + i;
    return podService(parent, name, own, { options, type, annotations, more: fields, ports: [{ ...port, nodePort }] });
  });
}

function check(where: string, exposure: Exposure, pods: number, shared: Exposure | undefined): void {
  if (exposure._ingress !== undefined || exposure._route !== undefined) {
    throw new Error(`${where}: one host cannot lead to each of the replicas; use Exposure.clusterIp(), .nodePort() or .loadBalancer(), and Ingresses of your own to the Services`);
  }
  const { nodePort: first, nodePorts: range } = exposure._service;
  const taken = shared?._service.nodePort;
  if (first !== undefined && range !== undefined && first + pods - 1 > range.highest) {
    const highestFirst = range.highest - pods + 1;
    const wayOut = highestFirst < range.lowest ? 'leave the port out to be given some' : `begin at ${highestFirst} or below`;
    throw new Error(`${where}: the replicas have node ports ${first} to ${first + pods - 1}, and the API server allows ${range.lowest} to ${range.highest}; ${wayOut}`);
  }
  if (first !== undefined && taken !== undefined && taken >= first && taken < first + pods) {
    throw new Error(`${where}: the replicas have node ports ${first} to ${first + pods - 1}, and 'exposure' has ${taken}; choose others`);
  }
}
