import { HttpConfig } from '../monitoring';
import { clientSettings } from '../monitoring/http/client-settings';
import { TlsFiles, tlsFiles } from '../monitoring/http/tls-files';
import { unsupportedSettings } from '../monitoring/http/unsupported-settings';
import { ACCOUNT_DIR } from '../kubernetes/api-access';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { SecretKey } from '../kubernetes';
import { MountedKeys, mountedKeys } from '../kubernetes/mounted-keys';
import { quoteList } from '../text';
import { yamlText } from '../yaml';

const PROGRAM = 'prometheus-adapter';

/** Prometheus that the adapter asks. */
export interface AskedPrometheus {
  readonly url: string;
  readonly http: HttpConfig;
  /** Path of the Prometheus whose settings `http` are; undefined where the user gave them. */
  readonly askedBy?: string;
  /** A kubeconfig that takes the place of `http`. */
  readonly kubeconfig?: SecretKey;
}

/** Flags, what has to be mounted, and the kubeconfig that is a part of the adapter's configuration. */
export interface PrometheusClient extends MountedKeys {
  readonly args: readonly string[];
  readonly kubeconfig?: string;
}

/**
 * Client by which the adapter asks a Prometheus. Its settings for that are a kubeconfig, of which the server's address is not used. Throws on
 * settings that it has no place for.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function prometheusClient(
  identity: WorkloadIdentity, { url, http, kubeconfig, askedBy }: AskedPrometheus, ownKubeconfig: string,
): PrometheusClient {
  const args = [`--prometheus-url=${url}`];
  if (kubeconfig !== undefined) {
    return { args: [...args, `--prometheus-auth-config=${kubeconfig._file(PROGRAM)}`], ...mountedKeys(identity, PROGRAM, 'prometheus', [kubeconfig]) };
  }
  checkSettings(identity.where, http, askedBy);
  const { tls, authorization, proxyUrl, headers = {} } = http;
  const headerArgs = Object.entries(headers).map(([name, value]) => `--prometheus-header=${name}=${value}`);
  if (tls === undefined && authorization === undefined && proxyUrl === undefined) {
    return { args: [...args, ...headerArgs], volumes: [], volumeMounts: [] };
  }
  const files = tls && tlsFiles(tls, { file: (key) => key._file(PROGRAM), clusterCa: () => `${ACCOUNT_DIR}/ca.crt` });
  const token = authorization === undefined ? undefined : authorization.credentials?._file(PROGRAM) ?? `${ACCOUNT_DIR}/token`;
  const names = { cluster: 'prometheus', user: 'prometheus' };
  // the address is not used, and credentials are read for a server by https alone
  const server = url.replace(/^http:/, 'https:');
  return {
    args: [...args, `--prometheus-auth-config=${ownKubeconfig}`, ...headerArgs],
    kubeconfig: yamlText({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: names.cluster, cluster: { server, ...authorityOf(files), 'tls-server-name': tls?.serverName, 'proxy-url': proxyUrl } }],
      'users': [{ name: names.user, user: { 'tokenFile': token, 'client-certificate': files?.certificate, 'client-key': files?.privateKey } }],
      'contexts': [{ name: 'prometheus', context: names }],
      'current-context': 'prometheus',
    }),
    ...mountedKeys(identity, PROGRAM, 'prometheus', [...files?.keys ?? [], authorization?.credentials]),
  };
}

/** Without one the server is verified by the authorities of the image. */
function authorityOf({ ca, pem, skipsVerification }: Partial<TlsFiles> = {}): object {
  return {
    'certificate-authority': ca,
    'certificate-authority-data': pem && Buffer.from(pem).toString('base64'),
    'insecure-skip-tls-verify': skipsVerification || undefined,
  };
}

function checkSettings(where: string, http: HttpConfig, askedBy: string | undefined): void {
  const isToken = http.authorization?.type === 'Bearer';
  const foreign = unsupportedSettings(http, [...(isToken ? ['authorization'] as const : []), 'tls', 'tls.serverName', 'proxyUrl', 'headers']);
  if (foreign.length > 0) {
    const [origin, wayOut] = askedBy === undefined ? ['', "leave them out of 'prometheusHttp', or "] : [`, which the web configuration of '${askedBy}' asks for`, ''];
    throw new Error(`${where}: the adapter cannot reach Prometheus with ${quoteList(foreign)}${origin}; ${wayOut}give a kubeconfig in a Secret by 'prometheusKubeconfig'`);
  }
  clientSettings(http, `${where}: prometheusHttp`);
}
