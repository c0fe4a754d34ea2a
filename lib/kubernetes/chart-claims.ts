import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Things of a cluster that constructs of a chart have, with the construct that has each. */
const claims = new WeakMap<Chart, Map<string, string>>();

/** Something that a cluster has once. */
interface Claim {
  /** Path of the construct that wants it. */
  readonly where: string;
  /** In messages, different for each: `node port 30090`. */
  readonly what: string;
  /** Tells things of one name apart. */
  readonly within?: string;
}

/** Throws when another construct of the chart has the same already. */
export function claimInChart(scope: IConstruct, { where, what, within = '' }: Claim): void {
  const chart = Chart.of(scope);
  const ofChart = claims.get(chart) ?? new Map<string, string>();
  claims.set(chart, ofChart);
  const key = `${what} ${within}`;
  const first = ofChart.get(key);
  if (first !== undefined) {
    throw new Error(`${where}: ${what} leads to '${first}' already; choose another`);
  }
  ofChart.set(key, where);
}
