import { getRaw, parse } from './kubectl';

export type Labels = Record<string, string>;

/** A target, as /api/v1/targets tells it. */
export interface Target {
  readonly labels: Labels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
}

/** A rule, as /api/v1/rules tells it. */
export interface Rule {
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly health: string;
  readonly lastError?: string;
  readonly state?: string;
  readonly query: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Seconds that it has to hold before it fires. */
  readonly duration?: number;
  /** Seconds that it fires on. */
  readonly keepFiringFor?: number;
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  /** Seconds. */
  readonly interval: number;
  readonly rules: readonly Rule[];
}

/** An alert, as /api/v1/alerts tells it. */
export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: 'pending' | 'firing';
}

export interface Sample {
  readonly metric: Labels;
  readonly value: readonly [number, string];
}

/** A series, as /api/v1/query_range tells it. */
export interface Series {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

interface Answer<T> {
  readonly status: string;
  readonly data: T;
}

/** A Prometheus, asked through the API server's proxy: no port has to be open for that, on any cluster. */
export class PrometheusApi {
  constructor(public readonly namespace: string, public readonly service = 'prometheus', private readonly port = 'web') {}

  /** Asks a path such as `/api/v1/targets`. */
  public text(path: string): Promise<string> {
    return getRaw(`/api/v1/namespaces/${this.namespace}/services/${this.service}:${this.port}/proxy${path}`);
  }

  public async activeTargets(): Promise<Target[]> {
    const { activeTargets } = await this.data<{ activeTargets: Target[] }>('/api/v1/targets?state=active');
    return activeTargets;
  }

  public async scrapePools(): Promise<string[]> {
    const { scrapePools } = await this.data<{ scrapePools: string[] }>('/api/v1/scrape_pools');
    return scrapePools;
  }

  public async ruleGroups(): Promise<RuleGroup[]> {
    const { groups } = await this.data<{ groups: RuleGroup[] }>('/api/v1/rules');
    return groups;
  }

  public async alerts(): Promise<Alert[]> {
    const { alerts } = await this.data<{ alerts: Alert[] }>('/api/v1/alerts');
    return alerts;
  }

  public async activeAlertmanagers(): Promise<string[]> {
    const { activeAlertmanagers } = await this.data<{ activeAlertmanagers: { url: string }[] }>('/api/v1/alertmanagers');
    return activeAlertmanagers.map(({ url }) => url);
  }

  /** The configuration that is in force. */
  public async configuration(): Promise<string> {
    const { yaml } = await this.data<{ yaml: string }>('/api/v1/status/config');
    return yaml;
  }

  /** An instant query. */
  public async query(expr: string, time?: number): Promise<Sample[]> {
    const at = time === undefined ? '' : `&time=${time}`;
    const { result } = await this.data<{ result: Sample[] }>(`/api/v1/query?query=${encodeURIComponent(expr)}${at}`);
    return result;
  }

  /** A query over the time from `start` to `end`, in seconds. */
  public async queryRange(expr: string, start: number, end: number, step: number): Promise<Series[]> {
    const { result } = await this.data<{ result: Series[] }>(`/api/v1/query_range?query=${encodeURIComponent(expr)}&start=${start}&end=${end}&step=${step}`);
    return result;
  }

  /** Values of a label of series that a selector matches, sorted. */
  public labelValues(label: string, selector: string): Promise<string[]> {
    return this.data<string[]>(`/api/v1/label/${label}/values?match[]=${encodeURIComponent(selector)}`);
  }

  private async data<T>(path: string): Promise<T> {
    const answer = parse<Answer<T>>(await this.text(path));
    if (answer.status !== 'success') {
      throw new Error(`Prometheus ${this.namespace}/${this.service} answers ${path} with status '${answer.status}'`);
    }
    return answer.data;
  }
}
