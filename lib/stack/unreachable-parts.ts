import { ClusterProfile } from './cluster-profile';
import { KubeletReach } from './cluster-reach';
import { Reachable } from './distributions';
import { COMPONENTS } from '../components/catalogue';

/** Parts that Pods cannot reach in a cluster of this profile, each with the reason and what to change. */
export function unreachableParts(profile: ClusterProfile): ReadonlyMap<string, string> {
  const reach = new Map<string, unknown>(Object.entries(profile));
  const parts = new Map<string, string>();
  for (const component of Object.values(COMPONENTS)) {
    if (!('prop' in component)) {
      continue;
    }
    const { part, prop } = component;
    if (reach.get(prop) === KubeletReach.NONE) {
      parts.set(part, `the ClusterProfile says ${prop}: KubeletReach.NONE`);
    } else if (reach.get(prop) === false && isReachable(prop)) {
      parts.set(part, closed(profile, prop, 'opening' in component ? component.opening : undefined));
    }
  }
  return parts;
}

function isReachable(prop: string): prop is Reachable {
  return prop in REACHABLE;
}

const REACHABLE: { readonly [component in Reachable]: true } = {
  apiServer: true, coreDns: true, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true, nodeExporter: true,
};

/** The reason of the distribution, else the setting that opens the component, which is that of kubeadm where the distribution has none. */
function closed({ _distribution }: ClusterProfile, prop: Reachable, kubeadmOpening: string | undefined): string {
  const { reasons = {}, openings = {}, isCustom = false } = _distribution;
  const reason = reasons[prop];
  if (reason !== undefined) {
    return reason;
  }
  const opening = openings[prop] ?? (isCustom ? undefined : kubeadmOpening);
  if (opening === undefined) {
    return `the ClusterProfile says ${prop}: false`;
  }
  const other = prop === 'etcd' ? ", or give the prop 'etcd' with addresses and client certificates" : '';
  return `its metrics listen on 127.0.0.1 only; ${opening}, then say ${prop}: true in the ClusterProfile${other}`;
}
