import { Duration } from 'cdk8s';
import { Authorization, BasicAuth, OAuth2 } from './authorization';
import { MetricSelection } from './metric-selection';
import { Relabeling } from './relabeling';
import { FallbackProtocol, Scheme } from './scheme';
import { TlsClient } from './tls-client';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkPortName, checkPortNumber, checkTimes, checkUrl } from '../../checks';

/** How one port of a target is scraped. */
export interface ScrapeEndpointProps {
  /**
   * What the endpoint is called within its job; Prometheus's own job name is `<job>/<name>`.
   * @default - the port's name, and the last part of the path where it is not /metrics
   */
  readonly name?: string;
  /**
   * Name of the port, of the Service or of the container.
   * @default - the only port there is, or `portNumber`
   */
  readonly port?: string;
  /**
   * Number of the port on the target.
   * @default - none, the port is named
   */
  readonly portNumber?: number;
  /**
   * HTTP path of the metrics.
   * @default /metrics
   */
  readonly path?: string;
  /**
   * Protocol.
   * @default - Scheme.HTTPS with `tls`, else Scheme.HTTP
   */
  readonly scheme?: Scheme;
  /**
   * URL parameters.
   * @default - none
   */
  readonly params?: { readonly [name: string]: string[] };
  /**
   * Time between two scrapes.
   * @default - the Prometheus's own
   */
  readonly interval?: Duration;
  /**
   * Time after which a scrape is given up; not above the interval.
   * @default - the Prometheus's own
   */
  readonly timeout?: Duration;
  /**
   * Whether labels of the exposition win over the target's.
   * @default false
   */
  readonly honorLabels?: boolean;
  /**
   * Whether timestamps of the exposition are taken.
   * @default true
   */
  readonly honorTimestamps?: boolean;
  /**
   * Whether series that carry timestamps go stale as soon as the target stops to expose them.
   * @default false
   */
  readonly trackTimestampsStaleness?: boolean;
  /**
   * Which series are stored.
   * @default MetricSelection.all()
   */
  readonly metrics?: MetricSelection;
  /**
   * Changes to the target's labels, after those that the library makes.
   * @default - none
   */
  readonly relabelings?: Relabeling[];
  /**
   * Changes to the series, after `metrics`.
   * @default - none
   */
  readonly metricRelabelings?: Relabeling[];
  /**
   * TLS towards the target.
   * @default - none; with Scheme.HTTPS the system's authorities
   */
  readonly tls?: TlsClient;
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
   * HTTP proxy between Prometheus and the target.
   * @default - none
   */
  readonly proxyUrl?: string;
  /**
   * Whether redirects are followed.
   * @default true
   */
  readonly followRedirects?: boolean;
  /**
   * Whether HTTP/2 is spoken where the target offers it.
   * @default true
   */
  readonly enableHttp2?: boolean;
  /**
   * How to read a response that names no content type.
   * @default - such a scrape fails
   */
  readonly fallbackProtocol?: FallbackProtocol;
  /**
   * Whether native histograms are stored; takes Prometheus 3.8.
   * @default - the Prometheus's own
   */
  readonly nativeHistograms?: boolean;
}

