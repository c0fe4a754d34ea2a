import { deployed, DeployedApp, isApplied, synthesizeProgram } from './apps';
import { getObject, kubectl, KubeObject } from './kubectl';

/** The example that runs the whole stack on the operator, and whose first chart defines the operator's kinds. */
const EXAMPLE = 'examples/operator/main.js';
export const EXAMPLE_NAMESPACE = 'kube-ops';
const EXAMPLE_NAME = 'operator';
const CRDS = 'e2e-operator-crds';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface Operated extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** The definitions of the operator's kinds, which have to be in the cluster before anything of them. */
export async function operatorCrds(): Promise<DeployedApp> {
  const app = await deployed(CRDS, () => synthesizeProgram(CRDS, EXAMPLE, 'crds'));
  await kubectl(['wait', '--for=condition=Established', '--timeout=60s', '-R', '-f', app.dist]);
  return app;
}

/** Whether this run has defined the operator's kinds, so that no operator of anybody else is there. */
export function hasCrds(): boolean {
  return isApplied(CRDS);
}

/** The example without its definitions, which are there. */
export function operatorExample(): Promise<DeployedApp> {
  return deployed(EXAMPLE_NAME, () => synthesizeProgram(EXAMPLE_NAME, EXAMPLE, 'monitoring'));
}

/** What the operator says of a resource that it makes workloads of. */
export async function conditionsOf(kind: string, name: string, namespace: string): Promise<Condition[]> {
  const { status } = await getObject<Operated>(kind, name, namespace);
  return [...status?.conditions ?? []];
}

/** The operator keeps a Service of the kubelets and its endpoints, and leaves them when it goes. */
export async function removeKubeletService(): Promise<void> {
  await kubectl(['delete', 'services,endpointslices', '--namespace', 'kube-system', '--selector', 'app.kubernetes.io/managed-by=prometheus-operator']);
}

/** The lines of the operator's log, each of which has its `level`. */
export async function logOfOperator(namespace: string): Promise<string[]> {
  const text = await kubectl(['logs', '--namespace', namespace, 'deployment/prometheus-operator', '--all-containers', '--tail=-1']);
  return text.split('\n').filter((line) => line !== '');
}
