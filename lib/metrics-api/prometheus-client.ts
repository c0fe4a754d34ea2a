import { HttpConfig, TlsClient } from '../monitoring';
import { clientSettings } from '../monitoring/http/client-settings';
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
  /** A kubeconfig that takes the place of `http`. */
  readonly kubeconfig?: SecretKey;
}

/** Flags, what has to be mounted, and the kubeconfig that is a part of the adapter's configuration. */
export interface PrometheusClient extends MountedKeys {
  readonly args: readonly string[];
  readonly kubeconfig?: string;
}

/**
 * Has the adapter ask a Prometheus. Its settings for that are a kubeconfig, of which the server's address is not used. Throws on settings that it has
 * no place for.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function prometheusClient(identity: WorkloadIdentity, { url, http, kubeconfig }: AskedPrometheus, ownKubeconfig: string): PrometheusClient {
  const args = [`--prometheus-url=${url}`];
  if (kubeconfig !== undefined) {
    return { args: [...args, `--prometheus-auth-config=${kubeconfig._file(PROGRAM)}`], ...mountedKeys(identity, PROGRAM, 'prometheus', [kubeconfig]) };
  }
  checkSettings(identity.where, http);
  const { tls, authorization, proxyUrl, headers = {} } = http;
  const headerArgs = Object.entries(headers).map(([name, value]) => `--prometheus-header=${name}=${value}`);
  if (tls === undefined && authorization === undefined && proxyUrl === undefined) {
    return { args: [...args, ...headerArgs], volumes: [], volumeMounts: [] };
  }
  const token = authorization === undefined ? undefined : authorization.credentials?._file(PROGRAM) ?? `${ACCOUNT_DIR}/token`;
  const names = { cluster: 'prometheus', user: 'prometheus' };
  // the address is not used, and credentials are read for a server by https alone
  const server = url.replace(/^http:/, 'https:');
  return {
    args: [...args, `--prometheus-auth-config=${ownKubeconfig}`, ...headerArgs],
    kubeconfig: yamlText({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: names.cluster, cluster: { server, ...authorityOf(tls), 'tls-server-name': tls?.serverName, 'proxy-url': proxyUrl } }],
      'users': [{
        name: names.user,
        user: { 'tokenFile': token, 'client-certificate': tls?.certificate?._file(PROGRAM), 'client-key': tls?.privateKey?._file(PROGRAM) },
      }],
      'contexts': [{ name: 'prometheus', context: names }],
      'current-context': 'prometheus',
    }),
    ...mountedKeys(identity, PROGRAM, 'prometheus', [tls?.ca, tls?.caConfigMap, tls?.certificate, tls?.privateKey, authorization?.credentials]),
  };
}

function authorityOf(tls: TlsClient | undefined): object {
  if (tls?.skipsVerification) {
    return { 'insecure-skip-tls-verify': true };
  }
  if (tls?._pem !== undefined) {
    return { 'certificate-authority-data': Buffer.from(tls._pem).toString('base64') };
  }
  // without one it is verified by the authorities of the image
  return { 'certificate-authority': tls?.usesClusterCa ? `${ACCOUNT_DIR}/ca.crt` : (tls?.ca ?? tls?.caConfigMap)?._file(PROGRAM) };
}

function checkSettings(where: string, http: HttpConfig): void {
  const { basicAuth, oauth2, secretHeaders, noProxy, proxyFromEnvironment, followRedirects, enableHttp2, tls, authorization } = http;
  const foreign = Object.entries({
    basicAuth, oauth2, secretHeaders, noProxy, proxyFromEnvironment, followRedirects, enableHttp2,
    'tls.minVersion': tls?.minVersion, 'tls.maxVersion': tls?.maxVersion,
    'authorization': authorization?.type === 'Bearer' ? undefined : authorization?.type,
  }).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (foreign.length > 0) {
    throw new Error(`${where}: the adapter cannot reach Prometheus with ${quoteList(foreign)}; leave them out of 'prometheusHttp', or give a kubeconfig in a Secret by 'prometheusKubeconfig'`);
  }
  clientSettings(http, `${where}: prometheusHttp`);
}
