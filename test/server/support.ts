import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { PrometheusServer, PrometheusServerProps, ScrapeJob } from '../../lib';
import { manifests, newChart } from '../charts';
import { inTempDir } from '../files';
import { find, Manifest, nameOf, ofKind } from '../manifests';
import { judge, promtool } from '../tools';

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
    this.workload = ofKind(this.objects, 'Deployment').find((object) => nameOf(object) === name) ?? find(this.objects, 'StatefulSet', name);
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

/** Notes on the Prometheus. */
export function notes({ chart }: Synthesized): string[] {
  return chart.node.findChild('prometheus').node.metadata.map(({ data }) => String(data));
}

/** Throws unless promtool accepts the configuration; the files that it names are not looked for. */
export function checkConfig(text: string, ...flags: string[]): void {
  inTempDir((dir) => {
    const file = path.join(dir, 'prometheus.yml');
    fs.writeFileSync(file, text);
    judge(promtool(), ['check', 'config', '--syntax-only', ...flags, file], text);
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
    ofKind(synthesized.objects, 'ConfigMap').filter((map) => nameOf(map).includes('-rules-'))
      .forEach((map) => Object.entries(map.data).forEach(([file, content]) => fs.writeFileSync(path.join(rules, file), String(content))));
    const file = path.join(dir, 'prometheus.yml');
    fs.writeFileSync(file, text);
    return judge(promtool(), ['check', 'config', ...flags, file], text);
  });
}

/** What `promtool` itself says of rule files. */
export function checkRules(texts: readonly string[]): void {
  inTempDir((dir) => {
    const files = texts.map((text, i) => {
      const file = path.join(dir, `${i}.yaml`);
      fs.writeFileSync(file, text);
      return file;
    });
    judge(promtool(), ['check', 'rules', ...files]);
  });
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
