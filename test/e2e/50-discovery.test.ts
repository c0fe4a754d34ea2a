import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { MonitoringNamespace } from 'cdk8s-prometheus';
import { deployed, remove, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './harness/images';
import { thePod } from './harness/pods';
import { Target } from './harness/prometheus-api';
import { prometheus, referenceApp } from './harness/reference';
import { given, scenario } from './harness/scenario';

const NAME = 'e2e-shop';
const PORT = 8080;

/** An application that its owner wrote without a thought of us: it serves metrics, and annotations say where. */
function shop(chart: Chart): void {
  new MonitoringNamespace(chart, NAME);
  const metadata = { name: 'shop', namespace: NAME };
  const labels = { app: 'shop' };
  new k8s.KubeConfigMap(chart, 'metrics', { metadata, data: { 'metrics.txt': '# TYPE shop_orders_total counter\nshop_orders_total 42\n' } });
  new k8s.KubeDeployment(chart, 'shop', {
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${PORT}`, 'prometheus.io/path': '/metrics.txt' },
        },
        spec: {
          ...HARDENED_POD,
          terminationGracePeriodSeconds: 1,
          containers: [{
            ...HARDENED_CONTAINER,
            name: 'shop',
            image: busybox(),
            command: ['httpd', '-f', '-p', `${PORT}`, '-h', '/www'],
            volumeMounts: [{ name: 'www', mountPath: '/www' }],
          }],
          volumes: [{ name: 'www', configMap: { name: 'shop' } }],
        },
      },
    },
  });
}

async function shopTargets(): Promise<Target[]> {
  return (await prometheus.activeTargets()).filter(({ labels }) => labels.namespace === NAME);
}

describe('an application that appears with annotations', () => {
  given(300, async () => {
    await referenceApp();
  });

  scenario('is found without anybody configuring it, and forgotten when it goes', 240, async () => {
    await deployed(NAME, () => synthesize(NAME, shop));
    const pod = await thePod(NAME, 'app=shop');
    await eventually('its series are there', 90, async () => {
      const targets = await shopTargets();
      expect(targets.map(({ labels, health, lastError }) => ({ labels, health, lastError }))).toEqual([{
        labels: {
          job: 'annotated-pods', namespace: NAME, pod: pod.metadata.name, node: pod.spec.nodeName, instance: `${pod.status.podIP}:${PORT}`,
        },
        health: 'up',
        lastError: '',
      }]);
      const [sample] = await prometheus.query(`shop_orders_total{namespace="${NAME}"}`);
      expect(sample?.value[1]).toBe('42');
    });
    await remove(NAME);
    await eventually('its target is gone', 60, async () => {
      expect(await shopTargets()).toEqual([]);
    });
    await eventually('its series have ended', 60, async () => {
      expect(await prometheus.query(`shop_orders_total{namespace="${NAME}"}`)).toEqual([]);
    });
  });
});
