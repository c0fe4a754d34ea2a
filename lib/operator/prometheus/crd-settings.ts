import { Credentials } from '../credentials';
import { Plain } from '../crd-spec';
import type { PodMonitorSpecPodMetricsEndpoints } from '../../../imports/pod-monitor';
import type { PrometheusSpecRemoteWrite } from '../../../imports/prometheus';
import { ACCOUNT_DIR } from '../../kubernetes/api-access';
import { AccountFile, Leaf, Plain as PlainValue, PlainMap, spell, Spelling, Verbatim, Wire, WireMap } from '../../wire/data';

/** The file of the cluster's certificate authority. */
export const CLUSTER_CA_FILE = `${ACCOUNT_DIR}/${AccountFile.CA}`;
/** The file of the service account's token. */
export const TOKEN_FILE = `${ACCOUNT_DIR}/${AccountFile.TOKEN}`;

/** The kinds of resources whose fields differ. */
export enum CrdKind {
  SERVICE_MONITOR = 'a ServiceMonitor',
  POD_MONITOR = 'a PodMonitor',
  SCRAPE_CONFIG = 'a ScrapeConfig',
  REMOTE_WRITE = 'a remote write',
  REMOTE_READ = 'a remote read',
  TRACING = 'the tracing',
  ALERTMANAGER = 'an Alertmanager endpoint',
}

const HEADERS = { httpHeaders: 'headers or secretHeaders' };

/** Settings of a client that a kind has no field for, with the props that give them. */
const UNKNOWN: { readonly [kind in CrdKind]: { readonly [setting: string]: string } } = {
  [CrdKind.SERVICE_MONITOR]: HEADERS,
  [CrdKind.POD_MONITOR]: HEADERS,
  [CrdKind.SCRAPE_CONFIG]: { ...HEADERS, followRedirects: 'followRedirects' },
  [CrdKind.REMOTE_WRITE]: { httpHeaders: 'secretHeaders', googleIam: 'googleIam' },
  [CrdKind.REMOTE_READ]: { httpHeaders: 'secretHeaders', enableHttp2: 'enableHttp2' },
  [CrdKind.TRACING]: {},
  [CrdKind.ALERTMANAGER]: { ...HEADERS, followRedirects: 'followRedirects', oauth2: 'oauth2' },
};

/** Kinds that name files of the service account themselves; others leave that to a scrape class. */
const NAMES_FILES: readonly CrdKind[] = [CrdKind.REMOTE_WRITE, CrdKind.REMOTE_READ, CrdKind.TRACING, CrdKind.ALERTMANAGER];

/** Custom resource whose fields the settings are spelled for. */
export interface CrdTarget {
  /** Construct and part of it, for messages. */
  readonly where: string;
  readonly kind: CrdKind;
  readonly credentials: Credentials;
  /**
   * Whether a scrape class names the certificate authority of the cluster.
   * @default true
   */
  readonly classNamesClusterCa?: boolean;
}

function isMap(value: Wire): value is WireMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Leaf) && !(value instanceof Verbatim);
}

/** The value of a setting that is a file of the service account. */
function accountFile(data: Wire, setting: string): AccountFile | undefined {
  const value = isMap(data) ? data[setting] : undefined;
  return value instanceof Leaf ? value.accountFile : undefined;
}

/** Whether a client reads the certificate authority of the cluster, or the token of the service account. */
export function accountFilesOfClient({ tlsConfig, authorization }: WireMap): { readonly ca: boolean; readonly token: boolean } {
  return { ca: accountFile(tlsConfig, 'ca') !== undefined, token: accountFile(authorization, 'credentials') !== undefined };
}

function check({ where, kind }: CrdTarget, data: WireMap): void {
  const unknown = Object.entries(UNKNOWN[kind]).find(([setting]) => data[setting] !== undefined);
  if (unknown !== undefined) {
    const [setting, props] = unknown;
    const got = data[setting] === false ? `${props} is false` : `got ${props}`;
    throw new Error(`${where}: ${got}, which ${kind} of the operator cannot say; leave it out, or use PrometheusServer`);
  }
}

/** ConfigMap of each namespace with the certificate authority of the cluster, where neither the kind nor a scrape class names its file. */
const CLUSTER_CA = { configMap: { name: 'kube-root-ca.crt', key: 'ca.crt' } };

