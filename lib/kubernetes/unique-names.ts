import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

const checked = new WeakSet<Chart>();

/** Fails the synthesis when two objects of a construct's chart have one kind, namespace and name: the second would overwrite the first. */
export function requireUniqueNames(scope: IConstruct): void {
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
