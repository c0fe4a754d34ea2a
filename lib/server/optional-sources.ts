import { k8s } from 'cdk8s-plus-27';

/** Sources of a projected volume that need not exist: ConfigMaps by their numbers, from the first to the last. */
export function optionalConfigMaps(nameOf: (number: number) => string, first: number, last: number): k8s.VolumeProjection[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({ configMap: { name: nameOf(first + i), optional: true } }));
}
