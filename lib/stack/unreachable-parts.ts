import { ClusterProfile, KubeletReach } from './cluster-profile';
import { MonitoringPart } from './monitoring-part';
import { COMPONENTS } from '../components/catalogue';

/** A part that is not monitored because Pods cannot reach it. */
export interface UnreachablePart {
  readonly part: string;
  /** Why, and what to change. */
  readonly reason: string;
}

/** Parts that Pods cannot reach in a cluster of this profile. */
export function unreachableParts(profile: ClusterProfile): UnreachablePart[] {
  const reach = new Map<string, unknown>(Object.entries(profile));
  return Object.values(COMPONENTS).flatMap((component) => {
    const reached = 'prop' in component ? reach.get(component.prop) : undefined;
    if (!('prop' in component) || (reached !== false && reached !== KubeletReach.NONE)) {
      return [];
    }
    const { part, prop } = component;
    return [{ part, reason: 'opening' in component ? closed(profile, part, prop, component.opening) : `the ClusterProfile says ${prop}: ${word(reached)}` }];
  });
}

function closed(profile: ClusterProfile, part: string, prop: string, opening: string): string {
  if (profile.isManaged && part !== MonitoringPart.KUBE_PROXY) {
    return `the provider of a managed cluster runs it and does not expose it; if yours does, say ${prop}: true in the ClusterProfile`;
  }
  const other = part === MonitoringPart.ETCD ? ", or give the prop 'etcd' with addresses and client certificates" : '';
  return `its metrics listen on 127.0.0.1 only; ${opening}, then say ${prop}: true in the ClusterProfile${other}`;
}

function word(reached: false | KubeletReach.NONE): string {
  return reached === false ? 'false' : 'KubeletReach.NONE';
}
