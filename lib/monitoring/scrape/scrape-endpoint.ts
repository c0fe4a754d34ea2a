import { Duration } from 'cdk8s';
import { MetricSelection } from './metric-selection';
import { Relabeling } from './relabeling';
import { FallbackProtocol, Scheme } from './scheme';
import { checkPortName, checkPortNumber, checkTimes } from '../../checks';
import { checkRegex, matchesAnchored } from '../../regex';
import { secretsOfUser } from '../../secret-texts';
import { promDuration } from '../../units';
import { some, unlessDefault, verbatim, WireMap } from '../../wire/data';
import { RelabelStep } from '../../wire/relabel-steps';
import { clientSettings } from '../http/client-settings';
import { HttpConfig, httpConfigOf } from '../http/http-config';
import { checkArguments } from '../../arguments';

/** Settings of one endpoint: a port and a path of targets. */
export interface ScrapeEndpointProps extends HttpConfig {
  /**
   * Name of the endpoint within its job; Prometheus's own job name is `<job>/<name>`.
   * @default - the port's name, and the last part of the path where it is not /metrics
   */
  readonly name?: string;
  /**
   * Name of the port, of the Service or of the container.
   * @default - the only port there is, or `portPattern`, or `portNumber`
   */
  readonly port?: string;
  /**
   * Fully anchored regular expression (RE2) on the names of ports: each port whose name matches is a target of its own, with that name as its label
   * `endpoint`.
   * @default - none, the port is named
   */
  readonly portPattern?: string;
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
   * Series to store.
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
   * Protocol of a response without a content type.
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
  /**
   * An endpoint whose metrics its component knows.
   * @param names matches the names of all its metrics, and of none that only other endpoints of its job expose
   * @param selectedBy the prop of the component that selects its series
   * @internal
   */
  public static _exposing(names: RegExp, props: ScrapeEndpointProps, selectedBy: string = 'metrics'): ScrapeEndpoint {
    const endpoint = new ScrapeEndpoint(props);
    endpoint.exposition = { names, selectedBy };
    return endpoint;
  }

  /** Name of the endpoint within its job. */
  public readonly name: string;
  /** Name of the port, if the port has been given by name. */
  public readonly port?: string;
  /** Regular expression on the names of ports, if they have been given by one. */
  public readonly portPattern?: string;
  /** Number of the port, if the port has been given by number. */
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
  /** Series to store. */
  public readonly metrics: MetricSelection;
  /** HTTP client settings for the target. */
  public readonly httpConfig: HttpConfig;
  /** The wire form of `httpConfig`. @internal */
  public readonly _client: WireMap;
  /** Protocol of a response without a content type. */
  public readonly fallbackProtocol?: FallbackProtocol;
  /** Whether native histograms are stored, if it is not the Prometheus's own choice. */
  public readonly nativeHistograms?: boolean;
  private readonly _params: ReadonlyArray<readonly [string, readonly string[]]>;
  private readonly _relabelings: readonly Relabeling[];
  private readonly _metricRelabelings: readonly Relabeling[];
  private exposition?: { readonly names: RegExp; readonly selectedBy: string };

