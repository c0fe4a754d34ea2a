import { Chart } from 'cdk8s';
import { MonitoringNamespace } from 'cdk8s-prometheus';
import { deployed, remove, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { thePod } from './harness/pods';
import { Target } from './harness/prometheus-api';
import { fullStack, prometheus } from './harness/reference';
import { given, scenario } from './harness/scenario';
import { Shop, SHOP_PORT } from './harness/shop';

const NAME = 'e2e-shop';

function shop(chart: Chart): void {
  new MonitoringNamespace(chart, NAME);
  new Shop(chart, 'shop', NAME);
}

async function shopTargets(): Promise<Target[]> {
  return (await prometheus.activeTargets()).filter(({ labels }) => labels.namespace === NAME);
}

describe('an application that appears with annotations', () => {
  given(300, async () => {
    await fullStack();
  });

  scenario('is found without anybody configuring it, and forgotten when it goes', 240, async () => {
    await deployed(NAME, () => synthesize(NAME, shop));
    const pod = await thePod(NAME, 'app=shop');
    await eventually('its series are there', 90, async () => {
      const targets = await shopTargets();
      expect(targets.map(({ labels, health, lastError }) => ({ labels, health, lastError }))).toEqual([{
        labels: {
          job: 'annotated-pods', namespace: NAME, pod: pod.metadata.name, node: pod.spec.nodeName, instance: `${pod.status.podIP}:${SHOP_PORT}`,
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
