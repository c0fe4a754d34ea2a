import { didYouMean } from '../../text';

/**
 * Types of DNS records that blackbox-exporter asks for.
 * @see https://github.com/miekg/dns/blob/master/types.go
 */
const TYPES = ('A NS MD MF CNAME SOA MB MG MR NULL PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP-PTR SIG KEY PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA '
  + 'NAPTR KX CERT DNAME OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC '
  + 'ZONEMD SVCB HTTPS SPF UINFO UID GID UNSPEC NID L32 L64 LP EUI48 EUI64 NXNAME URI CAA AVC AMTRELAY RESINFO TKEY TSIG IXFR AXFR MAILB MAILA ANY TA DLV')
  .split(' ');

/** Whether there are DNS records of the type. */
export function isQueryType(type: string): boolean {
  return TYPES.includes(type);
}

/** Throws unless the type of records, where one is named, exists. */
export function checkQueryType(where: string, type: string | undefined): void {
  if (type !== undefined && !isQueryType(type)) {
    throw new Error(`${where}: queryType: '${type}' is not a type of DNS records${didYouMean(type, TYPES) || ';'} write it as 'A', 'AAAA', 'MX' or 'TXT'`);
  }
}