function leafOf({ kind, credentials, classNamesClusterCa = true }: CrdTarget, setting: string, leaf: Leaf, ofIssuer: boolean): PlainMap {
  if (leaf.accountFile !== undefined && (ofIssuer || (leaf.accountFile === AccountFile.CA && !classNamesClusterCa))) {
    return { [setting]: { ...CLUSTER_CA } };
  }
  if (leaf.accountFile !== undefined) {
    return NAMES_FILES.includes(kind) ? { [`${setting}File`]: leaf.accountFile === AccountFile.CA ? CLUSTER_CA_FILE : TOKEN_FILE } : {};
  }
  if (leaf.configMapKey !== undefined) {
    return { [setting]: { configMap: { ...credentials.configMapKey(leaf.configMapKey) } } };
  }
  const reference = leaf.key === undefined ? {} : { ...credentials.key(leaf.key) };
  return { [setting]: setting === 'ca' || setting === 'cert' ? { secret: reference } : reference };
}

function textOf({ where, credentials }: CrdTarget, setting: string, text: string): PlainValue {
  switch (setting) {
    case 'username': return { ...credentials.text(text) };
    case 'clientId': return { secret: { ...credentials.text(text) } };
    case 'ca': throw new Error(`${where}: the certificate authority is PEM text, which the operator cannot say; put it into a ConfigMap and name it by TlsClient.configMapCa()`);
    default: return text;
  }
}

/** Maps that are left empty, and authorization whose token a scrape class names, say nothing. */
function withoutEmpty(data: PlainMap): PlainMap {
  const kept = Object.entries(data).map(([key, value]): readonly [string, PlainValue] => (
    [key, typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutEmpty(value) : value]
  ));
  return Object.fromEntries(kept.filter(([key, value]) => {
    const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
    return keys === undefined || (keys.length > 0 && !(key === 'authorization' && keys.join() === 'type'));
  }));
}

/** Fields of an HTTP client that all kinds have. */
export type ClientFields = Pick<
  Plain<PodMonitorSpecPodMetricsEndpoints>,
  'authorization' | 'basicAuth' | 'oauth2' | 'tlsConfig' | 'proxyUrl' | 'noProxy' | 'proxyFromEnvironment' | 'enableHttp2'
>;

/** The fields of an HTTP client in a custom resource. Throws as `crdSettings` does. */
export function clientFields(target: CrdTarget, client: WireMap): ClientFields {
  return crdSettings(target, client);
}

/** Fields of credentials of a cloud, which only a remote write has. */
export type CloudFields = Pick<Plain<PrometheusSpecRemoteWrite>, 'sigv4' | 'azureAd'>;

/** The fields of credentials of a cloud: ids are text, and a method without settings is said by an empty mapping. Throws as `crdSettings` does. */
export function cloudFields(target: CrdTarget, cloud: WireMap): CloudFields {
  check(target, cloud);
  const { azureAd, sigv4 } = cloud;
  if (isMap(azureAd) && azureAd.certificate !== undefined) {
    throw new Error(`${target.where}: got AzureAd.certificate, which ${target.kind} of the operator cannot say; use another of AzureAd, or PrometheusServer`);
  }
  if (isMap(sigv4) && sigv4.profile !== undefined) {
    throw new Error(`${target.where}: got SigV4.profile, and Pods of the operator have no file of profiles; use SigV4.accessKey, or PrometheusServer`);
  }
  const ofSession = isMap(sigv4) ? ['sessionName', 'tags'].find((setting) => sigv4[setting] !== undefined) : undefined;
  if (ofSession !== undefined) {
    throw new Error(`${target.where}: got '${ofSession}' of SigV4, which ${target.kind} of the operator cannot say; leave it out, or use PrometheusServer`);
  }
  return spell(cloud, { key: (key) => key, leaf: (setting, leaf) => leafOf(target, setting, leaf, false) });
}

/**
 * Settings as a custom resource has them: Secrets and ConfigMaps as references, user names and client ids in a Secret of their own. Throws on what
 * the kind has no field for, and when the app makes a Secret or a ConfigMap in another namespace.
 */
export function crdSettings(target: CrdTarget, data: WireMap): PlainMap {
  check(target, data);
  const spelling = (ofIssuer: boolean): Spelling => ({
    key: (key) => key,
    leaf: (setting, leaf) => leafOf(target, setting, leaf, ofIssuer),
    text: (setting, text) => textOf(target, setting, text),
  });
  const { oauth2, ...others } = data;
  return withoutEmpty({ ...spell(others, spelling(false)), ...spell({ oauth2 }, spelling(true)) });
}
