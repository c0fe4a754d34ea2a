import { parse as parseYaml } from 'yaml';
import { getObject, getRaw, KubeObject, listObjects, parse } from './kubectl';

/** A cluster of kubeadm or kind: `opened` lets Pods reach the metrics of every component, `unmodified` is as it was made. */
export type ClusterKind = 'opened' | 'unmodified';

export interface ControlPlanePod extends KubeObject {
  readonly spec: { readonly containers: readonly { readonly command?: readonly string[] }[] };
}

/** The settings of a kubelet that say whose certificate it serves. */
export interface KubeletSettings {
  readonly serverTLSBootstrap?: boolean;
  readonly tlsCertFile?: string;
}

/** Certificate that a kubelet makes itself where nobody gives it one, and then reports as its own. */
const SELF_SIGNED = '/var/lib/kubelet/pki/kubelet.crt';

/** The settings that decide on the kind of a cluster. */
export interface ClusterSettings {
  /** Pods of the control plane, by the label `component`. */
  readonly pods: readonly ControlPlanePod[];
  /** The KubeProxyConfiguration, as text. */
  readonly kubeProxy: string;
  readonly kubelets: readonly KubeletSettings[];
}

interface Setting {
  readonly text: string;
  readonly isOpen: boolean;
}

/** For each component of the control plane the flag that says where it serves metrics, and the address without the flag. */
const FLAGS: ReadonlyArray<readonly [component: string, flag: string, unset: string]> = [
  ['kube-scheduler', '--bind-address', '0.0.0.0'],
  ['kube-controller-manager', '--bind-address', '0.0.0.0'],
  ['etcd', '--listen-metrics-urls', ''],
];
const LOOPBACK = /^(https?:\/\/)?(127\.|localhost|\[?::1\b)/;

function isComponent(component: string): (pod: ControlPlanePod) => boolean {
  return ({ metadata }) => metadata.labels?.component === component;
}

function isOpen(addresses: string): boolean {
  return addresses !== '' && addresses.split(',').some((address) => !LOOPBACK.test(address));
}

function settingsOf({ pods, kubeProxy, kubelets }: ClusterSettings): Setting[] {
  const flags = FLAGS.flatMap(([component, flag, unset]) => pods.filter(isComponent(component)).map((pod) => {
    const command = pod.spec.containers.flatMap((container) => container.command ?? []);
    const addresses = command.find((argument) => argument.startsWith(`${flag}=`))?.slice(flag.length + 1) ?? unset;
    return { text: `${component} has ${flag} '${addresses}'`, isOpen: isOpen(addresses) };
  }));
  const { metricsBindAddress: bound = '' } = parseYaml(kubeProxy) as { metricsBindAddress?: string };
  return [
    ...flags,
    { text: `kube-proxy has metricsBindAddress '${bound}'`, isOpen: isOpen(bound) },
    ...kubelets.map(({ serverTLSBootstrap = false, tlsCertFile = '' }) => (
      {
        text: `a kubelet has serverTLSBootstrap ${serverTLSBootstrap} and tlsCertFile '${tlsCertFile}'`,
        isOpen: serverTLSBootstrap || !['', SELF_SIGNED].includes(tlsCertFile),
      }
    )),
  ];
}

const ASKED: { readonly [kind in ClusterKind]: string } = {
  opened: 'these tests need a cluster that is opened as docs/manual.md says; for one as kubeadm or kind made it: npm run test:e2e:unmodified',
  unmodified: 'these tests need a cluster as kubeadm or kind made it; for one that is opened: npm run test:e2e',
};

/** Why a cluster is not of a kind; undefined where it is. */
export function refusalOf(kind: ClusterKind, cluster: ClusterSettings): string | undefined {
  const unknown = FLAGS.map(([component]) => component).filter((component) => !cluster.pods.some(isComponent(component)));
  if (unknown.length > 0) {
    return `kube-system has no Pod with the label component=${unknown.join(' or ')}: these tests need a cluster made by kubeadm or kind`;
  }
  const wrong = settingsOf(cluster).filter((setting) => setting.isOpen !== (kind === 'opened'));
  return wrong.length === 0 ? undefined : `${wrong.map(({ text }) => text).join(', ')}: ${ASKED[kind]}`;
}

interface ConfigMap extends KubeObject {
  readonly data: { readonly [file: string]: string };
}

/** Throws unless the cluster is of the kind, since tests would fail for no reason, or pass without one. */
export async function checkCluster(kind: ClusterKind): Promise<void> {
  const [pods, { data }, nodes] = await Promise.all([
    listObjects<ControlPlanePod>('pods', { namespace: 'kube-system', selector: 'tier=control-plane' }),
    getObject<ConfigMap>('configmap', 'kube-proxy', 'kube-system'),
    listObjects('nodes'),
  ]);
  const kubelets = await Promise.all(nodes.map(async ({ metadata }) => (
    parse<{ kubeletconfig: KubeletSettings }>(await getRaw(`/api/v1/nodes/${metadata.name}/proxy/configz`)).kubeletconfig
  )));
  const refusal = refusalOf(kind, { pods, kubeProxy: data['config.conf'], kubelets });
  if (refusal !== undefined) {
    throw new Error(refusal);
  }
}
