import { KubeStateResource } from './kube-state-resource';

/** Labels or annotations of one kind of object. */
export interface KubeStateKeys {
  /** The kind of object; it has to be among those that are watched. */
  readonly resource: KubeStateResource;
  /** Names of labels or annotations, or `*` alone for all of them: that is a series per object with everything that anyone writes there. */
  readonly keys: string[];
}
