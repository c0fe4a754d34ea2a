import { Chart } from 'cdk8s';
import { KubernetesMonitoring } from 'cdk8s-prometheus';
import { aboutTheMonitoring } from './harness/alerts';
import { deployed, remove, synthesize } from './harness/apps';
import { eventually, steadily } from './harness/eventually';
import { PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';

const NAME = 'e2e-defaults';
const api = new PrometheusApi(NAME);

async function noTargetIsDown(): Promise<void> {
  const targets = await api.activeTargets();
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
}

describe('the defaults', () => {
  given(300, async () => {
    // node-exporter is at one port of each node, so the two cannot be at once
    await remove('kube-ops');
    await deployed(NAME, () => synthesize(NAME, (chart: Chart) => {
      new KubernetesMonitoring(chart, 'monitoring');
    }));
  });

  scenario('fit a cluster that nobody changed: no target is down, and no alert but Watchdog is on its way', 300, async () => {
    await eventually('every target is up', 100, noTargetIsDown);
    await eventually('Watchdog fires', 60, async () => {
      expect((await api.alerts()).map(({ labels }) => labels.alertname)).toContain('Watchdog');
    });
    // What is absent until the first scrape is pending for a moment.
    await eventually('no alert is on its way', 90, async () => {
      expect(aboutTheMonitoring(await api.alerts())).toEqual([]);
    });
    await steadily('no target is down and no other alert is pending', 60, async () => {
      await noTargetIsDown();
      expect(aboutTheMonitoring(await api.alerts())).toEqual([]);
    });
  });

  scenario('watch neither scheduler, controller manager, kube-proxy nor etcd, which listen on 127.0.0.1 there', 30, async () => {
    const jobs = new Set((await api.activeTargets()).map(({ labels }) => labels.job));
    expect([...jobs]).toEqual(expect.arrayContaining(['kubelet', 'apiserver', 'coredns', 'node-exporter', 'kube-state-metrics', 'prometheus', 'alertmanager']));
    expect(['kube-scheduler', 'kube-controller-manager', 'kube-proxy', 'etcd'].filter((job) => jobs.has(job))).toEqual([]);
  });
});
