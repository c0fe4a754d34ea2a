import { SinkGatewayRuleOptions } from './sink-gateway-rule-options';

/** Thresholds of the alerts about a sink gateway, which colour dashboards too. Percentages are 0 to 100. */
export function sinkGatewayThresholds({ failedPercent = 5, deliverySeconds = 10, bufferPercent = 50, lostPercent = 5 }: SinkGatewayRuleOptions = {}) {
  return { failedPercent, deliverySeconds, bufferPercent, lostPercent };
}
