import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from './spelling';
import { KIND } from './kinds';
import { apiObject } from './api-object';
import { claimInApp } from './app-claims';
import { checkFixed, Keyed } from './object-metadata';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

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
  /** Labels and annotations that users give. */
  readonly options?: Pick<WorkloadOptions, 'serviceLabels' | 'serviceAnnotations'>;
  /** Annotations that `options` may not override. */
  readonly annotations?: Keyed;
  /** Further fields. */
  readonly more?: Partial<k8s.ServiceSpec>;
}

/** Labels by which jobs find a Service, which need not be those that select its Pods. */
function foundBy({ labels }: WorkloadIdentity): Keyed {
  const names = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'];
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
}

/**
 * The Service of a workload's Pods. Throws when labels are given by which it is found, or what is no label or annotation, or another Service
 * of the app has the node port.
 */
export function podService(scope: Construct, id: string, identity: WorkloadIdentity, props: PodServiceProps): ApiObject {
  const { where, selector } = identity;
  const { serviceLabels, serviceAnnotations } = props.options ?? {};
  checkFixed(where, 'serviceLabels', serviceLabels, { ...selector, ...foundBy(identity) });
  checkFixed(where, 'serviceAnnotations', serviceAnnotations, props.annotations);
  props.ports.forEach(({ nodePort }) => {
    if (nodePort !== undefined) {
      claimInApp(scope, { where, what: `node port ${nodePort}` });
    }
  });
  const metadata = metadataOf(identity, props.suffix);
  const annotations = { ...serviceAnnotations, ...props.annotations };
  return apiObject(scope, id, KIND.Service, {
    metadata: {
      ...metadata, labels: { ...metadata.labels, ...serviceLabels }, annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
    },
    spec: {
      ...props.more,
      type: props.type,
      clusterIp: props.headless === true ? 'None' : undefined,
      publishNotReadyAddresses: props.withNotReady,
      selector,
      ports: props.ports.length === 0 ? undefined : props.ports.map(({ name, port, nodePort, protocol, targetPort }) => ({
        name, port, nodePort, protocol: protocol ?? 'TCP', targetPort: numberOrText(targetPort ?? name),
      })),
    },
  });
}