  constructor(props: ScrapeEndpointProps = {}) {
    checkArguments('ScrapeEndpoint', { props });
    this.port = props.port;
    this.portPattern = props.portPattern;
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
    this.httpConfig = httpConfigOf(props);
    this._client = clientSettings(this.httpConfig, `ScrapeEndpoint '${this.name}'`);
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

  /** Settings of the scrape in the wire form, except for those of the HTTP client. @internal */
  public _settings() {
    return {
      honorLabels: unlessDefault(this.honorLabels, false),
      honorTimestamps: unlessDefault(this.honorTimestamps, true),
      trackTimestampsStaleness: unlessDefault(this.trackTimestampsStaleness, false),
      interval: promDuration(this.interval),
      scrapeTimeout: promDuration(this.timeout),
      fallbackScrapeProtocol: this.fallbackProtocol,
      scrapeNativeHistograms: this.nativeHistograms,
      path: unlessDefault(this.path, '/metrics'),
      scheme: unlessDefault(this.scheme, Scheme.HTTP),
      params: verbatim(this.params),
    };
  }

  /** Relabelings of the series in the wire form, those of `metrics` first. @internal */
  public _metricSteps(): readonly RelabelStep[] | undefined {
    return some([...this.metrics.toRelabelings(), ...this._metricRelabelings].map((relabeling) => relabeling._step()));
  }

  /** Whether the user chose the series to store. @internal */
  public get _selectsSeries(): boolean {
    return !this.metrics._isDefault || this._metricRelabelings.length > 0;
  }

  /** Whether a component knows its metrics, which have no label `job` then. @internal */
  public get _isKnown(): boolean {
    return this.exposition !== undefined;
  }

  /** Whether a metric of this name may be among those that it exposes. @internal */
  public _mayExpose(metric: string): boolean {
    return this.exposition === undefined || this.exposition.names.test(metric);
  }

  /** Whether every series of a metric is surely dropped, and by which prop. @internal */
  public _dropperOf(metric: string): string | undefined {
    if (this.metrics.dropsMetric(metric)) {
      return this.exposition?.selectedBy ?? 'metrics';
    }
    // A step before it may write another name.
    for (const { action, sourceLabels = [], targetLabel, regex = '(.*)' } of this._metricRelabelings.map((step) => step.toConfig())) {
      if (action === 'labelmap' || targetLabel === '__name__') {
        return undefined;
      }
      const isByName = sourceLabels.length === 1 && sourceLabels[0] === '__name__';
      if (isByName && ((action === 'drop' && matchesAnchored(regex, metric)) || (action === 'keep' && !matchesAnchored(regex, metric, true)))) {
        return 'metricRelabelings';
      }
    }
    return undefined;
  }

  private check(): void {
    const where = `ScrapeEndpoint '${this.name}'`;
    if (this.port !== undefined && this.portNumber !== undefined) {
      throw new Error(`${where}: got port '${this.port}' and portNumber ${this.portNumber}; name the port by one of them`);
    }
    if (this.portPattern !== undefined) {
      if (this.port !== undefined || this.portNumber !== undefined) {
        throw new Error(`${where}: got portPattern '${this.portPattern}' and a single port; name the ports by one of them`);
      }
      checkRegex(this.portPattern, `${where}: portPattern`);
      if (matchesAnchored(this.portPattern, '')) {
        throw new Error(`${where}: portPattern '${this.portPattern}' matches a port without a name; leave it out for all ports, or begin it with what the names begin with`);
      }
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
    const [secret] = secretsOfUser(this.params, 'params', '');
    if (secret !== undefined) {
      throw new Error(`${where}: ${secret.path} ${secret.says}, which the manifest would show; give it by 'authorization', 'basicAuth' or 'secretHeaders'`);
    }
    if (this.httpConfig.tls !== undefined && this.scheme === Scheme.HTTP) {
      throw new Error(`${where}: got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out`);
    }
    checkTimes(where, this.interval, this.timeout);
    checkKeeps(this._relabelings, '__address__', `${where}: relabelings`, 'no target is left without its address');
    checkKeeps(this._metricRelabelings, '__name__', `${where}: metricRelabelings`, 'no sample is left without the name of its metric');
  }
}

/** Throws when a step removes a label that has to stay. */
function checkKeeps(steps: readonly Relabeling[], label: string, where: string, why: string): void {
  for (const { action, regex = '(.*)' } of steps.map((step) => step.toConfig())) {
    if ((action === 'labelkeep' && !matchesAnchored(regex, label, true)) || (action === 'labeldrop' && matchesAnchored(regex, label))) {
      throw new Error(`${where}: '${regex}' ${action === 'labelkeep' ? 'does not keep' : 'drops'} '${label}', and ${why}; write it so that '${label}' stays, as in '${action === 'labelkeep' ? `${label}|${regex}` : '[^_].*'}'`);
    }
  }
}

function defaultName(props: ScrapeEndpointProps, path: string): string {
  const port = props.port ?? props.portPattern ?? (props.portNumber === undefined ? 'metrics' : `${props.portNumber}`);
  return path === '/metrics' ? port : `${port}-${path.split('/').filter((part) => part !== '').slice(-1)[0] ?? 'root'}`;
}
