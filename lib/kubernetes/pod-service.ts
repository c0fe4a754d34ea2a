import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from './api-object';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** A port of a Service. */
export interface PodServicePort {
  readonly name: string;
  readonly port: number;
  readonly nodePort?: number;
  /** @default TCP */
  readonly protocol?: 'TCP' | 'UDP';
  /** @default - the container port of the same name */
  readonly targetPort?: string;
}

/** Settings of a Service in front of Pods. */
export interface PodServiceProps {
  readonly ports: readonly PodServicePort[];
  /** Appended to the name of the workload. */
  readonly suffix?: string;
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Whether it has no address of its own: it only makes the Pods discoverable. */
  readonly headless?: boolean;
  /** Whether Pods are in it before they are ready. */
  readonly withNotReady?: boolean;
}

/** The Service of a workload's Pods. */
export function podService(scope: Construct, id: string, identity: WorkloadIdentity, props: PodServiceProps): ApiObject {
  return apiObject(scope, id, k8s.KubeService, {
    metadata: metadataOf(identity, props.suffix),
    spec: {
      type: props.type,
      clusterIp: props.headless === true ? 'None' : undefined,
      publishNotReadyAddresses: props.withNotReady,
      selector: identity.selector,
      ports: props.ports.length === 0 ? undefined : props.ports.map(({ name, port, nodePort, protocol, targetPort }) => ({
        name, port, nodePort, protocol: protocol ?? 'TCP', targetPort: k8s.IntOrString.fromString(targetPort ?? name),
      })),
    },
  });
}
