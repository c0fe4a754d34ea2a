import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { exposed, Family } from './families';

/** A metric in the list of Kubernetes. */
interface KubernetesMetric {
  readonly name: string;
  readonly namespace?: string;
  readonly subsystem?: string;
  readonly type: string;
  readonly labels?: readonly string[];
  readonly constLabels?: { readonly [label: string]: string };
  readonly componentEndpoints?: ReadonlyArray<{ readonly component: string }>;
}

/** Types of Kubernetes that are others to Prometheus. */
const TYPES: { readonly [type: string]: string } = { custom: 'gauge', timinghistogram: 'histogram' };

/**
 * Metrics of the programs of Kubernetes, from the list that its releases have.
 * @see https://github.com/kubernetes/kubernetes/blob/master/test/instrumentation/documentation/documentation-list.yaml
 */
export function kubernetesFamilies(folder: string): Family[] {
  const list: readonly KubernetesMetric[] = parse(readFileSync(path.join(folder, 'test/instrumentation/documentation/documentation-list.yaml'), 'utf8'));
  return list.map(({ name, namespace, subsystem, type, labels = [], constLabels = {} }) => ({
    name: [namespace, subsystem, name].filter((part) => part !== undefined && part !== '').join('_'),
    type: TYPES[type.toLowerCase()] ?? type.toLowerCase(),
    labels: [...labels, ...Object.keys(constLabels)],
  }));
}

/** The cells of the rows of Markdown tables. */
function cells(text: string): string[][] {
  return text.split('\n').filter((line) => line.includes('|')).map((line) => line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim()));
}

/**
 * Metrics of kube-state-metrics, from its pages.
 * @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics
 */
export function kubeStateFamilies(folder: string): Family[] {
  const pages = readdirSync(path.join(folder, 'docs/metrics'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  return pages.flatMap((page) => cells(readFileSync(path.join(folder, 'docs/metrics', page), 'utf8')))
    .filter(([name]) => /^`?kube_\w+`?$/.test(name))
    .map((row) => ({
      name: row[0].replaceAll('`', ''), type: row[1].toLowerCase(),
      labels: row.flatMap((cell) => [...cell.matchAll(/`(\w+)`?=/g)].map(([, label]) => label)),
    }));
}

/**
 * Metrics of containers and machines, from the page of cAdvisor; the kubelet gives those of containers these labels.
 * @see https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md
 */
export function cadvisorFamilies(folder: string): Family[] {
  const common = ['container', 'id', 'image', 'name', 'namespace', 'pod'];
  return cells(readFileSync(path.join(folder, 'docs/storage/prometheus.md'), 'utf8'))
    .filter(([name]) => /^`(container|machine)_\w+`$/.test(name))
    .map(([name, type]) => ({ name: name.replaceAll('`', ''), type: type.toLowerCase(), labels: name.startsWith('`container') ? common : [] }));
}

/**
 * Metrics of node-exporter with all of its collectors, from what its own tests expect.
 * @see https://github.com/prometheus/node_exporter/blob/master/collector/fixtures/e2e-output.txt
 */
export function nodeFamilies(folder: string): Family[] {
  return exposed(readFileSync(path.join(folder, 'collector/fixtures/e2e-output.txt'), 'utf8'));
}
