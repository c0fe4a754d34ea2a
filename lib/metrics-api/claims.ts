import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { PrometheusBase } from '../backend/prometheus-base';

/** Servers of the resource metrics API by the tree of constructs that they are in. */
const CLAIMS = new WeakMap<IConstruct, Construct[]>();

/**
 * Claims `metrics.k8s.io`, of which a cluster has one server: throws when another construct of the chart has it, and fails the synthesis when one of
 * another chart of the same cluster has it. Charts are of one cluster unless each has a Prometheus of its own.
 */
export function claimResourceMetrics(claimant: Construct): void {
  const claims = CLAIMS.get(claimant.node.root) ?? [];
  CLAIMS.set(claimant.node.root, claims);
  const other = claims.find((one) => Chart.of(one) === Chart.of(claimant));
  if (other !== undefined) {
    throw new Error(`${claimant.node.path}: ${refusal(other)}`);
  }
  claims.push(claimant);
  claimant.node.addValidation({
    validate: () => claims.slice(0, claims.indexOf(claimant))
      .filter((before) => before.constructor !== claimant.constructor && !(hasPrometheus(before) && hasPrometheus(claimant)))
      .map((before) => `${refusal(before)}; for two clusters, give each chart a Prometheus of its own`),
  });
}

function refusal(other: Construct): string {
  return `'${other.node.path}' serves metrics.k8s.io already, and a cluster has one server of an API; `
    + "leave out MetricsServer, or 'resourceMetrics' of PrometheusAdapter";
}

function hasPrometheus(construct: Construct): boolean {
  return Chart.of(construct).node.findAll().some((child) => child instanceof PrometheusBase);
}
