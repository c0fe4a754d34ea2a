import { BlockList, isIP } from 'node:net';

const SPECIAL: ReadonlyArray<readonly [string, 'ipv4' | 'ipv6', string, number]> = [
  ['an unspecified address', 'ipv4', '0.0.0.0', 8],
  ['a loopback address', 'ipv4', '127.0.0.0', 8],
  ['a link-local address', 'ipv4', '169.254.0.0', 16],
  ['a multicast address', 'ipv4', '224.0.0.0', 4],
  ['a broadcast address', 'ipv4', '255.255.255.255', 32],
  ['an IPv4 address written as IPv6', 'ipv6', '::ffff:0:0', 96],
  ['an unspecified address', 'ipv6', '::', 128],
  ['a loopback address', 'ipv6', '::1', 128],
  ['a link-local address', 'ipv6', 'fe80::', 10],
  ['a multicast address', 'ipv6', 'ff00::', 8],
];

/** A program, and the port of its instances. */
export interface AddressedProgram {
  readonly program: string;
  readonly port: number;
}

/** The addresses of instances in their canonical form; throws unless each is one that the API server accepts, and is named once. */
export function instanceAddresses(where: string, of: AddressedProgram, addresses: readonly string[]): string[] {
  if (addresses.length === 0) {
    throw new Error(`${where}: addresses is empty; name the IP address of each instance, or leave it out for ${of.program} in Pods`);
  }
  const canonical = addresses.map((address) => canonicalAddress(where, of, address));
  const twice = canonical.findIndex((address, i) => canonical.indexOf(address) !== i);
  if (twice >= 0) {
    throw new Error(`${where}: addresses names ${addresses[twice]} twice; two targets with equal labels overwrite each other`);
  }
  return canonical;
}

function canonicalAddress(where: string, of: AddressedProgram, address: string): string {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) {
    throw new Error(`${where}: addresses: ${notAnAddress(of, address)}`);
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const special = SPECIAL.find(([, ofFamily, network, bits]) => ofFamily === type && inNetwork(address, type, network, bits));
  if (special !== undefined) {
    throw new Error(`${where}: addresses: '${address}' is ${special[0]}, which the API server refuses in endpoints; name the address at which the cluster reaches the instance`);
  }
  return type === 'ipv4' ? address : new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function inNetwork(address: string, type: 'ipv4' | 'ipv6', network: string, bits: number): boolean {
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(address, type);
}

function notAnAddress({ program, port }: AddressedProgram, address: string): string {
  if (/^[a-z]+:\/\//.test(address)) {
    return `'${address}' is a URL; name the IP address alone, the port by 'port', and TLS by 'tls'`;
  }
  if (/^([\d.]+|\[.*\]):\d+$/.test(address)) {
    return `'${address}' has a port; name the IP address alone, and the port by 'port'`;
  }
  if (/^\[.*\]$/.test(address) || address.includes('%') || /^[\d.]+$/.test(address)) {
    return `'${address}' is not an IP address; write '192.0.2.11' or '2001:db8::11', without brackets or zone`;
  }
  return `'${address}' is a host name, and endpoints take IP addresses; name its address, or scrape the name by `
    + `ScrapeJob.fromStaticTargets({ name: '${program}', targets: ['${address}:${port}'], endpoints: [new ScrapeEndpoint({ tls })] })`;
}
