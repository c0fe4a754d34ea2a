import { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { note } from '../kubernetes/notes';

/** Sources of a projected volume that need not exist: ConfigMaps by their numbers, from the first to the last. */
export function optionalConfigMaps(nameOf: (number: number) => string, first: number, last: number): k8s.VolumeProjection[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({ configMap: { name: nameOf(first + i), optional: true } }));
}

/** Says that a ConfigMap is beyond those that the Pods mount in advance. */
export function noteRestart(server: IConstruct | undefined, configMap: string): void {
  if (server !== undefined) {
    note(server, `ConfigMap '${configMap}' is beyond those that the Pods mount in advance: adding or removing it restarts them`);
  }
}
