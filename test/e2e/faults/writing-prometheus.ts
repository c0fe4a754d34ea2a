import { parse, stringify } from 'yaml';
import { Loose } from '../../manifests';
import { say } from '../harness/progress';
import { difference, NONE, prometheusPath, prometheusSamples, Samples, Span } from '../harness/store-samples';
import { Place, Processes, until } from '../thanos/processes';

/** Places around a Prometheus, on this machine. */
export interface Neighbours {
  /** Ports of the scrape jobs that are kept, by their names. */
  readonly jobs: { readonly [job: string]: number };
  /** URLs of the remote writes, by their names. */
  readonly urls: { readonly [remoteWrite: string]: string };
  /** Folders with the files of Secrets. */
  readonly secrets?: Place['secrets'];
  /** Kind of its workload. */
  readonly kind?: 'Deployment' | 'StatefulSet';
  /** Addresses that it listens at, each of which is a target of each job. */
  readonly addresses?: readonly string[];
}

/** Bounds of a comparison. */
export interface Alike {
  /** Regular expression of the metrics that the store gets; all of them if undefined. */
  readonly metrics?: string;
  /** Share by which values may differ. */
  readonly share?: number;
}

/** Seconds since 1970. */
export const now = () => Math.floor(Date.now() / 1000);

/** Waits. */
export const pause = (seconds: number) => new Promise((resolve) => {
  setTimeout(resolve, seconds * 1000);
});

const ADDRESSES = ['127.0.0.1'];

/** The Prometheus `prometheus` of the manifests as a process that writes to processes of this machine. */
export class WritingPrometheus {
  constructor(private readonly programs: Processes, private readonly port: number, private readonly neighbours: Neighbours) {}

  public get place(): Place {
    const { urls, secrets, kind = 'Deployment', addresses = ADDRESSES } = this.neighbours;
    return {
      name: 'prometheus', workload: [kind, 'prometheus'], container: 'prometheus', ports: { 9090: this.port }, shared: {}, secrets, env: { POD_NAME: 'prometheus-0' },
      more: addresses.map((address) => `--web.listen-address=${address}:${this.port}`),
      files: {
        'prometheus.yml': (text) => {
          const { global, rule_files: rules, remote_write: writes, scrape_configs: configs } = parse(text);
          return stringify({
            global: { ...global, scrape_timeout: '1s' },
            rule_files: rules,
            remote_write: writes.map((write: Loose) => ({ ...write, url: urls[write.name] })),
            scrape_configs: this.jobs(configs),
          });
        },
      },
    };
  }

  public start(): Promise<void> {
    return this.programs.start(this.place);
  }

  /** The scrape jobs, with the relabelings by which shards split targets. */
  private jobs(configs: Loose[]): object[] {
    const { jobs, addresses = ADDRESSES } = this.neighbours;
    return Object.entries(jobs).map(([job, port]) => {
      const { relabel_configs: relabelings = [] } = configs.find(({ job_name: name }) => name.startsWith(`${job}/`)) ?? {};
      return {
        job_name: job,
        static_configs: [{ targets: addresses.map((address) => `${address}:${port}`) }],
        relabel_configs: relabelings.filter((step: Loose) => step.source_labels?.includes('__tmp_hash')),
      };
    });
  }

  /** Alerts that fire, with the remote write or else the job that they are about. */
  public async firing(): Promise<string[]> {
    const { data }: Loose = JSON.parse(await this.text('/api/v1/alerts'));
    return data.alerts.filter(({ state, labels }: Loose) => state === 'firing' && labels.alertname !== 'Watchdog')
      .map(({ labels }: Loose) => [labels.alertname, labels.remote_name ?? labels.job].filter((part) => part !== undefined).join(' ')).sort();
  }

  /** Waits until these alerts fire. */
  public untilFiring(alerts: readonly string[], seconds: number): Promise<void> {
    const began = now();
    return until(alerts.join(', '), async () => {
      const firing = await this.firing();
      expect(firing).toEqual(expect.arrayContaining([...alerts]));
      say(`fires after ${now() - began} s: ${firing.join(', ')}`);
      return true;
    }, seconds);
  }

  /** Values of a query. */
  public async query(expr: string): Promise<number[]> {
    const { data }: Loose = JSON.parse(await this.text(`/api/v1/query?query=${encodeURIComponent(expr)}`));
    return data.result.map(({ value: [, value] }: Loose) => Number(value));
  }

  /** Has it read its files again. */
  public async reload(): Promise<void> {
    expect((await fetch(`http://127.0.0.1:${this.port}/-/reload`, { method: 'POST' })).status).toBe(200);
  }

  /** Its samples of the metrics that a regular expression matches. */
  public async samples(span: Span, metrics?: string): Promise<Samples> {
    return prometheusSamples(await this.text(prometheusPath(span, metrics)), span);
  }

  /** Waits until a store has exactly what it has. */
  public async hasAlike(store: string, span: Span, samplesOf: (span: Span) => Promise<Samples>, { metrics, share }: Alike = {}): Promise<void> {
    const expected = await this.samples(span, metrics);
    expect(expected.size).toBeGreaterThan(1000);
    const began = now();
    await until(`${store} has all samples`, async () => {
      expect(difference(expected, await samplesOf(span), share)).toEqual(NONE);
      return true;
    }, 300);
    say(`${store}: ${expected.size} samples of ${span.end - span.start} s, as Prometheus has them, after ${now() - began} s`);
  }

  private async text(page: string): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.port}${page}`)).text();
  }
}
