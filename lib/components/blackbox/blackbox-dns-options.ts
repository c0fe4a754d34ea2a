import { BlackboxModuleOptions } from './blackbox-module-options';
import { TlsClient } from '../../monitoring';

/** Transport protocol of a DNS query. */
export enum DnsTransport {
  /** UDP. */
  UDP = 'udp',
  /** TCP. */
  TCP = 'tcp',
}

/** Conditions on the records of a section of an answer: regular expressions (RE2, not anchored). */
export interface DnsRecordMatch {
  /**
   * None of them may match any record.
   * @default - none
   */
  readonly failIfMatches?: string[];
  /**
   * Not all records may match one of them.
   * @default - none
   */
  readonly failIfAllMatch?: string[];
  /**
   * Each of them has to match every record.
   * @default - none
   */
  readonly failIfNotMatches?: string[];
  /**
   * Each of them has to match some record.
   * @default - none
   */
  readonly failIfNoneMatches?: string[];
}

/**
 * A probe by a DNS question; the target is the DNS server.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#dns_probe
 */
export interface DnsModuleOptions extends BlackboxModuleOptions {
  /** Name that is asked for. */
  readonly queryName: string;
  /**
   * Type that is asked for: `A`, `AAAA`, `SOA`, …
   * @default A
   */
  readonly queryType?: string;
  /**
   * Class that is asked for.
   * @default IN
   */
  readonly queryClass?: string;
  /**
   * Whether the server is to ask others.
   * @default true
   */
  readonly recursionDesired?: boolean;
  /**
   * Address of the exporter from which the question is sent.
   * @default - the system's choice
   */
  readonly sourceIpAddress?: string;
  /**
   * Transport protocol of the query.
   * @default DnsTransport.UDP
   */
  readonly transport?: DnsTransport;
  /**
   * Answer codes that are a success.
   * @default - NOERROR
   */
  readonly validRcodes?: string[];
  /**
   * Regular expressions (RE2, not anchored) that every record of the answer has to match.
   * @default - none
   */
  readonly failIfAnswerNotMatches?: string[];
  /**
   * Further conditions on the records of the answer.
   * @default - none
   */
  readonly answer?: DnsRecordMatch;
  /**
   * Conditions on the records of the authority section.
   * @default - none
   */
  readonly authority?: DnsRecordMatch;
  /**
   * Conditions on the records of the additional section.
   * @default - none
   */
  readonly additional?: DnsRecordMatch;
  /**
   * DNS over TLS; the transport has to be TCP.
   * @default - none
   */
  readonly tls?: TlsClient;
}
