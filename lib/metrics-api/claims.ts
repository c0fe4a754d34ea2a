import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { PrometheusBase } from '../backend/prometheus-base';

/** A server of the resource metrics API, and the name and namespace of its objects. */
interface Claimant extends Construct {
  readonly name: string;
  readonly namespace: string;
}

/** Servers of the resource metrics API by the tree of constructs that they are in. */
const CLAIMS = new WeakMap<IConstruct, Claimant[]>();

/**
 * Claims `metrics.k8s.io`, of which a cluster has one server: throws when another construct of the chart has it, and fails the synthesis when one of
 * another chart of the same cluster has it. Charts are of one cluster unless each has a Prometheus of its own, or their servers have the same
 * objects.
 */
export function claimResourceMetrics(claimant: Claimant): void {
  const claims = CLAIMS.get(claimant.node.root) ?? [];
  CLAIMS.set(claimant.node.root, claims);
  const other = claims.find((one) => Chart.of(one) === Chart.of(claimant));
  if (other !== undefined) {
    throw new Error(`${claimant.node.path}: ${refusal(other)}`);
  }
  claims.push(claimant);
  claimant.node.addValidation({
    validate: () => claims.slice(0, claims.indexOf(claimant))
      .filter((before) => !hasSameObjects(before, claimant) && !(hasPrometheus(before) && hasPrometheus(claimant)))
      .map((before) => `${refusal(before)}; for two clusters, give each an App, or each chart a Prometheus of its own`),
  });
}

function hasSameObjects(a: Claimant, b: Claimant): boolean {
  return a.constructor === b.constructor && a.namespace === b.namespace && a.name === b.name;
}

function refusal(other: Construct): string {
  return `'${other.node.path}' serves metrics.k8s.io already, and a cluster has one server of an API; `
    + "leave out MetricsServer, or 'resourceMetrics' of PrometheusAdapter";
}

function hasPrometheus(construct: Construct): boolean {
  return Chart.of(construct).node.findAll().some((child) => child instanceof PrometheusBase);
}
