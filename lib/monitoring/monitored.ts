import { Dashboard } from './dashboards';
import { RuleSet } from './rules';
import { ScrapeJob } from './scrape';

/** Scrape jobs of a thing, and the rules and dashboards over its metrics. */
export interface Monitoring {
  /**
   * Scrape jobs.
   * @default - none
   */
  readonly jobs?: ScrapeJob[];
  /**
   * Recording and alerting rules over those metrics.
   * @default - none
   */
  readonly rules?: RuleSet;
  /**
   * Dashboards over those metrics. A Prometheus leaves them alone; `Grafana`, `DashboardConfigMaps` and `GrafanaDashboardResources` show them.
   * @default - none
   */
  readonly dashboards?: Dashboard[];
}

/** Anything that can be monitored: a construct of this library, or a user's own. */
export interface IMonitored {
  /** Scrape jobs, rules and dashboards. A Prometheus reads them once, by `monitor`. */
  readonly monitoring: Monitoring;
}
