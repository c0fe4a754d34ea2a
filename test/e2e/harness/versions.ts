import { DeployedApp } from './apps';
import { kubectl, KubeObject, parse } from './kubectl';

/** The resource version of each object of an app, by kind, namespace and name. */
export async function versions({ dist }: DeployedApp): Promise<Map<string, string>> {
  const { items } = parse<{ items: KubeObject[] }>(await kubectl(['get', '-R', '-f', dist, '-o', 'json']));
  return new Map(items.map(({ kind, metadata }) => [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, metadata.resourceVersion]));
}

/** Objects of which something has been written since. */
export async function changedSince(before: ReadonlyMap<string, string>, app: DeployedApp): Promise<string[]> {
  return [...await versions(app)].filter(([object, version]) => before.get(object) !== version).map(([object]) => object);
}
