import { MonitorSelection } from './monitor-selection';
import { PrometheusProps } from '../../backend';

/** A Prometheus that the Prometheus Operator runs. */
export interface OperatedPrometheusProps extends PrometheusProps {
  /**
   * Selection of the monitors, probes, scrape configs and rules of others.
   * @default MonitorSelection.everywhere()
   */
  readonly selection?: MonitorSelection;
}
