/** Throws on an address that Thanos does not find a server by: a host with its port, or a name with the way in which it is looked up. */
export function checkThanosAddresses(
  where: string, addresses: readonly string[], what: string, { host, service }: { readonly host: string; readonly service: string },
): void {
  addresses.forEach((address) => {
    if (!/^(dns\+|dnssrv\+|dnssrvnoa\+)?[A-Za-z0-9_[][^\s\p{C}]*$/u.test(address) || /:\/\//.test(address) || !/\+|:\d+$/.test(address) || Number(/:(\d+)$/.exec(address)?.[1] ?? 1) > 65535) {
      throw new Error(`${where}: '${address}' is not the address of ${what}; write it as '${host}' or 'dnssrv+${service}'`);
    }
  });
}

/** Host that the certificate of an address names: of a name that is looked up what follows service and protocol. */
export function hostOfAddress(address: string): string {
  const name = address.replace(/^[a-z]+\+/, '').replace(/:\d+$/, '').replace(/^\[(.+)\]$/, '$1');
  return address.startsWith('dnssrv') ? name.replace(/^_[^.]+\._[^.]+\./, '') : name;
}
