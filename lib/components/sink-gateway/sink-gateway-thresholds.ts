import { Duration } from 'cdk8s';
import { SinkGatewayRuleOptions } from './sink-gateway-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about a sink gateway, which colour dashboards too. Percentages are 0 to 100. */
export function sinkGatewayThresholds(options: SinkGatewayRuleOptions = {}) {
  const { failedPercent = 5, deliveryTime = Duration.seconds(10), bufferPercent = 50, lostPercent = 5 } = options;
  return { failedPercent, deliverySeconds: seconds(deliveryTime), bufferPercent, lostPercent };
}
