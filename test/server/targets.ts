import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { synthesize } from './support';
import { ScrapeJob } from '../../lib';
import { inTempDirAsync } from '../files';
import { promtool } from '../tools';

export interface Labels {
  readonly [label: string]: string;
}

/** What discovery would find: an address, and meta labels without `__meta_kubernetes_`. */
export interface Found {
  readonly address: string;
  readonly meta?: Labels;
}

interface Checked {
  readonly labels: Labels;
}

const SILENT = /^__(always_scrape_classic_histograms|convert_classic_histograms_to_nhcb|scrape_\w+)__$/;

/**
 * Runs `promtool check service-discovery`, which waits as long as it is told to and then prints what it has got: on a busy machine that may
 * be nothing, and so it is run again for longer.
 */
async function discover(file: string, job: string, milliseconds: number = 250): Promise<Checked[]> {
  const { stdout } = await promisify(execFile)(promtool(), ['check', 'service-discovery', `--timeout=${milliseconds}ms`, file, job]);
  const checked: Checked[] = JSON.parse(stdout) ?? [];
  return checked.length > 0 || milliseconds > 10_000 ? checked : discover(file, job, milliseconds * 4);
}

/**
 * The targets that Prometheus makes of what discovery finds, with their labels: the rendered relabelings, run by Prometheus's own code on
 * static targets that carry the labels of discovery. They are sorted by their labels, since promtool prints them in the order of a Go map.
 */
export async function targetsOf(job: ScrapeJob, endpoint: string, found: readonly Found[]): Promise<Labels[]> {
  const { text } = synthesize({}, (prometheus) => prometheus.addScrapeJob(job));
  const configs: Array<{ [key: string]: unknown }> = parse(text).scrape_configs;
  const { kubernetes_sd_configs: discovery, tls_config: _tls, authorization: _authorization, ...rest } = configs.find(({ job_name }) => job_name === `${job.name}/${endpoint}`) ?? {};
  const replaced = discovery === undefined ? rest : {
    ...rest,
    static_configs: found.map(({ address, meta = {} }) => ({
      targets: [address],
      labels: Object.fromEntries(Object.entries(meta).map(([label, value]) => [`__meta_kubernetes_${label}`, value])),
    })),
  };
  return inTempDirAsync(async (dir) => {
    const file = path.join(dir, 'prometheus.yml');
    fs.writeFileSync(file, stringify({ scrape_configs: [replaced] }));
    const checked = await discover(file, `${job.name}/${endpoint}`);
    const targets = checked.map(({ labels }) => shown(labels)).filter((labels) => Object.keys(labels).length > 0);
    return targets.map((labels) => ({ labels, key: JSON.stringify(labels) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ labels }) => labels);
  });
}

/** What is not the default of a target's labels. */
function shown(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels)
    .filter(([label, value]) => !SILENT.test(label) && !(label === '__scheme__' && value === 'http') && !(label === '__metrics_path__' && value === '/metrics'))
    .sort(([a], [b]) => (a < b ? -1 : 1)));
}
