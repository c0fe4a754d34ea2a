import { BlackboxRuleOptions } from './blackbox-rule-options';
import { blackboxThresholds } from './blackbox-rules';
import { Dashboard, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

/** The dashboard of probes for each job that makes some, whatever its name and its prober; a Grafana shows it once for all of them. */
export function probeDashboards(jobs: readonly ScrapeJob[], options?: BlackboxRuleOptions): Dashboard[] {
  return jobs.filter(({ _discovery: discovery }) => 'prober' in discovery).flatMap(({ name }) => componentDashboards({
    component: 'probes',
    jobName: name,
    folder: 'Monitoring',
    files: ['blackbox/probes'],
    // Without an exporter of the app there are no rules either.
    thresholds: options === undefined ? undefined : blackboxThresholds(options),
  }));
}
