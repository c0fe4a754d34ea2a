import { InfluxDbRuleOptions } from './influxdb-rule-options';
import { INFLUXDB_JOB } from './influxdb-rules';
import { influxDbThresholds } from './influxdb-thresholds';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** Dashboards of InfluxDB. */
export function influxDbDashboards(jobName: string, options?: InfluxDbRuleOptions): Dashboard[] {
  return componentDashboards({
    component: INFLUXDB_JOB, jobName, folder: 'Monitoring', files: ['influxdb/influxdb'], thresholds: influxDbThresholds(options),
  });
}
