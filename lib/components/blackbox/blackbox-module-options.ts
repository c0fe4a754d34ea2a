import { Duration, Size } from 'cdk8s';
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

/** A header of an answer, and a regular expression (RE2, not anchored) on its values. */
export interface HeaderMatch {
  /** Name of the header. */
  readonly header: string;
  /** Regular expression. */
  readonly regexp: string;
  /**
   * Whether an answer without the header is no failure.
   * @default false
   */
  readonly allowMissing?: boolean;
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
   * Versions of HTTP that are a success, as `HTTP/2.0`.
   * @default - all
   */
  readonly validHttpVersions?: string[];
  /**
   * Compression that is asked for: `gzip`, `br`, `deflate` or `identity`.
   * @default - none
   */
  readonly compression?: string;
  /**
   * Size of an answer that is read, in whole KiB; a longer one is a failure.
   * @default - no limit
   */
  readonly bodySizeLimit?: Size;
  /**
   * Whether the name of the target is resolved by the proxy alone.
   * @default false
   */
  readonly skipResolvePhaseWithProxy?: boolean;
  /**
   * Whether HTTP/3 is spoken; for https targets alone. Needs blackbox-exporter 0.28.
   * @default false
   */
  readonly enableHttp3?: boolean;
  /**
   * Whether an answer with TLS is a failure.
   * @default false
   */
  readonly failIfTls?: boolean;
  /**
   * Whether an answer without TLS is a failure.
   * @default false
   */
  readonly failIfNotTls?: boolean;
  /**
   * Headers that must not match.
   * @default - none
   */
  readonly failIfHeaderMatches?: HeaderMatch[];
  /**
   * Headers that have to match.
   * @default - none
   */
  readonly failIfHeaderNotMatches?: HeaderMatch[];
  /**
   * Condition (CEL) on the JSON `body` that must not hold. Needs blackbox-exporter 0.27.
   * @default - none
   */
  readonly failIfBodyJsonMatchesCel?: string;
  /**
   * Condition (CEL) on the JSON `body` that has to hold, as `body.status == "ok"`. Needs blackbox-exporter 0.27.
   * @default - none
   */
  readonly failIfBodyJsonNotMatchesCel?: string;
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
   * Bytes that the target has to send next. Needs blackbox-exporter 0.28.
   * @default - none
   */
  readonly expectBytes?: string;
  /**
   * Labels of the metric `probe_expect_info`, whose values may hold capture groups of `expect`: `{ version: '${1}' }`. Needs blackbox-exporter 0.26.
   * @default - none
   */
  readonly labels?: { readonly [label: string]: string };
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
   * Address of the exporter from which the connection is made.
   * @default - the system's choice
   */
  readonly sourceIpAddress?: string;
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
   * Whether packets must not be split on their way; IPv4 alone.
   * @default false
   */
  readonly dontFragment?: boolean;
  /**
   * Address of the exporter from which packets are sent.
   * @default - the system's choice
   */
  readonly sourceIpAddress?: string;
  /**
   * Hops that a packet may take, 1 to 255.
   * @default - the system's
   */
  readonly ttl?: number;
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
   * Metadata of the call. The configuration shows it, and the exporter reads none from a file: a header that holds a secret throws. Needs
   * blackbox-exporter 0.28.
   * @default - none
   */
  readonly metadata?: { readonly [key: string]: string };
  /**
   * TLS settings for the target.
   * @default - none
   */
  readonly tls?: TlsClient;
}

/**
 * A probe by a Unix socket, whose path is the target. Needs blackbox-exporter 0.28.
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md#unix_probe
 */
export interface UnixModuleOptions {
  /**
   * Time after which a probe is given up.
   * @default - half a second before Prometheus gives up
   */
  readonly timeout?: Duration;
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
