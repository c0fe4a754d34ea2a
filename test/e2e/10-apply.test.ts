import { DeployedApp, rolledOut } from './harness/apps';
import { busybox } from './harness/images';
import { kubectl, listObjects } from './harness/kubectl';
import { Pod } from './harness/pods';
import { REFERENCE_NAMESPACE, referenceApp } from './harness/reference';
import { given, scenario } from './harness/scenario';

const PRIVILEGED_POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'intruder', namespace: REFERENCE_NAMESPACE },
  spec: { hostNetwork: true, containers: [{ name: 'intruder', image: busybox() }] },
};

describe('the reference app', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await referenceApp();
  });

  scenario('is applied in one pass and everything becomes ready', 200, async () => {
    await rolledOut(app);
    for (const namespace of app.namespaces) {
      const pods = await listObjects<Pod>('pods', { namespace });
      expect(pods).not.toEqual([]);
      const containers = pods.flatMap(({ metadata, status }) => (status.containerStatuses ?? []).map(({ name, ready, restartCount }) => ({
        container: `${metadata.name}/${name}`, ready, restartCount,
      })));
      expect(containers.filter(({ ready, restartCount }) => !ready || restartCount > 0)).toEqual([]);
    }
  });

  scenario('runs in a namespace that enforces Pod Security restricted', 30, async () => {
    const [namespace] = (await listObjects('namespaces')).filter(({ metadata }) => metadata.name === REFERENCE_NAMESPACE);
    expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const attempt = kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], { input: JSON.stringify(PRIVILEGED_POD) });
    await expect(attempt).rejects.toThrow('violates PodSecurity "restricted');
  });
});
