import { SinkGatewayRuleOptions, sinkGatewayThresholds } from './sink-gateway-rule-options';
import { SINK_GATEWAY_JOB } from './sink-gateway-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of a sink gateway. */
export function sinkGatewayDashboards(jobName: string, options?: SinkGatewayRuleOptions): Dashboard[] {
  return componentDashboards({
    component: SINK_GATEWAY_JOB, jobName, folder: 'Monitoring', files: ['sink-gateway/sink-gateway'], thresholds: sinkGatewayThresholds(options),
  });
}
