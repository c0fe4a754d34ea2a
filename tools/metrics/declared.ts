import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Family } from './families';
import { Source } from './sources';

/** A metric that a program exposes only when something happens, with the file of its sources that declares it. */
interface Declared extends Family {
  readonly file: string;
  /** How the file spells its name. */
  readonly spelled: string;
}

const WRITE = { file: 'storage/remote/queue_manager.go', type: 'counter', labels: ['reason', 'remote_name', 'url'] };
const SYSTEMD = { file: 'collector/systemd_linux.go' };
const WATCHED = { file: 'pkg/watch/watch.go', type: 'counter', labels: ['resource', 'result'] };
const SHARDS = { file: 'pkg/sharding/metrics.go', type: 'gauge' };

/** By the list to which they belong. */
const DECLARED: { readonly [list: string]: readonly Declared[] } = {
  'prometheus': ['samples', 'histograms', 'exemplars'].map((kind) => (
    { ...WRITE, name: `prometheus_remote_storage_${kind}_dropped_total`, spelled: `"${kind}_dropped_total"` }
  )),
  'node-exporter': [
    { ...SYSTEMD, name: 'node_systemd_unit_state', spelled: '"unit_state"', type: 'gauge', labels: ['name', 'state', 'type'] },
    { ...SYSTEMD, name: 'node_systemd_service_restart_total', spelled: '"service_restart_total"', type: 'counter', labels: ['name'] },
  ],
  'kube-state-metrics': [
    { ...WATCHED, name: 'kube_state_metrics_list_total', spelled: '"kube_state_metrics_list_total"' },
    { ...WATCHED, name: 'kube_state_metrics_watch_total', spelled: '"kube_state_metrics_watch_total"' },
    { ...SHARDS, name: 'kube_state_metrics_shard_ordinal', spelled: '"kube_state_metrics_shard_ordinal"', labels: ['shard_ordinal'] },
    { ...SHARDS, name: 'kube_state_metrics_total_shards', spelled: '"kube_state_metrics_total_shards"', labels: [] },
  ],
  'etcd': [{
    name: 'etcd_network_peer_sent_failures_total', spelled: '"peer_sent_failures_total"', type: 'counter', labels: ['To'],
    file: 'etcdserver/api/rafthttp/metrics.go',
  }],
};

/** The metrics of a list that are declared in its sources; throws where these do not have them any more. */
export function declaredFamilies(list: string, { folder, module }: Source): Family[] {
  return (DECLARED[list] ?? []).map(({ name, type, labels, file, spelled }) => {
    if (!readFileSync(path.join(folder, file), 'utf8').includes(spelled)) {
      throw new Error(`${module}: ${file} does not declare ${name} any more; look for it, and change tools/metrics/declared.ts`);
    }
    return { name, type, labels };
  });
}
