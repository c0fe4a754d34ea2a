import { Dashboard } from './dashboards';
import { RuleSet } from './rules';
import { ScrapeJob } from './scrape';

/** How a thing is monitored: where its metrics are, what is concluded from them, how they are shown. */
export interface Monitoring {
  /**
   * What is scraped.
   * @default - nothing
   */
  readonly jobs?: ScrapeJob[];
  /**
   * Recording and alerting rules over those metrics.
   * @default - none
   */
  readonly rules?: RuleSet;
  /**
   * Dashboards of those metrics.
   * @default - none
   */
  readonly dashboards?: Dashboard[];
}

/** Anything that can be monitored: a construct of this library, or a user's own. */
export interface IMonitored {
  /** How it is monitored. A Prometheus reads it once, when it is told to monitor the thing. */
  readonly monitoring: Monitoring;
}
