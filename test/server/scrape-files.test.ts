import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { notes, Synthesized, synthesize } from './support';
import { ScrapeEndpoint, ScrapeJob } from '../../lib';
import { inTempDir } from '../files';
import { find, Manifest, nameOf, ofKind } from '../manifests';
import { judge, promtool } from '../tools';

function job(i: number): ScrapeJob {
  return ScrapeJob.fromService({
    name: `shop-${i}`,
    labels: { 'app.kubernetes.io/name': `shop-${i}` },
    namespaces: ['shop'],
    copyLabels: ['app.kubernetes.io/version'],
    endpoints: [new ScrapeEndpoint({ port: 'http' })],
  });
}

function withJobs(count: number): Synthesized {
  return synthesize({}, (prometheus) => Array.from({ length: count }, (_, i) => i).forEach((i) => prometheus.addScrapeJob(job(i))));
}

/** The ConfigMaps that hold configuration. */
function maps({ objects }: Synthesized): Manifest[] {
  return ofKind(objects, 'ConfigMap');
}

function jobNames(synthesized: Synthesized): string[] {
  return maps(synthesized).flatMap(({ data }) => Object.values<string>(data))
    .flatMap((text) => parse(text).scrape_configs.map((config: Manifest) => config.job_name));
}

describe('a few jobs', () => {
  const few = withJobs(10);

  test('stand in one ConfigMap', () => {
    expect(maps(few).map(nameOf)).toEqual(['prometheus-config']);
    expect(few.pod.volumes[0].projected.sources.map(({ configMap }: Manifest) => [configMap.name, configMap.optional])).toEqual([
      ['prometheus-config', undefined], ...[2, 3, 4].map((number) => [`prometheus-scrape-${number}`, true]),
    ]);
    expect(few.configuration.scrape_config_files).toBeUndefined();
  });
});

describe('a thousand jobs', () => {
  const many = withJobs(1000);

  test('are split over ConfigMaps that stay below 200 kB', () => {
    expect(maps(many).length).toBeGreaterThan(3);
    maps(many).forEach((map) => expect(Buffer.byteLength(JSON.stringify(map))).toBeLessThan(200_000));
    expect(jobNames(many).length).toBe(1000);
    expect(new Set(jobNames(many)).size).toBe(1000);
  });

  test('are mounted side by side and watched', () => {
    expect(many.pod.volumes[0].projected.sources.map(({ configMap }: Manifest) => configMap.name).sort()).toEqual(maps(many).map(nameOf).sort());
    expect(many.configuration.scrape_config_files).toEqual(maps(many).map(nameOf).filter((name) => name.includes('scrape'))
      .map((name) => `/etc/prometheus/config/${name.replace('prometheus-', '')}.yaml`));
    expect(many.pod.containers[1].args).toContain('--watched-dir=/etc/prometheus/config');
  });

  test('are more than the Pods mount in advance, of which a note says what that means', () => {
    const further = maps(many).map(nameOf).filter((name) => /-scrape-([5-9]|\d\d)$/.test(name));
    expect(further).toContain('prometheus-scrape-5');
    expect(notes(many)).toEqual(further.map((name) => `ConfigMap '${name}' is beyond those that the Pods mount in advance: adding or removing it restarts them`));
    expect(notes(withJobs(300))).toEqual([]);
  });

  test('are read by Prometheus, and no file of an app that had more of them', () => {
    inTempDir((dir) => {
      fs.writeFileSync(path.join(dir, 'scrape-99.yaml'), 'scrape_configs: [{ job_name: shop-999/http }]\n');
      maps(many).forEach(({ data }) => Object.entries<string>(data).forEach(([file, text]) => (
        fs.writeFileSync(path.join(dir, file), text.replaceAll('/etc/prometheus/config', dir).replaceAll('/etc/prometheus/rules', dir + '/rules'))
      )));
      judge(promtool(), ['check', 'config', path.join(dir, 'prometheus.yml')]);
      fs.appendFileSync(path.join(dir, 'scrape-2.yaml'), '  - job_name: shop-999/http\n');
      expect(() => judge(promtool(), ['check', 'config', path.join(dir, 'prometheus.yml')])).toThrow('found multiple scrape configs with job name "shop-999/http"');
    });
  });

  test('keep the names of their ConfigMaps when one is added', () => {
    const names = maps(withJobs(1001)).map(nameOf);
    expect(maps(many).map(nameOf).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('need a few roles only', () => {
    expect(find(many.objects, 'Role').rules.length).toBe(2);
  });
});

test('the time for a job does not grow with their number', () => {
  const time = (count: number) => {
    const start = process.cpuUsage();
    withJobs(count);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  };
  time(100);
  expect(time(800)).toBeLessThan(3 * time(100));
});

test('a job that no ConfigMap can hold is refused', () => {
  const targets = Array.from({ length: 10_000 }, (_, i) => `host-${i}.example.com:9100`);
  expect(() => synthesize({}, (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'hosts', targets }))))
    .toThrow(/^test\/prometheus: scrape job 'hosts' takes \d+ kB, and at most 100 kB go into a ConfigMap; split it$/);
});
