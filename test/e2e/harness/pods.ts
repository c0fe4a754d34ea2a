import { KubeObject, listObjects } from './kubectl';

export interface Pod extends KubeObject {
  readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly name: string; readonly image: string }[] };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly restartCount: number;
      readonly state?: { readonly running?: { readonly startedAt: string } };
    }[];
  };
}

/** The one Pod that carries the labels. */
export async function thePod(namespace: string, selector: string): Promise<Pod> {
  const pods = await listObjects<Pod>('pods', { namespace, selector });
  if (pods.length !== 1) {
    throw new Error(`in ${namespace} ${pods.length} Pods carry ${selector}, not one: ${pods.map(({ metadata }) => metadata.name).join(', ')}`);
  }
  return pods[0];
}

/** What changes when a Pod is replaced or one of its containers starts again. */
export function lifeOf({ metadata, status }: Pod): object {
  const containers = (status.containerStatuses ?? [])
    .map(({ name, restartCount, state }) => ({ name, restartCount, startedAt: state?.running?.startedAt }));
  return { uid: metadata.uid, containers };
}
