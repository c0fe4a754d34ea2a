import { k8s } from 'cdk8s-plus-27';
import { WorkloadOptions } from './workload-options';
import { checkChoice, checkCount, checkKubernetesLabel, checkNotEmpty, checkObjectName } from '../checks';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const OPERATORS = ['Exists', 'Equal', 'Lt', 'Gt'];
const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function checkToleration(where: string, { key = '', operator = 'Equal', value = '', effect = '', tolerationSeconds }: k8s.Toleration): void {
  checkChoice(operator, OPERATORS, `${where}: operator`);
  if (effect !== '') {
    checkChoice(effect, EFFECTS, `${where}: effect`);
  }
  if (key !== '') {
    checkKubernetesLabel(key, where, 'a taint');
  } else if (operator !== 'Exists') {
    throw new Error(`${where}: operator '${operator}' has no key; name that of the taint, or use 'Exists' for all taints`);
  }
  if (operator === 'Exists' && value !== '') {
    throw new Error(`${where}: operator 'Exists' has the value '${value}', which the API server refuses; leave it out, or use 'Equal'`);
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    throw new Error(`${where}: 'tolerationSeconds' goes with the effect 'NoExecute' only; leave it out`);
  }
}

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
function checkConstraints(where: string, constraints: readonly k8s.TopologySpreadConstraint[]): void {
  const seen = new Set<string>();
  constraints.forEach(({ maxSkew, topologyKey, whenUnsatisfiable }) => {
    checkNotEmpty(topologyKey, `${where}: topologyKey`, "name a label of the nodes, such as 'topology.kubernetes.io/zone'");
    const at = `${where}: '${topologyKey}'`;
    checkKubernetesLabel(topologyKey, where);
    checkCount(maxSkew, `${at}: maxSkew`, 'the constraints of the library');
    checkChoice(whenUnsatisfiable, UNSATISFIABLE, `${at}: whenUnsatisfiable`);
    const one = `${topologyKey} ${whenUnsatisfiable}`;
    if (seen.has(one)) {
      throw new Error(`${at}: '${whenUnsatisfiable}' is given twice; keep one of them`);
    }
    seen.add(one);
  });
}

/** Throws when Kubernetes would refuse what the options say of the nodes that the Pods run at. */
export function checkScheduling(where: string, options: WorkloadOptions): void {
  options.tolerations?.forEach((toleration) => checkToleration(`${where}: tolerations`, toleration));
  checkConstraints(`${where}: topologySpreadConstraints`, options.topologySpreadConstraints ?? []);
  for (const prop of ['priorityClassName', 'runtimeClassName'] as const) {
    checkObjectName(options[prop], `${where}: ${prop}`);
  }
}
