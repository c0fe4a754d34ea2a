import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, ChartProps, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { PrometheusServer, PrometheusServerProps, ScrapeJob } from '../../lib';
import { promtool } from '../tools';

/** A manifest, or a part of one, as a test looks into it. */
export type Manifest = ReturnType<typeof Testing.synth>[number];

/** A chart of its own app. */
export function newChart(props: ChartProps = { namespace: 'monitoring' }): Chart {
  return new Chart(Testing.app(), 'test', props);
}

export function manifests(chart: Chart): Manifest[] {
  return Testing.synth(chart);
}

/** The only object of a kind, or the one of a name. */
export function find(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = all(objects, kind).filter((object) => name === undefined || nameOf(object) === name);
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are ${kind} ${name ?? ''}: ${objects.map((object) => `${String(object.kind)}/${nameOf(object)}`).join(', ')}`);
  }
  return found[0];
}

export function all(objects: readonly Manifest[], kind: string): Manifest[] {
  return objects.filter((object) => String(object.kind) === kind);
}

export function nameOf(object: Manifest): string {
  return String(object.metadata.name);
}

/** A Prometheus alone in a chart, and what it becomes. */
export class Synthesized {
  public readonly objects: Manifest[];
  public readonly configuration: Manifest;
  /** The text of `prometheus.yml`. */
  public readonly text: string;
  public readonly workload: Manifest;
  public readonly pod: Manifest;
  public readonly container: Manifest;

  constructor(public readonly chart: Chart, name: string = 'prometheus') {
    this.objects = manifests(chart);
    this.text = String(find(this.objects, 'ConfigMap', `${name}-config`).data['prometheus.yml']);
    this.configuration = parse(this.text);
    this.workload = all(this.objects, 'Deployment').find((object) => nameOf(object) === name) ?? find(this.objects, 'StatefulSet', name);
    this.pod = this.workload.spec.template.spec;
    this.container = this.pod.containers[0];
  }

  public get args(): string[] {
    return this.container.args;
  }

  /** The scrape configs of a job, by endpoint. */
  public scrape(job: string): { [endpoint: string]: Manifest } {
    const named: Array<[string, Manifest]> = this.configuration.scrape_configs.map((config: Manifest) => [config.job_name, config]);
    return Object.fromEntries(named.filter(([name]) => name.startsWith(`${job}/`)).map(([name, config]) => [name.slice(job.length + 1), config]));
  }
}

type Fill = (prometheus: PrometheusServer, chart: Chart) => void;

/** Makes a Prometheus without its own job, lets `fill` add to it, and synthesizes. */
export function synthesize(props: PrometheusServerProps = {}, fill: Fill = () => undefined): Synthesized {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { selfMonitoring: false, ...props });
  fill(prometheus, chart);
  return new Synthesized(chart);
}

/** The scrape configs that a job becomes, by endpoint, after promtool has accepted them. */
export function scrapeConfigsOf(job: ScrapeJob): { [endpoint: string]: Manifest } {
  const synthesized = synthesize({}, (prometheus) => prometheus.addScrapeJob(job));
  checkConfig(synthesized.text);
  return synthesized.scrape(job.name);
}

export function inTempDir<T>(use: (dir: string) => T): T {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-'));
  try {
    return use(dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Throws unless promtool accepts the configuration; the files that it names are not looked for. */
export function checkConfig(text: string, ...flags: string[]): void {
  inTempDir((dir) => {
    const file = path.join(dir, 'prometheus.yml');
    fs.writeFileSync(file, text);
    runPromtool(['check', 'config', '--syntax-only', ...flags, file], text);
  });
}

/**
 * Throws unless promtool accepts the configuration with all that it names: rule files of the ConfigMaps, and a file for each key of a
 * Secret, laid out in a directory of their own.
 */
export function checkConfigWithFiles(synthesized: Synthesized, ...flags: string[]): string {
  return inTempDir((dir) => {
    const text = synthesized.text.replace(/\/(etc\/prometheus|var\/run)\//g, (_, at: string) => `${dir}/${at}/`);
    [...text.matchAll(/_file: (\S+)/g)].forEach(([, file]) => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, 'x');
    });
    const rules = path.join(dir, 'etc/prometheus/rules');
    fs.mkdirSync(rules, { recursive: true });
    all(synthesized.objects, 'ConfigMap').filter((map) => nameOf(map).includes('-rules-'))
      .forEach((map) => Object.entries(map.data).forEach(([file, content]) => fs.writeFileSync(path.join(rules, file), String(content))));
    const file = path.join(dir, 'prometheus.yml');
    fs.writeFileSync(file, text);
    return runPromtool(['check', 'config', ...flags, file], text);
  });
}

/** What promtool says; throws when it refuses, and shows `text` then. */
export function runPromtool(args: string[], text: string = ''): string {
  const { status, stdout, stderr } = spawnSync(promtool(), args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`promtool ${args.join(' ')}: ${stdout}${stderr}\n${text}`);
  }
  return stdout;
}

/** What `promtool` itself says of rule files. */
export function checkRules(texts: readonly string[]): void {
  inTempDir((dir) => {
    const files = texts.map((text, i) => {
      const file = path.join(dir, `${i}.yaml`);
      fs.writeFileSync(file, text);
      return file;
    });
    execFileSync(promtool(), ['check', 'rules', ...files], { stdio: 'pipe' });
  });
}

/** Bytes of every manifest of an app that `make` fills. */
export function bytesOf(make: (chart: Chart) => void): string {
  const app = new App();
  make(new Chart(app, 'test', { namespace: 'monitoring' }));
  return app.synthYaml();
}

/** What Pod Security `restricted` asks for, and what the library asks of itself. */
export function expectRestricted(pod: Manifest): void {
  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true, runAsUser: expect.any(Number), runAsGroup: expect.any(Number), fsGroup: expect.any(Number), seccompProfile: { type: 'RuntimeDefault' },
  });
  expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
  pod.containers.forEach((container: Manifest) => {
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(container.resources.requests).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
  });
  expect(pod.volumes.flatMap((volume: Manifest) => Object.keys(volume))).not.toContain('hostPath');
}
