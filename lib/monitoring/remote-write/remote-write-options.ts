import { Duration } from 'cdk8s';
import { RemoteWriteQueue } from './remote-write-queue';
import { ReplicaDeduplication } from './replica-deduplication';
import { AzureAd } from '../http/azure-ad';
import { GoogleIam } from '../http/google-iam';
import { HttpConfig } from '../http/http-config';
import { SigV4 } from '../http/sigv4';
import { Relabeling } from '../scrape';

/** Version of the remote write protocol. */
export enum RemoteWriteProtocol {
  /** Remote write 1.0. */
  V1 = 'V1.0',
  /**
   * Remote write 2.0, which always sends metadata and native histograms; ask whether the store accepts it. Prometheus before 3.3 needs the feature
   * `metadata-wal-records`.
   */
  V2 = 'V2.0',
}

/** Metadata of metrics (type, help, unit) in remote write 1.0. */
export interface RemoteWriteMetadata {
  /**
   * Send metadata.
   * @default true
   */
  readonly send?: boolean;
  /**
   * Time between two sends.
   * @default Duration.minutes(1)
   */
  readonly sendInterval?: Duration;
  /**
   * Metrics in one request at most.
   * @default 2000
   */
  readonly maxSamplesPerSend?: number;
}

/** Options of a remote write to any store. `enableHttp2` is false by default. */
export interface RemoteWriteOptions extends HttpConfig {
  /**
   * Name in metrics and logs.
   * @default - a hash of its configuration, made by Prometheus
   */
  readonly name?: string;
  /**
   * Version of the protocol.
   * @default RemoteWriteProtocol.V1
   */
  readonly protocol?: RemoteWriteProtocol;
  /**
   * Time after which a request is given up, and sent again.
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;
  /**
   * Relabelings of samples before they are sent; they see external labels.
   * @default - all as they are
   */
  readonly relabelings?: Relabeling[];
  /**
   * The way in which the store makes one series of those of several replicas.
   * @default - the store keeps the series of each replica
   */
  readonly deduplication?: ReplicaDeduplication;
  /**
   * Send exemplars. The Prometheus has to keep some (`maxExemplars`), unless it is an agent.
   * @default false
   */
  readonly sendExemplars?: boolean;
  /**
   * Send native histograms; by `RemoteWriteProtocol.V2` they always are.
   * @default false
   */
  readonly sendNativeHistograms?: boolean;
  /**
   * Metadata of metrics; by `RemoteWriteProtocol.V2` it is always sent, with the samples.
   * @default - sent once a minute
   */
  readonly metadata?: RemoteWriteMetadata;
  /**
   * Queue of samples to send.
   * @default - Prometheus's own
   */
  readonly queue?: RemoteWriteQueue;
  /**
   * Choose one of the IP addresses of the host at random for each connection. Known from Prometheus 3.1 on.
   * @default false
   */
  readonly roundRobinDns?: boolean;
  /**
   * Signature of requests to AWS. Excludes other credentials.
   * @default - none
   */
  readonly sigv4?: SigV4;
  /**
   * Tokens of Microsoft Entra ID. Excludes other credentials.
   * @default - none
   */
  readonly azureAd?: AzureAd;
  /**
   * Tokens of Google Cloud. Excludes other credentials; custom resources of the operator have no field for them.
   * @default - none
   */
  readonly googleIam?: GoogleIam;
}

/** A remote store. */
export interface RemoteWriteProps extends RemoteWriteOptions {
  /**
   * URL that accepts samples. Throws on a secret in it, which the manifest would show: Prometheus reads credentials from files, but no part of a URL.
   * A store that accepts a token in a parameter alone needs a proxy that adds it.
   */
  readonly url: string;
}
