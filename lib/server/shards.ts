import { selectorLabels, WorkloadIdentity } from '../kubernetes/workload-identity';
import { ScrapeJob } from '../monitoring';
import { RelabelStep } from '../wire/relabel-steps';

/** Label that the Pods of all shards have, as those of the operator do. */
const SHARED = 'prometheus';
/** Label by whose hash targets are split, unless a relabeling has set it. */
const HASH = '__tmp_hash';
/** Label that, set by a relabeling, keeps a target in all shards. */
const EVERYWHERE = '__tmp_disable_sharding';
/** Length up to which the Pods of a StatefulSet can carry its name in a label. */
const LONGEST_SET = 52;

/** A shard of a Prometheus. */
export interface Shard {
  readonly number: number;
  /** Shards in all. */
  readonly of: number;
  /** Names, labels and Pods of its own objects. The first has those of a Prometheus without shards, so that its StatefulSet stays as it is. */
  readonly identity: WorkloadIdentity;
}

/** The identity of a Prometheus that selects the Pods of all shards. */
export function ofAllShards(identity: WorkloadIdentity, shards: number): WorkloadIdentity {
  const { 'app.kubernetes.io/name': program } = identity.selector;
  return shards === 1 ? identity : { ...identity, selector: { 'app.kubernetes.io/name': program, [SHARED]: identity.name } };
}

/** The shards of a Prometheus. Throws when its name leaves no room for their numbers. */
export function shardsOf(identity: WorkloadIdentity, shards: number): Shard[] {
  const { where, name, namespace, labels } = identity;
  const { 'app.kubernetes.io/name': program } = identity.selector;
  const shared = ofAllShards(identity, shards).selector;
  const longest = LONGEST_SET - (shards === 1 ? 0 : `-shard-${shards - 1}`.length);
  if (name.length > longest) {
    throw new Error(`${where}: '${name}' has ${name.length} characters, and a Prometheus with ${shards} shards has at most ${longest}; give a shorter one by the prop 'name'`);
  }
  return Array.from({ length: shards }, (_, number) => {
    const own = number === 0 ? name : `${name}-shard-${number}`;
    const selector = selectorLabels(program, own);
    return { number, of: shards, identity: { where, name: own, namespace, selector, labels: { ...labels, ...shared, ...selector } } };
  });
}

/**
 * Relabelings that keep the targets of a shard, the operator's; none where there is only one.
 * @see https://prometheus-operator.dev/docs/platform/high-availability/#prometheus
 */
export function shardSteps({ _discovery: discovery }: ScrapeJob, { number, of }: Pick<Shard, 'number' | 'of'>): RelabelStep[] {
  if (of === 1) {
    return [];
  }
  // The address of all probes is the prober's.
  const hashed = 'prober' in discovery ? '__param_target' : '__address__';
  return [
    { sourceLabels: [hashed, HASH], regex: '(.+);', targetLabel: HASH },
    { action: 'hashmod', sourceLabels: [HASH], targetLabel: HASH, modulus: of },
    { action: 'keep', sourceLabels: [HASH, EVERYWHERE], regex: `${number};|.+;.+` },
  ];
}
