import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';

const checked = new WeakSet<Chart>();

/** Has the chart of a construct fail the synthesis when two of its objects are one in the cluster, where the second would overwrite the first. */
export function requireUniqueNames(scope: Construct): void {
  const chart = Chart.of(scope);
  if (!checked.has(chart)) {
    checked.add(chart);
    chart.node.addValidation({ validate: () => sameNames(chart) });
  }
}

function sameNames(chart: Chart): string[] {
  const seen = new Map<string, string>();
  return chart.node.findAll().flatMap((construct) => {
    if (!(construct instanceof ApiObject) || Chart.of(construct) !== chart) {
      return [];
    }
    const { apiGroup, kind, name, metadata } = construct;
    const key = JSON.stringify([apiGroup, kind, typeof metadata.namespace === 'string' ? metadata.namespace : '', name]);
    const first = seen.get(key);
    seen.set(key, first ?? construct.node.path);
    return first === undefined ? [] : [
      `${construct.node.path}: there is a ${kind} '${name}' already, made by '${first}'; give one of the two another 'name' or 'namespace'`,
    ];
  });
}
