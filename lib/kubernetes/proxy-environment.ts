import { k8s } from 'cdk8s-plus-27';
import { requireOwnSecret } from './own-namespace';
import { SecretKey } from './secret-key';
import { WorkloadIdentity } from './workload-identity';
import { checkUrl } from '../checks';

/**
 * Proxy variables in the environment of a program, which its HTTP clients with `proxyFromEnvironment` use. The API server and names that end in
 * `.svc` are always reached without the proxy.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export interface ProxyEnvironment {
  /**
   * `HTTP_PROXY`: URL of the proxy for http.
   * @default - `httpProxyFrom`, else none
   */
  readonly httpProxy?: string;
  /**
   * `HTTP_PROXY` from a Secret, where the URL has a password. The program starts once the Secret exists, and reads it then.
   * @default - `httpProxy`
   */
  readonly httpProxyFrom?: SecretKey;
  /**
   * `HTTPS_PROXY`: URL of the proxy for https.
   * @default - `httpsProxyFrom`, else none
   */
  readonly httpsProxy?: string;
  /**
   * `HTTPS_PROXY` from a Secret, where the URL has a password. The program starts once the Secret exists, and reads it then.
   * @default - `httpsProxy`
   */
  readonly httpsProxyFrom?: SecretKey;
  /**
   * `NO_PROXY`: further IP addresses, CIDR ranges and domain names that are reached without the proxy.
   * @default - none
   */
  readonly noProxy?: string[];
}

/** The cluster's own addresses; client-go, too, takes the proxy of the environment. */
const WITHOUT_PROXY = ['$(KUBERNETES_SERVICE_HOST)', '.svc'];

function variable({ where, namespace }: WorkloadIdentity, name: string, prop: string, url?: string, key?: SecretKey): k8s.EnvVar[] {
  if (url !== undefined && key !== undefined) {
    throw new Error(`${where}: proxyEnvironment: got '${prop}' and '${prop}From'; keep one of them`);
  }
  if (url !== undefined) {
    checkUrl(url, `${where}: proxyEnvironment.${prop}`, `give the URL by '${prop}From', from a Secret`);
    return [{ name, value: url }];
  }
  if (key === undefined) {
    return [];
  }
  requireOwnSecret(where, key.secret, namespace);
  return [{ name, valueFrom: { secretKeyRef: { name: key.secret.name, key: key.key } } }];
}

/** The variables of a container. Throws without a proxy, on URLs that are not http or https, and when the app makes a Secret in another namespace. */
export function proxyVariables(identity: WorkloadIdentity, environment: ProxyEnvironment | undefined): k8s.EnvVar[] {
  if (environment === undefined) {
    return [];
  }
  const { httpProxy, httpProxyFrom, httpsProxy, httpsProxyFrom, noProxy = [] } = environment;
  const proxies = [
    ...variable(identity, 'HTTP_PROXY', 'httpProxy', httpProxy, httpProxyFrom), ...variable(identity, 'HTTPS_PROXY', 'httpsProxy', httpsProxy, httpsProxyFrom),
  ];
  if (proxies.length === 0) {
    throw new Error(`${identity.where}: proxyEnvironment names no proxy; give 'httpProxy' or 'httpsProxy', or leave it out`);
  }
  return [...proxies, { name: 'NO_PROXY', value: [...WITHOUT_PROXY, ...noProxy].join(',') }];
}
