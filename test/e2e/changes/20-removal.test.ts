import { DeployedApp, remove } from '../harness/apps';
import { eventually } from '../harness/eventually';
import { existing, kubectl } from '../harness/kubectl';
import { operatorCrds, operatorExample, removeKubeletService } from '../harness/operator';
import { given, scenario } from '../harness/scenario';

const KUBELETS = ['get', 'services,endpointslices', '--namespace', 'kube-system', '--selector', 'app.kubernetes.io/managed-by=prometheus-operator', '-o', 'name'];

/** What is of the operator's kinds, in any namespace. */
function ofKinds({ objects }: DeployedApp): Promise<string> {
  return kubectl(['get', objects.map(({ metadata }) => metadata.name).join(), '--all-namespaces', '-o', 'name']);
}

describe('removal of an app on the operator', () => {
  let crds: DeployedApp;
  let app: DeployedApp;
  given(400, async () => {
    crds = await operatorCrds();
    app = await operatorExample();
    await eventually('the operator keeps the Service of the kubelets', 60, async () => {
      expect((await kubectl(KUBELETS)).split('\n')).toContain('service/kubelet');
    });
    await expect(existing(app.objects)).resolves.toHaveLength(app.objects.length);
    await expect(existing(crds.objects)).resolves.toHaveLength(crds.objects.length);
  });

  scenario('takes all but the Service of the kubelets', 300, async () => {
    await remove(app.name);
    await expect(existing(app.objects)).resolves.toEqual([]);
    await expect(ofKinds(crds)).resolves.toBe('');
    expect((await kubectl(KUBELETS)).split('\n')).toContain('service/kubelet');
  });

  scenario('takes that Service and its endpoints by their label', 30, async () => {
    await removeKubeletService();
    await eventually('both are gone', 20, async () => {
      await expect(kubectl(KUBELETS)).resolves.toBe('');
    });
  });

  scenario('takes the definitions last', 60, async () => {
    await remove(crds.name);
    await expect(existing(crds.objects)).resolves.toEqual([]);
  });
});
