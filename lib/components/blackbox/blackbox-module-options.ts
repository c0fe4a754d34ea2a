import { Duration } from 'cdk8s';
import { HttpConfig, TlsClient } from '../../monitoring';

/** The version of the Internet protocol. */
export enum IpProtocol {
  /** IPv4. */
  IPV4 = 'ip4',
  /** IPv6. */
  IPV6 = 'ip6',
}

/** Options of every module. */
export interface BlackboxModuleOptions {
  /**
   * Time after which a probe is given up.
   * @default - half a second before Prometheus gives up
   */
  readonly timeout?: Duration;
  /**
   * Version of the Internet protocol that is tried first, where a name has addresses of both.
   * @default IpProtocol.IPV4
   */
  readonly ipProtocol?: IpProtocol;
  /**
   * Whether the other version is tried where a name has no address of the first.
   * @default true
   */
  readonly ipProtocolFallback?: boolean;
}

/**
 * A probe by HTTP. Secrets and ConfigMaps of its client are in the exporter's namespace; the exporter has no service account token.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#http_probe
 */
export interface HttpModuleOptions extends BlackboxModuleOptions, HttpConfig {
  /**
   * Method of the request.
   * @default GET
   */
  readonly method?: string;
  /**
   * Status codes that are a success.
   * @default - 200 to 299
   */
  readonly validStatusCodes?: number[];
  /**
   * Body of the request.
   * @default - none
   */
  readonly body?: string;
  /**
   * Whether an answer without TLS is a failure.
   * @default false
   */
  readonly failIfNotTls?: boolean;
  /**
   * Regular expressions (RE2, not anchored) of which none may match the body.
   * @default - none
   */
  readonly failIfBodyMatches?: string[];
  /**
   * Regular expressions (RE2, not anchored) that all have to match the body.
   * @default - none
   */
  readonly failIfBodyNotMatches?: string[];
}

/** One step of a conversation. */
export interface TcpExchange {
  /**
   * Regular expression (RE2, not anchored) that a line of the target has to match; `${1}` in `send` is its first capture group.
   * @default - nothing is waited for
   */
  readonly expect?: string;
  /**
   * Line that is sent.
   * @default - none
   */
  readonly send?: string;
  /**
   * Whether TLS begins now.
   * @default false
   */
  readonly startTls?: boolean;
}

/**
 * A probe by a TCP connection.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#tcp_probe
 */
export interface TcpModuleOptions extends BlackboxModuleOptions {
  /**
   * Dialogue after the connection is made.
   * @default - nothing: a connection is enough
   */
  readonly exchanges?: TcpExchange[];
  /**
   * TLS settings for the target, from the first byte.
   * @default - none
   */
  readonly tls?: TlsClient;
}

/**
 * A probe by ICMP echo (ping). It needs no privilege: the Pod's group is allowed to ping by a sysctl. With `hostNetwork` the node's own sysctl
 * `net.ipv4.ping_group_range` has to allow it.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#icmp_probe
 */
export interface IcmpModuleOptions extends BlackboxModuleOptions {
  /**
   * Bytes of the payload.
   * @default - those of the exporter
   */
  readonly payloadSize?: number;
  /**
   * Hops that a packet may take, 1 to 255.
   * @default - the system's
   */
  readonly ttl?: number;
}

/** Transport protocol of a DNS query. */
export enum DnsTransport {
  /** UDP. */
  UDP = 'udp',
  /** TCP. */
  TCP = 'tcp',
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
   * DNS over TLS; the transport has to be TCP.
   * @default - none
   */
  readonly tls?: TlsClient;
}

/**
 * A probe by the gRPC health checking protocol.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#grpc_probe
 */
export interface GrpcModuleOptions extends BlackboxModuleOptions {
  /**
   * Service that is asked for.
   * @default - the server as a whole
   */
  readonly service?: string;
  /**
   * TLS settings for the target.
   * @default - none
   */
  readonly tls?: TlsClient;
}
