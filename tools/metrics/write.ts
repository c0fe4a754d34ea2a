/**
 * Writes test/rules/metrics, the metrics that programs expose: `npm run metrics`, or `npm run metrics -- LIST...` for some lists. Reads sources of
 * releases, by Go, and runs the programs themselves, which have to be on PATH, on loopback.
 */
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { declaredFamilies } from './declared';
import { Family, written } from './families';
import { captured, SETUPS } from './programs';
import { Source, source } from './sources';
import { cadvisorFamilies, kubernetesFamilies, kubeStateFamilies, nodeFamilies } from './upstream-lists';

/** Where a list comes from. */
interface List {
  readonly module: string;
  /** What reads it out of the sources. */
  readonly read?: (folder: string) => Family[];
}

const LISTS: { readonly [list: string]: List } = {
  'alertmanager': { module: 'github.com/prometheus/alertmanager' },
  'blackbox-exporter': { module: 'github.com/prometheus/blackbox_exporter' },
  'cadvisor': { module: 'github.com/google/cadvisor', read: cadvisorFamilies },
  'coredns': { module: 'github.com/coredns/coredns' },
  'etcd': { module: 'go.etcd.io/etcd/server/v3' },
  'kube-state-metrics': { module: 'k8s.io/kube-state-metrics/v2', read: kubeStateFamilies },
  'kubernetes': { module: 'k8s.io/kubernetes', read: kubernetesFamilies },
  'node-exporter': { module: 'github.com/prometheus/node_exporter', read: nodeFamilies },
  'prometheus': { module: 'github.com/prometheus/prometheus' },
  'prometheus-config-reloader': { module: 'github.com/prometheus-operator/prometheus-operator' },
  'victoria-metrics': { module: 'github.com/VictoriaMetrics/VictoriaMetrics' },
};

/** Metrics of nearly every program in Go: in the list of none, but in one of their own. */
const GO = /^(go|process|promhttp)_/;

function header(list: string, { module, version }: Source): string {
  const ways = [...(LISTS[list].read === undefined ? [] : ['read from its sources']), ...(SETUPS[list] === undefined ? [] : ['exposed by the program'])];
  return `# ${module} ${version}: ${ways.join(', ')}. Written by \`npm run metrics\`; not to be edited.`;
}

async function familiesOf(list: string, from: Source): Promise<Family[]> {
  const { read } = LISTS[list];
  return [...read?.(from.folder) ?? [], ...declaredFamilies(list, from), ...(SETUPS[list] === undefined ? [] : await captured(list))];
}

function write(list: string, first: string, families: readonly Family[]): void {
  writeFileSync(path.join(__dirname, '../../test/rules/metrics', `${list}.txt`), `${first}\n${written(families)}\n`);
}

async function main(chosen: readonly string[]): Promise<void> {
  const unknown = chosen.find((list) => LISTS[list] === undefined);
  if (unknown !== undefined) {
    throw new Error(`there is no list '${unknown}', there are ${Object.keys(LISTS).join(', ')}`);
  }
  for (const list of chosen.length > 0 ? chosen : Object.keys(LISTS)) {
    const from = source(LISTS[list].module);
    const families = await familiesOf(list, from);
    write(list, header(list, from), families.filter(({ name }) => !GO.test(name)));
    if (list === 'blackbox-exporter') {
      write('go', `# Of every program in Go, as ${header(list, from).slice(2)}`, families.filter(({ name }) => GO.test(name)));
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
