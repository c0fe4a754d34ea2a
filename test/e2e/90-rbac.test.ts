import { DeployedApp } from './harness/apps';
import { KubeObject } from './harness/kubectl';
import { fullStack, STACK_NAMESPACE } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { everyRuleIsUsed } from './harness/used-rules';

interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly containers: ReadonlyArray<{ readonly name: string; readonly volumeMounts?: ReadonlyArray<{ readonly name: string }> }>;
  readonly volumes?: ReadonlyArray<{
    readonly name: string; readonly projected?: { readonly sources: ReadonlyArray<{ readonly serviceAccountToken?: object }> };
  }>;
}

interface Workload extends KubeObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/** The containers of a Pod that can read a token of its service account. */
function containersWithToken({ automountServiceAccountToken, containers, volumes = [] }: PodSpec): string[] {
  const tokens = volumes.filter(({ projected }) => projected?.sources.some(({ serviceAccountToken }) => serviceAccountToken !== undefined));
  const mounts = ({ volumeMounts = [] }: PodSpec['containers'][number]) => volumeMounts.some((mount) => tokens.some(({ name }) => name === mount.name));
  return containers.filter((container) => automountServiceAccountToken !== false || mounts(container)).map(({ name }) => name);
}

describe('RBAC of the full stack', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await fullStack();
  });

  ['prometheus', 'kube-state-metrics'].forEach((name) => {
    scenario(`${name}: every request is allowed, and every rule granted is used`, 150, () => everyRuleIsUsed({ namespace: STACK_NAMESPACE, name }));
  });

  it('hands a token only to what talks to the API server', () => {
    const workloads = app.objects.filter((object): object is Workload => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind));
    expect(workloads.flatMap(({ spec }) => containersWithToken(spec.template.spec)).sort()).toEqual(['kube-state-metrics', 'prometheus']);
  });
});
