import { THANOS_COMPACTOR_JOB } from './thanos-compactor-rules';
import { THANOS_QUERY_FRONTEND_JOB } from './thanos-query-frontend-rules';
import { THANOS_QUERY_JOB } from './thanos-query-rules';
import { THANOS_RECEIVE_JOB } from './thanos-receive-rules';
import {
  ThanosCompactorRuleOptions, ThanosQueryFrontendRuleOptions, ThanosQueryRuleOptions, ThanosReceiveRuleOptions, ThanosRulerRuleOptions,
  ThanosSidecarRuleOptions, ThanosStoreRuleOptions,
} from './thanos-rule-options';
import { THANOS_RULER_JOB } from './thanos-ruler-rules';
import { THANOS_SIDECAR_JOB } from './thanos-sidecar-rules';
import { THANOS_STORE_JOB } from './thanos-store-rules';
import {
  thanosCompactorThresholds, thanosQueryFrontendThresholds, thanosQueryThresholds, thanosReceiveThresholds, thanosRulerThresholds,
  thanosSidecarThresholds, thanosStoreThresholds,
} from './thanos-thresholds';
import { Dashboard } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';

const folder = 'Monitoring';

/** Dashboards of the Thanos sidecar. */
export function thanosSidecarDashboards(jobName: string, options?: ThanosSidecarRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_SIDECAR_JOB, jobName, folder, files: ['thanos/thanos-sidecar'], thresholds: thanosSidecarThresholds(options) });
}

/** Dashboards of Thanos Query. */
export function thanosQueryDashboards(jobName: string, options?: ThanosQueryRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_QUERY_JOB, jobName, folder, files: ['thanos/thanos-query'], thresholds: thanosQueryThresholds(options) });
}

/** Dashboards of Thanos Query Frontend. */
export function thanosQueryFrontendDashboards(jobName: string, options?: ThanosQueryFrontendRuleOptions): Dashboard[] {
  return componentDashboards({
    component: THANOS_QUERY_FRONTEND_JOB, jobName, folder, files: ['thanos/thanos-query-frontend'], thresholds: thanosQueryFrontendThresholds(options),
  });
}

/** Dashboards of Thanos Store. */
export function thanosStoreDashboards(jobName: string, options?: ThanosStoreRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_STORE_JOB, jobName, folder, files: ['thanos/thanos-store'], thresholds: thanosStoreThresholds(options) });
}

/** Dashboards of Thanos Compactor. */
export function thanosCompactorDashboards(jobName: string, options?: ThanosCompactorRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_COMPACTOR_JOB, jobName, folder, files: ['thanos/thanos-compact'], thresholds: thanosCompactorThresholds(options) });
}

/** Dashboards of Thanos Receive. */
export function thanosReceiveDashboards(jobName: string, options?: ThanosReceiveRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_RECEIVE_JOB, jobName, folder, files: ['thanos/thanos-receive'], thresholds: thanosReceiveThresholds(options) });
}

/** Dashboards of Thanos Ruler. */
export function thanosRulerDashboards(jobName: string, options?: ThanosRulerRuleOptions): Dashboard[] {
  return componentDashboards({ component: THANOS_RULER_JOB, jobName, folder, files: ['thanos/thanos-rule'], thresholds: thanosRulerThresholds(options) });
}
