import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** A metric that a program exposes: its type, and the labels that the program gives it. */
export interface KnownMetric {
  readonly type: string;
  readonly labels: readonly string[];
}

/** Lists of metrics by the default name of the job that they are scraped with. Others have none: nothing says yet what they expose. */
export const LISTS: { readonly [job: string]: readonly string[] } = {
  'alertmanager': ['alertmanager', 'prometheus-config-reloader'],
  'apiserver': ['kubernetes'],
  'blackbox-exporter': ['blackbox-exporter'],
  'coredns': ['coredns'],
  'etcd': ['etcd'],
  'kube-controller-manager': ['kubernetes'],
  'kube-proxy': ['kubernetes'],
  'kube-scheduler': ['kubernetes'],
  'kube-state-metrics': ['kube-state-metrics'],
  'kubelet': ['kubernetes', 'cadvisor'],
  'node-exporter': ['node-exporter'],
  'prometheus': ['prometheus', 'prometheus-config-reloader'],
  'victoria-metrics': ['victoria-metrics'],
};

/** Labels that discovery gives to every series of a target. */
const TARGET_LABELS = ['cluster', 'container', 'endpoint', 'instance', 'job', 'metrics_path', 'namespace', 'node', 'pod', 'service'];

/** Metrics that Prometheus itself makes of a scrape. */
const OF_A_SCRAPE: KnownMetric = { type: 'gauge', labels: [] };

const lists = new Map<string, ReadonlyMap<string, KnownMetric>>();

function read(name: string): ReadonlyMap<string, KnownMetric> {
  const known = lists.get(name) ?? new Map(readFileSync(path.join(__dirname, 'metrics', `${name}.txt`), 'utf8').split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '))
    .map(([metric, type, ...labels]) => [metric, { type, labels }]));
  lists.set(name, known);
  return known;
}

/** Parts of a family that are series of their own, by their ending. */
const PARTS: ReadonlyArray<readonly [ending: string, types: readonly string[], labels: readonly string[]]> = [
  ['', ['counter', 'gauge', 'untyped', 'unknown'], []], ['', ['summary'], ['quantile']],
  ['_bucket', ['histogram'], ['le']], ['_count', ['histogram', 'summary'], []], ['_sum', ['histogram', 'summary'], []],
];

/** Whether it is a label that a label or an annotation of an object gives, as the pages of kube-state-metrics write it. */
const isPattern = (label: string): boolean => /^(label|annotation)_[A-Z_]+$/.test(label);

/** A series of a family that has its ending. */
function part(list: ReadonlyMap<string, KnownMetric>, metric: string): KnownMetric | undefined {
  for (const [ending, types, labels] of PARTS) {
    const family = metric.endsWith(ending) ? list.get(metric.slice(0, metric.length - ending.length)) : undefined;
    if (family !== undefined && types.includes(family.type)) {
      return { type: family.type, labels: [...family.labels, ...labels] };
    }
  }
  return undefined;
}

/** The metric of a job, with all labels that its lists give it; undefined if the job does not have it. */
export function knownMetric(job: string, metric: string): KnownMetric | undefined {
  if (metric === 'up' || metric.startsWith('scrape_')) {
    return OF_A_SCRAPE;
  }
  const found = [...LISTS[job] ?? [], 'go'].map((name) => part(read(name), metric)).filter((known) => known !== undefined);
  return found.length === 0 ? undefined : { type: found[0].type, labels: found.flatMap(({ labels }) => labels) };
}

/** Whether series of a metric can have a label, be it of the target. */
export function canHave({ labels }: KnownMetric, label: string): boolean {
  return labels.includes(label) || TARGET_LABELS.includes(label) || labels.some((known) => isPattern(known) && label.startsWith(known.replace(/[A-Z].*/, '')));
}
