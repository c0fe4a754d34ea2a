import { Duration } from 'cdk8s';
import {
  ThanosCompactorRuleOptions, ThanosQueryFrontendRuleOptions, ThanosQueryRuleOptions, ThanosReceiveRuleOptions, ThanosRulerRuleOptions,
  ThanosSidecarRuleOptions, ThanosStoreRuleOptions,
} from './thanos-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about the Thanos sidecar, which colour dashboards too. */
export function thanosSidecarThresholds({ uploadAge = Duration.hours(6) }: ThanosSidecarRuleOptions = {}) {
  return { uploadAgeSeconds: seconds(uploadAge) };
}

/** Thresholds of the alerts about Thanos Query. Percentages are 0 to 100. */
export function thanosQueryThresholds({
  httpErrorPercent = 5, grpcErrorPercent = 5, dnsErrorPercent = 1, latency = Duration.seconds(40), rangeLatency = Duration.seconds(90),
}: ThanosQueryRuleOptions = {}) {
  return { httpErrorPercent, grpcErrorPercent, dnsErrorPercent, latencySeconds: seconds(latency), rangeLatencySeconds: seconds(rangeLatency) };
}

/** Thresholds of the alerts about Thanos Query Frontend. Percentages are 0 to 100. */
export function thanosQueryFrontendThresholds({ httpErrorPercent = 5, cacheErrorPercent = 5 }: ThanosQueryFrontendRuleOptions = {}) {
  return { httpErrorPercent, cacheErrorPercent };
}

/** Thresholds of the alerts about Thanos Store. Percentages are 0 to 100. */
export function thanosStoreThresholds({
  grpcErrorPercent = 5, bucketErrorPercent = 5, bucketLatency = Duration.seconds(2), gateLatency = Duration.seconds(2),
}: ThanosStoreRuleOptions = {}) {
  return { grpcErrorPercent, bucketErrorPercent, bucketLatencySeconds: seconds(bucketLatency), gateLatencySeconds: seconds(gateLatency) };
}

/** Thresholds of the alerts about Thanos Compactor. Percentages are 0 to 100. */
export function thanosCompactorThresholds({ compactionErrorPercent = 5, bucketErrorPercent = 5 }: ThanosCompactorRuleOptions = {}) {
  return { compactionErrorPercent, bucketErrorPercent };
}

/** Thresholds of the alerts about Thanos Receive. Percentages are 0 to 100. */
export function thanosReceiveThresholds({
  httpErrorPercent = 5, forwardErrorPercent = 20, uploadAge = Duration.hours(6),
}: ThanosReceiveRuleOptions = {}) {
  return { httpErrorPercent, forwardErrorPercent, uploadAgeSeconds: seconds(uploadAge) };
}

/** Thresholds of the alerts about Thanos Ruler. Percentages are 0 to 100. */
export function thanosRulerThresholds({ evaluationErrorPercent = 5 }: ThanosRulerRuleOptions = {}) {
  return { evaluationErrorPercent };
}
