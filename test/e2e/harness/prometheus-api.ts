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

/** Rules that fail, or that were not evaluated yet though their group is every minute; the first time comes within an interval. */
export function illRules(groups: readonly RuleGroup[]): object[] {
  return groups.flatMap(({ name: group, interval, rules }) => rules
    .filter(({ health }) => health !== 'ok' && !(health === 'unknown' && interval > 60))
    .map(({ name, health, lastError }) => ({ group, name, health, lastError })));
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

interface Answer<T> {
  readonly status: string;
  readonly data: T;
}

/** A Prometheus, asked through the API server's proxy: no port has to be open for that, on any cluster. */
export class PrometheusApi {
  constructor(public readonly namespace: string, public readonly service = 'prometheus', private readonly port = 'web') {}

  /** The path of the API server at which it is. */
  public get path(): string {
    return `/api/v1/namespaces/${this.namespace}/services/${this.service}:${this.port}/proxy`;
  }

  /** Asks a path such as `/api/v1/targets`. */
  public text(path: string): Promise<string> {
    return getRaw(`${this.path}${path}`);
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

  private async data<T>(path: string): Promise<T> {
    const answer = parse<Answer<T>>(await this.text(path));
    if (answer.status !== 'success') {
      throw new Error(`Prometheus ${this.namespace}/${this.service} answers ${path} with status '${answer.status}'`);
    }
    return answer.data;
  }
}
