import { Construct, IConstruct } from 'constructs';

/** What serves the resource metrics API, by the app. */
const CLAIMS = new WeakMap<IConstruct, Construct>();

/** Claims `metrics.k8s.io`, of which a cluster has one server. Throws when another construct of the app has it: its charts are of one cluster. */
export function claimResourceMetrics(claimant: Construct): void {
  const { root } = claimant.node;
  const other = CLAIMS.get(root);
  if (other !== undefined) {
    throw new Error(`${claimant.node.path}: '${other.node.path}' serves metrics.k8s.io already, and a cluster has one server of an API; `
      + "leave out MetricsServer, or 'resourceMetrics' of PrometheusAdapter, or make an App of its own for charts of another cluster");
  }
  CLAIMS.set(root, claimant);
}
