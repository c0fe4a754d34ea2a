import { INFLUXDB_JOB, InfluxDbRuleOptions, influxDbThresholds } from './influxdb-rules';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of InfluxDB. */
export function influxDbDashboards(jobName: string, options?: InfluxDbRuleOptions): Dashboard[] {
  return componentDashboards({
    component: INFLUXDB_JOB, jobName, folder: 'Monitoring', files: ['influxdb/influxdb'], thresholds: influxDbThresholds(options),
  });
}
