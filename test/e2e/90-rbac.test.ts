import { DeployedApp } from './harness/apps';
import { KubeObject } from './harness/kubectl';
import { REFERENCE_NAMESPACE, referenceApp } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { everyRuleIsUsed } from './harness/used-rules';

interface Workload extends KubeObject {
  readonly spec: { readonly template: { readonly spec: { readonly automountServiceAccountToken?: boolean } } };
}

describe('RBAC of the reference app', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await referenceApp();
  });

  ['prometheus', 'kube-state-metrics'].forEach((name) => {
    scenario(`${name}: every request is allowed, and every rule granted is used`, 150, () => everyRuleIsUsed({ namespace: REFERENCE_NAMESPACE, name }));
  });

  it('hands a token only to what talks to the API server', () => {
    const workloads = app.objects.filter((object): object is Workload => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind));
    const withToken = workloads.filter(({ spec }) => spec.template.spec.automountServiceAccountToken !== false).map(({ metadata }) => metadata.name);
    expect(withToken.sort()).toEqual(['kube-state-metrics', 'prometheus']);
  });
});
