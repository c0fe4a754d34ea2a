import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { GROUP } from '../crds/crd-schema';

const WORKLOADS = ['Prometheus', 'PrometheusAgent', 'Alertmanager'];
const CONFIGURATIONS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule'];

/** Namespaces that an operator of the app manages. */
export interface OperatorReach {
  /** The ids of those that make workloads in a namespace, empty for one without an id. */
  readonly managers: (namespace: string) => string[];
  /** Whether one looks for monitors and rules in a namespace. */
  readonly looksAt: (namespace: string) => boolean;
  /** Whether namespaces are left out by name, instead of named. */
  readonly denies: boolean;
}

/** The annotation by which a resource says whose it is. */
const CONTROLLER_ID = 'operator.prometheus.io/controller-id';

/** The resources of an operator's chart of which no workloads are made, and the first of each namespace that no Prometheus takes, in words. */
export function unmanaged(operator: IConstruct, { managers, looksAt, denies }: OperatorReach): string[] {
  const resources = Chart.of(operator).node.findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .filter(({ apiGroup }) => apiGroup === GROUP);
  const workloads = resources.filter(({ kind }) => WORKLOADS.includes(kind))
    .flatMap((resource) => unmanagedReason(resource, managers(namespaceOf(resource))) ?? []);
  const unseen = new Map<string, ApiObject>();
  resources.filter(({ kind }) => CONFIGURATIONS.includes(kind)).forEach((resource) => {
    const namespace = namespaceOf(resource);
    if (!unseen.has(namespace) && !looksAt(namespace)) {
      unseen.set(namespace, resource);
    }
  });
  return [
    ...workloads,
    ...[...unseen].map(([namespace, resource]) => (
      `${nameOf(resource)} is in a namespace where the operator looks for no monitors and rules, so no Prometheus would take it; ${denies
        ? `take '${namespace}' out of 'denyNamespaces'`
        : `name '${namespace}' in 'watchNamespaces', or give no 'watchNamespaces'`}`
    )),
  ];
}

/** Why no workload is made of a resource, if none is. */
function unmanagedReason(resource: ApiObject, ids: readonly string[]): string | undefined {
  if (ids.length === 0) {
    return `${nameOf(resource)} is in a namespace where the operator makes no workloads, so nothing would run; name it in 'instanceNamespaces' or 'watchNamespaces'`;
  }
  return ids.includes('') || isAnnotated(resource)
    ? undefined
    : `${nameOf(resource)} has no annotation '${CONTROLLER_ID}: ${ids[0]}', so the operator leaves it alone; add it to the metadata of '${resource.node.path}', or take 'controller-id' out of extraFlags`;
}

function namespaceOf({ metadata }: ApiObject): string {
  return metadata.namespace ?? 'default';
}

function nameOf(resource: ApiObject): string {
  return `${resource.kind} '${namespaceOf(resource)}/${resource.name}'`;
}

/** Resources without an operator in the app are ignored: an operator elsewhere may run them. */
function isAnnotated({ metadata }: ApiObject): boolean {
  const json: unknown = metadata.toJson();
  const annotations = typeof json === 'object' && json !== null && 'annotations' in json ? json.annotations : undefined;
  return typeof annotations === 'object' && annotations !== null && CONTROLLER_ID in annotations;
}
