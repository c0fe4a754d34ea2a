import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from '../kubernetes/api-object';
import { recommendedLabels, selectorLabels } from '../kubernetes/workload-identity';
import { nameOf } from '../kubernetes/names';

/** Where Kubernetes' own programs run. */
export const KUBE_SYSTEM = 'kube-system';

/** Services of `kube-system` that a cluster does not live without, and that an object of ours would overwrite. */
const TAKEN = ['kube-dns', 'kubelet', 'metrics-server'];

export interface PodsServiceProps {
  readonly name: string;
  /** What runs in the Pods: the value of the label `app.kubernetes.io/name`. */
  readonly program: string;
  readonly pods: { readonly [label: string]: string };
  readonly portName: string;
  readonly port: number;
}

export interface PodsService {
  readonly service: k8s.KubeService;
  /** Labels by which the Service is found. */
  readonly labels: { readonly [label: string]: string };
}

/** The name of a Service that we put into `kube-system`: the prop, else the construct's id. Throws when the cluster has it for itself. */
export function kubeSystemName(scope: Construct, id: string, name?: string): string {
  const chosen = nameOf(scope, id, name);
  if (TAKEN.includes(chosen)) {
    throw new Error(`${scope.node.path}/${id}: a Service '${chosen}' in ${KUBE_SYSTEM} is the cluster's own and would be overwritten; choose another by the prop 'name'`);
  }
  return chosen;
}

/** A headless Service in `kube-system` that makes Pods which no Service selects discoverable. */
export function podsService(scope: Construct, props: PodsServiceProps): PodsService {
  const { name } = props;
  const service = apiObject(scope, 'Service', k8s.KubeService, {
    metadata: { name, namespace: KUBE_SYSTEM, labels: recommendedLabels(props.program, name, 'metrics') },
    spec: {
      clusterIp: 'None',
      selector: { ...props.pods },
      ports: [{ name: props.portName, port: props.port, targetPort: k8s.IntOrString.fromNumber(props.port), protocol: 'TCP' }],
    },
  });
  return { service, labels: selectorLabels(props.program, name) };
}
