import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { KIND } from '../kubernetes/kinds';
import { apiObject } from '../kubernetes/api-object';
import { recommendedLabels, selectorLabels } from '../kubernetes/workload-identity';
import { nameOf } from '../kubernetes/names';

/** Namespace of Kubernetes' own programs. */
export const KUBE_SYSTEM = 'kube-system';

/** Services of `kube-system` that a cluster needs, and that an object of ours would overwrite. */
const RESERVED = ['kube-dns', 'kubelet', 'metrics-server'];

/** Headless Service over Pods that no other Service selects. */
export interface PodsServiceProps {
  readonly name: string;
  readonly namespace: string;
  /** Program that runs in the Pods: the value of the label `app.kubernetes.io/name`. */
  readonly program: string;
  readonly pods: { readonly [label: string]: string };
  readonly portName: string;
  readonly port: number;
}

/** Headless Service over Pods, and the labels that select it. */
export interface PodsService {
  readonly service: ApiObject;
  /** Labels by which the Service is found. */
  readonly labels: { readonly [label: string]: string };
}

/** The name of a Service for Pods: the prop, else the construct's id. Throws when the cluster has a Service of this name itself. */
export function podsServiceName(scope: IConstruct, id: string, namespace: string, name?: string): string {
  const chosen = nameOf(scope, id, name);
  if (namespace === KUBE_SYSTEM && RESERVED.includes(chosen)) {
    throw new Error(`${scope.node.path}/${id}: a Service '${chosen}' in ${KUBE_SYSTEM} is the cluster's own and would be overwritten; choose another by the prop 'name'`);
  }
  return chosen;
}

/** A headless Service that makes Pods which no Service selects discoverable. */
export function podsService(scope: Construct, props: PodsServiceProps): PodsService {
  const { name, namespace } = props;
  if (Object.keys(props.pods).length === 0) {
    throw new Error(`${scope.node.path}: pods is empty, and would select every Pod of ${namespace}; name the labels of the program's Pods, or leave it out for those of kubeadm`);
  }
  const service = apiObject(scope, 'Service', KIND.Service, {
    metadata: { name, namespace, labels: recommendedLabels(props.program, name, 'metrics') },
    spec: {
      clusterIp: 'None',
      selector: { ...props.pods },
      ports: [{ name: props.portName, port: props.port, targetPort: numberOrText(props.port), protocol: 'TCP' }],
    },
  });
  return { service, labels: selectorLabels(props.program, name) };
}
