import { busybox } from './images';
import { applyObjects, kubectl, KubeObject, listObjects } from './kubectl';

const NAMESPACE = 'e2e-etcd-certificates';
const POD = 'reader';

interface EtcdPod extends KubeObject {
  readonly spec: {
    readonly nodeName: string;
    readonly volumes?: readonly { readonly name: string; readonly hostPath?: { readonly path: string } }[];
  };
  readonly status: { readonly podIP: string };
}

/** The etcd that kubeadm runs in the cluster, as if it were outside of it. */
export interface ClusterEtcd {
  /** Addresses of the members. */
  readonly addresses: string[];
  /** Content by the name of the file. */
  readonly files: Record<string, string>;
}

/** Reads files of etcd's certificates on its node, by a Pod that mounts their folder; needs a cluster made by kubeadm or kind. */
export async function clusterEtcd(names: readonly string[]): Promise<ClusterEtcd> {
  const members = await listObjects<EtcdPod>('pods', { namespace: 'kube-system', selector: 'component=etcd' });
  const path = members[0]?.spec.volumes?.find(({ name }) => name === 'etcd-certs')?.hostPath?.path;
  if (path === undefined) {
    throw new Error('no Pod of kube-system with label component=etcd mounts a folder etcd-certs: this case needs the etcd of a cluster made by kubeadm or kind');
  }
  const metadata = { namespace: NAMESPACE, name: POD };
  await applyObjects(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: {
        nodeName: members[0].spec.nodeName,
        tolerations: [{ operator: 'Exists' }],
        terminationGracePeriodSeconds: 0,
        containers: [{
          name: POD, image: busybox(), command: ['sleep', '600'], volumeMounts: [{ name: 'certificates', mountPath: '/certificates', readOnly: true }],
        }],
        volumes: [{ name: 'certificates', hostPath: { path, type: 'Directory' } }],
      },
    },
  );
  try {
    await kubectl(['wait', '--for=condition=Ready', '--namespace', NAMESPACE, `pod/${POD}`, '--timeout=60s']);
    const files = await Promise.all(names.map(async (name) => [name, await kubectl(['exec', '--namespace', NAMESPACE, POD, '--', 'cat', `/certificates/${name}`])]));
    return { addresses: members.map(({ status }) => status.podIP), files: Object.fromEntries(files) as Record<string, string> };
  } finally {
    await kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
  }
}
