import { isIP } from 'node:net';
import { DnsPolicy } from 'cdk8s-plus-27';
import { PodOptions } from './pod-options';
import { checkNotEmpty } from '../checks';

/** Entries of `/etc/hosts`, complete. */
function hostAliasesOf(where: string, { hostAliases }: PodOptions): Array<{ readonly ip: string; readonly hostnames: string[] }> | undefined {
  const seen = new Set<string>();
  return hostAliases?.map((alias) => {
    const { ip = '', hostnames = [] } = alias;
    if (isIP(ip) === 0) {
      throw new Error(`${where}: hostAliases: '${ip}' is not an IP address; give one such as '192.0.2.10'`);
    }
    if (hostnames.length === 0) {
      throw new Error(`${where}: hostAliases: '${ip}' has no host names; give at least one`);
    }
    if (seen.has(ip)) {
      throw new Error(`${where}: hostAliases: '${ip}' is given twice; put its host names together`);
    }
    seen.add(ip);
    return { ...alias, ip, hostnames };
  });
}

function dnsConfigOf(where: string, { dnsConfig }: PodOptions) {
  const wrong = dnsConfig?.nameservers?.find((server) => isIP(server) === 0);
  if (wrong !== undefined) {
    throw new Error(`${where}: dnsConfig: name server '${wrong}' is not an IP address; give one such as '192.0.2.53'`);
  }
  return dnsConfig === undefined ? undefined : {
    ...dnsConfig,
    options: dnsConfig.options?.map((option) => {
      const { name = '' } = option;
      checkNotEmpty(name, `${where}: dnsConfig: the name of an option`, "name one such as 'ndots'");
      return { ...option, name };
    }),
  };
}

/**
 * Network, users and name resolution of a Pod. Throws on host aliases without an address or a name, and on what Kubernetes refuses: the DNS policy
 * `None` without a name server, the network of the node without its users.
 */
export function podNetwork(where: string, options: PodOptions) {
  const { hostNetwork, hostUsers, dnsConfig } = options;
  const dnsPolicy: `${DnsPolicy}` | undefined = options.dnsPolicy ?? (hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined);
  if (dnsPolicy === 'None' && (dnsConfig?.nameservers ?? []).length === 0) {
    throw new Error(`${where}: 'dnsPolicy' is None, and 'dnsConfig' has no 'nameservers'; give at least one`);
  }
  if (hostNetwork === true && hostUsers === false) {
    throw new Error(`${where}: got 'hostUsers: false' with 'hostNetwork: true', which the API server refuses; leave out one of them`);
  }
  return { hostNetwork, hostUsers, dnsPolicy, dnsConfig: dnsConfigOf(where, options), hostAliases: hostAliasesOf(where, options) };
}
