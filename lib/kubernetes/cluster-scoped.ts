import { k8s } from 'cdk8s-plus-27';
import { lazily } from './lazily';

/** Metadata of an object that is in no namespace; cdk8s would give it the chart's, and the API server refuses that or drops it. */
export function clusterScoped(metadata: k8s.ObjectMeta): k8s.ObjectMeta {
  return { ...metadata, namespace: lazily<string | undefined>(() => undefined) };
}