/**
 * One port and path of the targets of a scrape job, and how it is scraped.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export class ScrapeEndpoint {
  /** What the endpoint is called within its job. */
  public readonly name: string;
  /** Name of the port, if it is told by name. */
  public readonly port?: string;
  /** Number of the port, if it is told by number. */
  public readonly portNumber?: number;
  /** HTTP path of the metrics. */
  public readonly path: string;
  /** Protocol. */
  public readonly scheme: Scheme;
  /** Time between two scrapes, if it is not the Prometheus's own. */
  public readonly interval?: Duration;
  /** Time after which a scrape is given up, if it is not the Prometheus's own. */
  public readonly timeout?: Duration;
  /** Whether labels of the exposition win over the target's. */
  public readonly honorLabels: boolean;
  /** Whether timestamps of the exposition are taken. */
  public readonly honorTimestamps: boolean;
  /** Whether series that carry timestamps go stale as soon as the target stops to expose them. */
  public readonly trackTimestampsStaleness: boolean;
  /** Which series are stored. */
  public readonly metrics: MetricSelection;
  /** TLS towards the target. */
  public readonly tls?: TlsClient;
  /** `Authorization` header. */
  public readonly authorization?: Authorization;
  /** HTTP basic authentication. */
  public readonly basicAuth?: BasicAuth;
  /** OAuth 2.0 client credentials. */
  public readonly oauth2?: OAuth2;
  /** HTTP proxy between Prometheus and the target. */
  public readonly proxyUrl?: string;
  /** Whether redirects are followed. */
  public readonly followRedirects: boolean;
  /** Whether HTTP/2 is spoken where the target offers it. */
  public readonly enableHttp2: boolean;
  /** How to read a response that names no content type. */
  public readonly fallbackProtocol?: FallbackProtocol;
  /** Whether native histograms are stored, if it is not the Prometheus's own choice. */
  public readonly nativeHistograms?: boolean;
  private readonly _params: ReadonlyArray<readonly [string, readonly string[]]>;
  private readonly _relabelings: readonly Relabeling[];
  private readonly _metricRelabelings: readonly Relabeling[];

  constructor(props: ScrapeEndpointProps = {}) {
    this.port = props.port;
    this.portNumber = props.portNumber;
    this.path = props.path ?? '/metrics';
    this.name = props.name ?? defaultName(props, this.path);
    this.scheme = props.scheme ?? (props.tls === undefined ? Scheme.HTTP : Scheme.HTTPS);
    this.interval = props.interval;
    this.timeout = props.timeout;
    this.honorLabels = props.honorLabels ?? false;
    this.honorTimestamps = props.honorTimestamps ?? true;
    this.trackTimestampsStaleness = props.trackTimestampsStaleness ?? false;
    this.metrics = props.metrics ?? MetricSelection.all();
    this.tls = props.tls;
    this.authorization = props.authorization;
    this.basicAuth = props.basicAuth;
    this.oauth2 = props.oauth2;
    this.proxyUrl = props.proxyUrl;
    this.followRedirects = props.followRedirects ?? true;
    this.enableHttp2 = props.enableHttp2 ?? true;
    this.fallbackProtocol = props.fallbackProtocol;
    this.nativeHistograms = props.nativeHistograms;
    this._params = Object.entries(props.params ?? {}).map(([name, values]) => [name, [...values]] as const);
    this._relabelings = [...(props.relabelings ?? [])];
    this._metricRelabelings = [...(props.metricRelabelings ?? [])];
    this.check();
  }

  /** URL parameters. */
  public get params(): { [name: string]: string[] } {
    return Object.fromEntries(this._params.map(([name, values]) => [name, [...values]]));
  }

  /** Changes to the target's labels, after those that the library makes. */
  public get relabelings(): Relabeling[] {
    return [...this._relabelings];
  }

  /** Changes to the series, after `metrics`. */
  public get metricRelabelings(): Relabeling[] {
    return [...this._metricRelabelings];
  }

  /** The keys of Secrets that scraping needs. @internal */
  public get _secretKeys(): SecretKey[] {
    return [...(this.tls?._secretKeys ?? []), this.authorization?.credentials, this.basicAuth?.password, ...(this.oauth2?._secretKeys ?? [])]
      .filter((key) => key !== undefined);
  }

  private check(): void {
    const where = `ScrapeEndpoint '${this.name}'`;
    if (this.port !== undefined && this.portNumber !== undefined) {
      throw new Error(`${where}: got port '${this.port}' and portNumber ${this.portNumber}; name the port by one of them`);
    }
    if (this.port !== undefined) {
      checkPortName(this.port, `${where}: port`);
    }
    if (this.portNumber !== undefined) {
      checkPortNumber(this.portNumber, `${where}: portNumber`);
    }
    if (!this.path.startsWith('/') || /[?#\s]/.test(this.path)) {
      throw new Error(`${where}: path '${this.path}' is not an absolute path such as '/metrics'; parameters go into 'params'`);
    }
    if (this.tls !== undefined && this.scheme === Scheme.HTTP) {
      throw new Error(`${where}: got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out`);
    }
    const credentials = [this.authorization, this.basicAuth, this.oauth2].filter((given) => given !== undefined);
    if (credentials.length > 1) {
      throw new Error(`${where}: got ${credentials.length} of authorization, basicAuth and oauth2; a target takes one`);
    }
    if (this.proxyUrl !== undefined) {
      checkUrl(this.proxyUrl, `${where}: proxyUrl`);
    }
    checkTimes(where, this.interval, this.timeout);
  }
}

function defaultName(props: ScrapeEndpointProps, path: string): string {
  const port = props.port ?? (props.portNumber === undefined ? 'metrics' : `${props.portNumber}`);
  return path === '/metrics' ? port : `${port}-${path.split('/').filter((part) => part !== '').slice(-1)[0] ?? 'root'}`;
}
