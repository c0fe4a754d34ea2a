import { ClusterProfile, KubeletReach } from './cluster-profile';
import { COMPONENTS } from '../components/catalogue';

/** Parts that Pods cannot reach in a cluster of this profile, each with the reason and what to change. */
export function unreachableParts(profile: ClusterProfile): ReadonlyMap<string, string> {
  const reach = new Map<string, unknown>(Object.entries(profile));
  return new Map(Object.values(COMPONENTS).flatMap((component) => {
    const reached = 'prop' in component ? reach.get(component.prop) : undefined;
    if (!('prop' in component) || (reached !== false && reached !== KubeletReach.NONE)) {
      return [];
    }
    const { part, prop } = component;
    const says = `the ClusterProfile says ${prop}: ${reached === false ? 'false' : 'KubeletReach.NONE'}`;
    return [[part, 'opening' in component ? closed(profile, prop, component.opening) : says] as const];
  }));
}

function closed(profile: ClusterProfile, prop: string, opening: string): string {
  if (profile.isManaged && prop !== 'kubeProxy') {
    return `the provider of a managed cluster runs it and does not expose it; if yours does, say ${prop}: true in the ClusterProfile`;
  }
  const other = prop === 'etcd' ? ", or give the prop 'etcd' with addresses and client certificates" : '';
  return `its metrics listen on 127.0.0.1 only; ${opening}, then say ${prop}: true in the ClusterProfile${other}`;
}
