import { Duration } from 'cdk8s';
import { MetricSelection } from '../monitoring';

/** Scrape options of every component. */
export interface MonitorOptions {
  /**
   * The scrape job's name: the value of the label `job`. Alerts and recording rules of the component follow it.
   * @default - the component's usual one, by which dashboards and runbooks know it: `node-exporter`, `kubelet`, …
   */
  readonly jobName?: string;
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
   * Selection of the series that are stored. `MetricSelection.all()` stores everything that the component exposes.
   * @default - the component's own: all, or all but what is known to be many series that no rule and no usual dashboard reads
   */
  readonly metrics?: MetricSelection;
}
