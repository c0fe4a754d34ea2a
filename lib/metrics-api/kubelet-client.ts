import { Duration } from 'cdk8s';
import { checkPortNumber } from '../checks';
import { MountedKeys, mountedKeys } from '../kubernetes/mounted-keys';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { TlsClient } from '../monitoring';
import { tlsFiles } from '../monitoring/http/tls-files';
import { unsupportedTls } from '../monitoring/http/unsupported-settings';
import { quoteList } from '../text';
import { goDuration } from '../units';

const PROGRAM = 'metrics-server';

/** The port of kubelets without encryption and users, where it is opened. */
const READ_ONLY_PORT = 10255;

/**
 * Type of a node's address.
 * @see https://kubernetes.io/docs/reference/node/node-status/#addresses
 */
export enum NodeAddressType {
  /** IP address within the cluster. */
  INTERNAL_IP = 'InternalIP',
  /** IP address that is reached from outside. */
  EXTERNAL_IP = 'ExternalIP',
  /** Name that the kubelet gives. */
  HOSTNAME = 'Hostname',
  /** DNS name within the cluster. */
  INTERNAL_DNS = 'InternalDNS',
  /** DNS name that is reached from outside. */
  EXTERNAL_DNS = 'ExternalDNS',
}

/** Client of the kubelets. */
export interface KubeletClientOptions {
  /**
   * Verification of the kubelets' certificates. kubeadm and kind leave them self-signed unless the kubelet's `serverTLSBootstrap` is on
   * and its requests are approved; then only `TlsClient.insecureSkipVerify()` reaches them.
   * @default TlsClient.clusterCa()
   */
  readonly kubeletTls?: TlsClient;
  /**
   * Types of a node's addresses by which its kubelet is reached, the preferred one first.
   * @default - NodeAddressType.INTERNAL_IP, NodeAddressType.EXTERNAL_IP, NodeAddressType.HOSTNAME
   */
  readonly kubeletAddressTypes?: NodeAddressType[];
  /**
   * Port of HTTPS of the kubelets.
   * @default - the one in the status of each node
   */
  readonly kubeletPort?: number;
  /**
   * Interval of reading the kubelets, 10 seconds or more.
   * @default Duration.seconds(15)
   */
  readonly resolution?: Duration;
  /**
   * Timeout of a request to a kubelet, up to 90% of the resolution.
   * @default - 10 seconds, or 90% of a shorter resolution
   */
  readonly kubeletTimeout?: Duration;
  /**
   * Labels of the nodes to read. Other nodes, and the Pods on them, have no metrics.
   * @default - all nodes
   */
  readonly nodeLabels?: { readonly [label: string]: string };
}

/** Flags, and what the certificates need to be mounted. */
export interface KubeletClient extends MountedKeys {
  readonly args: readonly string[];
}

/** The client of the kubelets. Throws on what metrics-server has no flag for. */
export function kubeletClient(identity: WorkloadIdentity, options: KubeletClientOptions): KubeletClient {
  const { where } = identity;
  const { kubeletTls: tls = TlsClient.clusterCa(), kubeletPort, kubeletAddressTypes, nodeLabels = {} } = options;
  const types = kubeletAddressTypes ?? [NodeAddressType.INTERNAL_IP, NodeAddressType.EXTERNAL_IP, NodeAddressType.HOSTNAME];
  if (types.length === 0) {
    throw new Error(`${where}: kubeletAddressTypes is empty; name at least one NodeAddressType, or leave it out for the default`);
  }
  if (kubeletPort !== undefined) {
    checkPortNumber(kubeletPort, `${where}: kubeletPort`);
  }
  if (kubeletPort === READ_ONLY_PORT) {
    throw new Error(`${where}: kubeletPort ${kubeletPort} is where kubelets speak HTTP without users, and metrics-server speaks HTTPS; choose that of HTTPS, mostly 10250, or leave it out`);
  }
  checkClient(where, tls);
  // The cluster's authority is its default.
  const { ca, certificate, privateKey, keys } = tlsFiles(tls, { file: (key) => key._file(PROGRAM), clusterCa: () => undefined });
  return {
    args: [
      `--kubelet-preferred-address-types=${types.join()}`,
      kubeletPort === undefined ? '--kubelet-use-node-status-port' : `--kubelet-port=${kubeletPort}`,
      ...timeArgs(where, options),
      ...(tls.skipsVerification ? ['--kubelet-insecure-tls'] : []),
      ...(ca === undefined ? [] : [`--kubelet-certificate-authority=${ca}`]),
      ...(certificate === undefined ? [] : [`--kubelet-client-certificate=${certificate}`]),
      ...(privateKey === undefined ? [] : [`--kubelet-client-key=${privateKey}`]),
      ...(Object.keys(nodeLabels).length === 0 ? [] : [`--node-selector=${Object.entries(nodeLabels).map(([label, value]) => `${label}=${value}`).join()}`]),
    ],
    ...mountedKeys(identity, PROGRAM, 'kubelet', keys),
  };
}

function checkClient(where: string, tls: TlsClient): void {
  const unknown = unsupportedTls(tls);
  if (unknown.length > 0) {
    throw new Error(`${where}: kubeletTls has ${quoteList(unknown)}, for which metrics-server has no flags; leave them out`);
  }
  if (!tls.usesClusterCa && !tls.skipsVerification && tls.ca === undefined && tls.caConfigMap === undefined) {
    throw new Error(`${where}: kubeletTls names no authority in a Secret or a ConfigMap; use TlsClient.clusterCa(), .secretCa(), .configMapCa() or .insecureSkipVerify()`);
  }
}

/** metrics-server ends at its start when it would wait for a kubelet longer than 90% of the resolution. */
function timeArgs(where: string, { resolution = Duration.seconds(15), kubeletTimeout }: KubeletClientOptions): string[] {
  const milliseconds = resolution.toMilliseconds();
  if (milliseconds < 10_000) {
    throw new Error(`${where}: resolution ${goDuration(resolution)} is shorter than the 10s that metrics-server accepts; choose 10 seconds or more`);
  }
  const longest = Duration.millis(Math.floor(milliseconds * 0.9));
  const timeout = kubeletTimeout ?? (longest.toMilliseconds() < 10_000 ? longest : undefined);
  if (timeout !== undefined && (timeout.toMilliseconds() === 0 || timeout.toMilliseconds() > longest.toMilliseconds())) {
    throw new Error(`${where}: kubeletTimeout ${goDuration(timeout)} is not above 0 and up to 90% of the resolution, ${goDuration(longest)}; choose a time in between, or leave it out`);
  }
  return [`--metric-resolution=${goDuration(resolution)}`, ...(timeout === undefined ? [] : [`--kubelet-request-timeout=${goDuration(timeout)}`])];
}
