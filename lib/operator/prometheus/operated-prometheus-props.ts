import { MonitorSelection } from './monitor-selection';
import { PrometheusProps } from '../../backend';

/** A Prometheus that the Prometheus Operator runs. */
export interface OperatedPrometheusProps extends PrometheusProps {
  /**
   * Shards, each of which scrapes its part of the targets, in `replicas` replicas. Rules see only what their shard has scraped. Throws when a job
   * that becomes a ScrapeConfig or is raw has relabelings with hashmod, instead of which the operator would put its own.
   * @default 1
   */
  readonly shards?: number;
  /**
   * Selection of the monitors, probes, scrape configs and rules of others.
   * @default MonitorSelection.everywhere()
   */
  readonly selection?: MonitorSelection;
}
