import { ISecret } from 'cdk8s-plus-27';
import { checkQueue, queueSettings } from './remote-write-queue';
import { RemoteWriteOptions, RemoteWriteProps, RemoteWriteProtocol } from './remote-write-options';
import {
  AmazonManagedPrometheusOptions, AzureMonitorOptions, GoogleManagedPrometheusOptions, GrafanaCloudOptions, InfluxDbWriteOptions, TenantStoreOptions,
  VictoriaMetricsWriteOptions,
} from './store-options';
import * as stores from './stores';
import { checkClientHeaders, clientSettings } from '../http/client-settings';
import { CloudCredentials, NewerSetting, Variables } from '../http/cloud-credentials';
import { httpConfigOf } from '../http/http-config';
import { checkCount, checkTlsUrl, checkUrl, CLIENT_SECRETS } from '../../checks';
import { shownUrl } from '../../secret-texts';
import { SecretKey } from '../../kubernetes/secret-key';
import { quoteList } from '../../text';
import { promDuration } from '../../units';
import { some, verbatim, visitLeaves, WireMap } from '../../wire/data';
import { checkArguments, labelOf } from '../../arguments';

/** A server that refuses a certificate ends the connection, which is tried again. */
const TLS_SETTINGS = ['ca', 'cert', 'keySecret'];

/**
 * A remote store that a Prometheus sends its samples to.
 *
 * Samples wait in Prometheus's write-ahead log, about two hours, while the store is away. What the store answers by 4xx is not sent again: with a
 * wrong password (401) samples are dropped, and `PrometheusRemoteStorageFailures` fires.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
 */
export class RemoteWrite {
  /**
   * Grafana Mimir.
   * @param url address of its gateway or distributors, without the path
   * @see https://grafana.com/docs/mimir/latest/references/http-api/#remote-write
   */
  public static mimir(url: string, options: TenantStoreOptions = {}): RemoteWrite {
    checkArguments('RemoteWrite.mimir', { url, options });
    return new RemoteWrite(stores.mimir(url, options));
  }

  /**
   * Cortex.
   * @param url address of its gateway or distributors, without the path
   * @see https://cortexmetrics.io/docs/api/#remote-write
   */
  public static cortex(url: string, options: TenantStoreOptions = {}): RemoteWrite {
    checkArguments('RemoteWrite.cortex', { url, options });
    return new RemoteWrite(stores.cortex(url, options));
  }

  /**
   * Thanos Receive.
   * @param url address of its remote write server, without the path
   * @see https://thanos.io/tip/components/receive.md/
   */
  public static thanosReceive(url: string, options: TenantStoreOptions = {}): RemoteWrite {
    checkArguments('RemoteWrite.thanosReceive', { url, options });
    return new RemoteWrite(stores.thanosReceive(url, options));
  }

  /**
   * VictoriaMetrics, a single node or `vminsert` of a cluster. Throws on text that is not a tenant.
   * @param url address of the server, without the path
   * @see https://docs.victoriametrics.com/victoriametrics/#prometheus-setup
   */
  public static victoriaMetrics(url: string, options: VictoriaMetricsWriteOptions = {}): RemoteWrite {
    checkArguments('RemoteWrite.victoriaMetrics', { url, options });
    return new RemoteWrite(stores.victoriaMetrics(url, options));
  }

  /**
   * InfluxDB 1.x; 2.x does not accept remote write. Throws on an empty database or retention policy.
   * @param url address of the server, without the path
   * @see https://docs.influxdata.com/influxdb/v1/supported_protocols/prometheus/
   */
  public static influxDb(url: string, options: InfluxDbWriteOptions): RemoteWrite {
    checkArguments('RemoteWrite.influxDb', { url, options });
    return new RemoteWrite(stores.influxDb(url, options));
  }

  /**
   * Amazon Managed Service for Prometheus, with a queue of the sizes that its documentation recommends. Throws on text that is not the id of a
   * workspace, and on a `sigv4` of another region.
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-existing-Prometheus.html
   */
  public static amazonManagedPrometheus(options: AmazonManagedPrometheusOptions): RemoteWrite {
    checkArguments('RemoteWrite.amazonManagedPrometheus', { options });
    return new RemoteWrite(stores.amazonManagedPrometheus(options));
  }

  /**
   * Azure Monitor managed service for Prometheus. Throws on text that is not the immutable id of a data collection rule.
   * @see https://learn.microsoft.com/azure/azure-monitor/metrics/prometheus-remote-write
   */
  public static azureMonitor(options: AzureMonitorOptions): RemoteWrite {
    checkArguments('RemoteWrite.azureMonitor', { options });
    return new RemoteWrite(stores.azureMonitor(options));
  }

  /**
   * Google Cloud Managed Service for Prometheus, which accepts remote write 2.0 with at most 200 series in a request. Google has not released this:
   * Prometheus's documentation calls it unsupported, so ask whether the project may use it. Throws on text that is not the id of a project.
   * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
   */
  public static googleManagedPrometheus(options: GoogleManagedPrometheusOptions): RemoteWrite {
    checkArguments('RemoteWrite.googleManagedPrometheus', { options });
    return new RemoteWrite(stores.googleManagedPrometheus(options));
  }

  /**
   * Grafana Cloud. Throws on a URL that is not one for sending metrics.
   * @see https://grafana.com/docs/grafana-cloud/send-data/metrics/metrics-prometheus/
   */
  public static grafanaCloud(options: GrafanaCloudOptions): RemoteWrite {
    checkArguments('RemoteWrite.grafanaCloud', { options });
    return new RemoteWrite(stores.grafanaCloud(options));
  }

