import { MonitorOptions } from './monitor-options';
import { MetricSelection, ScrapeEndpointProps } from '../monitoring';

/** What the options say about an endpoint; `metrics` where the caller chose none. */
export function endpointOptions(options: MonitorOptions, metrics: MetricSelection = MetricSelection.all()): ScrapeEndpointProps {
  return { interval: options.interval, timeout: options.timeout, metrics: options.metrics ?? metrics._proven() };
}
