import { SinkGatewayRuleOptions } from '../../components';
import { ForwardOptions, Sink } from '../../monitoring';
import { MonitorOptions } from '../../components';

/** Sink and workload of a gateway. */
export interface SinkGatewayProps extends ForwardOptions, MonitorOptions {
  /** The sink. */
  readonly sink: Sink;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: SinkGatewayRuleOptions;
}