  /** URL that accepts samples. */
  public readonly url: string;
  /** Props. @internal */
  public readonly _props: RemoteWriteProps;
  /** The wire form of its HTTP client, but for `headers`, which a remote write has itself, and for credentials of a cloud. @internal */
  public readonly _client: WireMap;
  /** Credentials of a cloud, by setting. @internal */
  public readonly _cloud?: readonly [setting: string, credentials: CloudCredentials];

  /** Throws on what Prometheus would refuse, on several credentials, and on headers that would show a secret. */
  constructor(props: RemoteWriteProps) {
    checkArguments('RemoteWrite', { props }, labelOf('RemoteWrite', props, 'url'));
    // A password in the URL is refused below, and must not reach the log.
    const where = `RemoteWrite '${props.name ?? shownUrl(props.url)}'`;
    checkUrl(props.url, `${where}: url`, CLIENT_SECRETS);
    checkTlsUrl(props.url, props.tls, where);
    const { headers, ...client } = httpConfigOf(props);
    checkClientHeaders(props, where);
    // Prometheus's own default is false here, and true for other clients.
    this._client = { ...clientSettings(client, where), enableHttp2: props.enableHttp2 };
    this._cloud = cloudOf(props, where);
    checkQueue(props.queue ?? {}, where);
    checkCount(props.metadata?.maxSamplesPerSend, `${where}: metadata.maxSamplesPerSend`, '2000');
    checkProtocol(props, where);
    this.url = props.url;
    this._props = { ...props, headers: { ...headers }, relabelings: [...(props.relabelings ?? [])] };
  }

  /** Settings in the wire form, except for those of the HTTP client, of a Prometheus with as many samples a second, where that is known. @internal */
  public _settings(samplesPerSecond?: number) {
    const {
      name, protocol, timeout, headers, relabelings = [], sendExemplars, sendNativeHistograms, queue, metadata, deduplication, roundRobinDns,
    } = this._props;
    return {
      url: this.url,
      name,
      messageVersion: protocol,
      remoteTimeout: promDuration(timeout),
      headers: verbatim({ ...headers }),
      writeRelabelConfigs: some([...deduplication?._steps ?? [], ...relabelings.map((relabeling) => relabeling._step())]),
      sendExemplars,
      sendNativeHistograms,
      roundRobinDns,
      queueConfig: queueSettings(queue, samplesPerSecond),
      metadataConfig: metadata === undefined ? undefined : {
        // The resource's own default is false.
        send: metadata.send ?? true,
        sendInterval: promDuration(metadata.sendInterval),
        maxSamplesPerSend: metadata.maxSamplesPerSend,
      },
    };
  }

  /** Credentials of a cloud in the wire form, as custom resources hold them. @internal */
  public get _cloudOfResource(): WireMap {
    return this._cloud === undefined ? {} : { [this._cloud[0]]: this._cloud[1]._wire() };
  }

  /** Credentials of a cloud in the wire form, without those in the environment. @internal */
  public get _cloudOfProgram(): WireMap {
    return this._cloud === undefined ? {} : { [this._cloud[0]]: this._cloud[1]._settings() };
  }

  /** Credentials of a cloud that are in the environment of a program. @internal */
  public get _variables(): Variables {
    return this._cloud?.[1]._variables() ?? {};
  }

  /** Files of credentials of a cloud, which variables name. @internal */
  public get _cloudFiles(): readonly SecretKey[] {
    return this._cloud?.[1]._files() ?? [];
  }

  /** Settings that older versions of Prometheus do not have. @internal */
  public get _newer(): NewerSetting[] {
    return [...(this._props.roundRobinDns === undefined ? [] : [["'roundRobinDns'", '3.1'] as const]), ...this._cloud?.[1]._newer() ?? []];
  }

  /** Secrets with credentials, besides those of TLS. @internal */
  public get _credentialSecrets(): ISecret[] {
    const { authorization, basicAuth, oauth2, httpHeaders } = this._client;
    const secrets = new Map<string, ISecret>(this._cloudFiles.map(({ secret }) => [secret.name, secret]));
    visitLeaves([authorization, basicAuth, oauth2, httpHeaders, this._cloudOfResource], ({ key }, setting) => {
      if (key !== undefined && !TLS_SETTINGS.includes(setting)) {
        secrets.set(key.secret.name, key.secret);
      }
    });
    return [...secrets.values()];
  }
}

/** The credentials of a cloud, if any. Throws on several credentials. */
function cloudOf(options: RemoteWriteOptions, where: string): RemoteWrite['_cloud'] {
  const { authorization, basicAuth, oauth2, sigv4, azureAd, googleIam } = options;
  const all = { authorization, basicAuth, oauth2, sigv4, azureAd, googleIam };
  const given = Object.entries(all).filter(([, credentials]) => credentials !== undefined).map(([name]) => name);
  if (given.length > 1) {
    throw new Error(`${where}: got ${quoteList(given)}, and a remote write has one kind of credentials; keep one of them`);
  }
  const clouds: Array<[string, CloudCredentials | undefined]> = [['sigv4', sigv4], ['azureAd', azureAd], ['googleIam', googleIam]];
  return clouds.flatMap(([name, credentials]): Array<[string, CloudCredentials]> => (credentials === undefined ? [] : [[name, credentials]]))[0];
}

function checkProtocol({ protocol, sendNativeHistograms, metadata }: RemoteWriteOptions, where: string): void {
  if (protocol !== RemoteWriteProtocol.V2) {
    return;
  }
  const prop = metadata !== undefined ? 'metadata' : sendNativeHistograms === false ? 'sendNativeHistograms' : undefined;
  if (prop !== undefined) {
    throw new Error(`${where}: got '${prop}' with RemoteWriteProtocol.V2, which always sends metadata and native histograms; leave it out, or use RemoteWriteProtocol.V1`);
  }
}
