import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { quoteList } from '../text';

/** Reference to an object by kind and name. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Kinds of the groups of Kubernetes itself that have a number of replicas to change. */
const SCALABLE = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];
const BUILT_IN = ['', 'core', 'apps', 'batch'];

/** The object of a construct of any version of cdk8s-plus, of an L1 class or an `ApiObject`. Throws on a construct without one. */
export function objectOf(where: string, construct: IConstruct): ApiObject {
  let found: IConstruct | undefined = construct;
  // not ApiObject.of(), which knows the classes of one version of cdk8s alone
  while (found !== undefined && !ApiObject.isApiObject(found)) {
    found = found.node.defaultChild;
  }
  if (found === undefined) {
    throw new Error(`${where}: '${construct.node.path}' makes no object of its own; name the construct of the object, or its ApiObject`);
  }
  return found;
}

/** The object by kind and name. */
export function referenceTo({ apiVersion, kind, name }: ApiObject): ObjectReference {
  return { apiVersion, kind, name };
}

/** Namespace of an object: its own, else the chart's, else `default`. */
export function namespaceOfObject(object: ApiObject): string {
  return object.metadata.namespace ?? Chart.of(object).namespace ?? 'default';
}

/** API group, empty for the core. */
export function apiGroupOf({ apiVersion }: ObjectReference): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? '' : group;
}

/** Throws when the kind is one of Kubernetes and has no replicas to change; of other kinds that is not known. */
export function requireScalable(where: string, object: ApiObject): void {
  if (BUILT_IN.includes(apiGroupOf(referenceTo(object))) && !SCALABLE.includes(object.kind)) {
    throw new Error(`${where}: ${object.kind} '${object.name}' has no number of replicas to scale; name the construct of ${quoteList(SCALABLE).replace(' and ', ' or ')}`);
  }
}

function field(value: unknown, ...path: string[]): unknown {
  return path.reduce((found: unknown, key) => {
    const entries: Array<[string, unknown]> = Object.entries(found ?? {});
    return entries.find(([name]) => name === key)?.[1];
  }, value);
}

/** Number of replicas that a manifest sets, if it does. */
export function replicasOf(manifest: unknown): number | undefined {
  const replicas = field(manifest, 'spec', 'replicas');
  return replicas === undefined ? undefined : Number(replicas);
}

/** Whether the manifest of an autoscaler names the object as its target. */
export function scalesObject(autoscaler: unknown, { kind, name }: ApiObject): boolean {
  const target = ['kind', 'name'].map((key) => field(autoscaler, 'spec', 'scaleTargetRef', key));
  return target[0] === kind && target[1] === name;
}

/** A container of a workload, and resources for which it has a request or a limit. */
export interface ContainerRequests {
  readonly name: string;
  readonly requested: readonly string[];
}

/** Containers of a workload's Pods; undefined where its kind has them elsewhere. */
export function containersOf(manifest: unknown): ContainerRequests[] | undefined {
  const containers = field(manifest, 'spec', 'template', 'spec', 'containers');
  return Array.isArray(containers) ? containers.map((container: unknown) => ({
    name: String(field(container, 'name')),
    // a limit is the request where none is given
    requested: ['requests', 'limits'].flatMap((kind) => Object.keys(field(container, 'resources', kind) ?? {})),
  })) : undefined;
}
