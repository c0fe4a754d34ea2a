import { Duration } from 'cdk8s';
import { checkClientHeaders, clientSettings } from './http/client-settings';
import { HttpConfig, httpConfigOf } from './http/http-config';
import { Relabeling } from './scrape';
import { checkCount, checkUrl } from '../checks';
import { promDuration } from '../units';
import { some, verbatim, WireMap } from '../wire/data';

/** Queue of a remote write: samples wait in it until they are sent. */
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
  V1 = 'V1.0',
  /** Remote write 2.0. */
  V2 = 'V2.0',
}

/** A remote store. */
export interface RemoteWriteProps extends HttpConfig {
  /** URL that takes samples. */
  readonly url: string;
  /**
   * Name in metrics and logs.
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
   * Relabelings of samples before they are sent.
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
   * Queue of samples to send.
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
  /** Props. @internal */
  public readonly _props: RemoteWriteProps;
  /** The wire form of its HTTP client, but for `headers`, which a remote write has itself. @internal */
  public readonly _client: WireMap;

  constructor(props: RemoteWriteProps) {
    // A password in the URL is refused below, and must not reach the log.
    const where = `RemoteWrite '${props.name ?? props.url.replace(/\/\/[^/]*@/, '//')}'`;
    checkUrl(props.url, `${where}: url`);
    const { headers, ...client } = httpConfigOf(props);
    checkClientHeaders(props, where);
    this._client = clientSettings(client, where);
    const { capacity, maxShards, minShards, maxSamplesPerSend } = props.queue ?? {};
    Object.entries({ capacity, maxShards, minShards, maxSamplesPerSend }).forEach(([name, limit]) => checkCount(limit, `${where}: queue.${name}`));
    if (minShards !== undefined && minShards > (maxShards ?? 50)) {
      throw new Error(`${where}: queue.minShards ${minShards} is above maxShards ${maxShards ?? 50}`);
    }
    this.url = props.url;
    this._props = { ...props, headers: { ...headers }, relabelings: [...(props.relabelings ?? [])] };
  }

  /** Settings in the wire form, except for those of the HTTP client. @internal */
  public _settings() {
    const { name, protocol, timeout, headers, relabelings, sendExemplars, sendNativeHistograms, queue } = this._props;
    return {
      url: this.url,
      name,
      messageVersion: protocol,
      remoteTimeout: promDuration(timeout),
      headers: verbatim({ ...headers }),
      writeRelabelConfigs: some((relabelings ?? []).map((relabeling) => relabeling._step())),
      sendExemplars,
      sendNativeHistograms,
      queueConfig: queue === undefined ? undefined : {
        capacity: queue.capacity,
        maxShards: queue.maxShards,
        minShards: queue.minShards,
        maxSamplesPerSend: queue.maxSamplesPerSend,
        batchSendDeadline: promDuration(queue.batchSendDeadline),
        minBackoff: promDuration(queue.minBackoff),
        maxBackoff: promDuration(queue.maxBackoff),
        retryOnRateLimit: queue.retryOnHttp429,
        sampleAgeLimit: promDuration(queue.sampleAgeLimit),
      },
    };
  }
}
