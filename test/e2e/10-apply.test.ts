import { DeployedApp, rolledOut } from './harness/apps';
import { busybox } from './harness/images';
import { kubectl, listObjects } from './harness/kubectl';
import { fullStack, STACK_NAMESPACE } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { everyContainerIsReady } from './harness/stack-checks';

const PRIVILEGED_POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'intruder', namespace: STACK_NAMESPACE },
  spec: { hostNetwork: true, containers: [{ name: 'intruder', image: busybox() }] },
};

describe('the full stack', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await fullStack();
  });

  scenario('is applied in one pass and everything becomes ready', 200, async () => {
    await rolledOut(app);
    await everyContainerIsReady(app);
  });

  scenario('runs in a namespace that enforces Pod Security restricted', 30, async () => {
    const [namespace] = (await listObjects('namespaces')).filter(({ metadata }) => metadata.name === STACK_NAMESPACE);
    expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const attempt = kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], { input: JSON.stringify(PRIVILEGED_POD) });
    await expect(attempt).rejects.toThrow('violates PodSecurity "restricted');
  });
});
