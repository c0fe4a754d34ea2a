import { Duration } from 'cdk8s';
import { Authorization, BasicAuth, OAuth2, Relabeling, TlsClient } from './scrape';
import { SecretKey } from '../kubernetes/secret-key';
import { checkCount, checkUrl } from '../checks';

/** How samples wait until they are sent. */
export interface RemoteWriteQueue {
  /**
   * Samples that one shard holds.
   * @default 10000
   */
  readonly capacity?: number;
  /**
   * Shards at most.
   * @default 50
   */
  readonly maxShards?: number;
  /**
   * Shards at least.
   * @default 1
   */
  readonly minShards?: number;
  /**
   * Samples in one request at most.
   * @default 2000
   */
  readonly maxSamplesPerSend?: number;
  /**
   * Time that a sample waits at most for a request to fill.
   * @default Duration.seconds(5)
   */
  readonly batchSendDeadline?: Duration;
  /**
   * First pause after a failed request.
   * @default Duration.millis(30)
   */
  readonly minBackoff?: Duration;
  /**
   * Longest pause after failed requests.
   * @default Duration.seconds(5)
   */
  readonly maxBackoff?: Duration;
  /**
   * Whether a request that was answered by 429 is sent again.
   * @default false
   */
  readonly retryOnHttp429?: boolean;
  /**
   * Samples older than this are not sent.
   * @default - all are sent
   */
  readonly sampleAgeLimit?: Duration;
}

/** The version of the protocol. */
export enum RemoteWriteProtocol {
  /** Remote write 1.0. */
  V1 = 'prometheus.WriteRequest',
  /** Remote write 2.0. */
  V2 = 'io.prometheus.write.v2.Request',
}

/** A remote store. */
export interface RemoteWriteProps {
  /** URL that takes samples. */
  readonly url: string;
  /**
   * What it is called in metrics and logs.
   * @default - a hash of its configuration, made by Prometheus
   */
  readonly name?: string;
  /**
   * Protocol.
   * @default RemoteWriteProtocol.V1
   */
  readonly protocol?: RemoteWriteProtocol;
  /**
   * Time after which a request is given up.
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;
  /**
   * Headers of each request, such as the tenant; no secrets, they stand in the configuration.
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
  /**
   * `Authorization` header.
   * @default - none
   */
  readonly authorization?: Authorization;
  /**
   * HTTP basic authentication.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
  /**
   * OAuth 2.0 client credentials.
   * @default - none
   */
  readonly oauth2?: OAuth2;
  /**
   * TLS.
   * @default - the system's authorities
   */
  readonly tls?: TlsClient;
  /**
   * HTTP proxy.
   * @default - none
   */
  readonly proxyUrl?: string;
  /**
   * Which samples are sent, and with which labels.
   * @default - all as they are
   */
  readonly relabelings?: Relabeling[];
  /**
   * Whether exemplars are sent.
   * @default false
   */
  readonly sendExemplars?: boolean;
  /**
   * Whether native histograms are sent.
   * @default false
   */
  readonly sendNativeHistograms?: boolean;
  /**
   * How samples wait until they are sent.
   * @default - Prometheus's own
   */
  readonly queue?: RemoteWriteQueue;
}

/**
 * A remote store that a Prometheus sends its samples to.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
 */
export class RemoteWrite {
  /** URL that takes samples. */
  public readonly url: string;
  /** What it was made of. @internal */
  public readonly _props: RemoteWriteProps;

  constructor(props: RemoteWriteProps) {
    // A password that stands in the URL is refused below, and not shown to whoever reads the log.
    const where = `RemoteWrite '${props.name ?? props.url.replace(/\/\/[^/]*@/, '//')}'`;
    checkUrl(props.url, `${where}: url`);
    if (props.proxyUrl !== undefined) {
      checkUrl(props.proxyUrl, `${where}: proxyUrl`);
    }
    const secret = Object.keys(props.headers ?? {}).find((header) => /^(authorization|cookie|x-api-key)$/i.test(header));
    if (secret !== undefined) {
      throw new Error(`${where}: header '${secret}' would show its secret in the configuration; use authorization, basicAuth or oauth2`);
    }
    if ([props.authorization, props.basicAuth, props.oauth2].filter((given) => given !== undefined).length > 1) {
      throw new Error(`${where}: got several of authorization, basicAuth and oauth2; a store takes one`);
    }
    const { capacity, maxShards, minShards, maxSamplesPerSend } = props.queue ?? {};
    Object.entries({ capacity, maxShards, minShards, maxSamplesPerSend }).forEach(([name, limit]) => checkCount(limit, `${where}: queue.${name}`));
    if (minShards !== undefined && minShards > (maxShards ?? 50)) {
      throw new Error(`${where}: queue.minShards ${minShards} is above maxShards ${maxShards ?? 50}`);
    }
    this.url = props.url;
    this._props = { ...props, headers: { ...props.headers }, relabelings: [...(props.relabelings ?? [])] };
  }

  /** The keys of Secrets that sending needs. @internal */
  public get _secretKeys(): SecretKey[] {
    const { authorization, basicAuth, oauth2, tls } = this._props;
    return [authorization?.credentials, basicAuth?.password, ...(oauth2?._secretKeys ?? []), ...(tls?._secretKeys ?? [])]
      .filter((key) => key !== undefined);
  }
}
