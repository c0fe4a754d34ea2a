import { apply, DeployedApp, rolledOut } from '../harness/apps';
import { eventually, steadily } from '../harness/eventually';
import { kubectl } from '../harness/kubectl';
import { illRules } from '../harness/prometheus-api';
import { prometheus, referenceApp } from '../harness/reference';
import { given, scenario } from '../harness/scenario';
import { everyContainerIsReady, everyTargetIsUp, noAlertIsOnItsWay, onlyWatchdogFires, REFERENCE_SERVICES } from '../harness/stack-checks';
import { changedSince, versions } from '../harness/versions';

describe('the reference app, on a cluster as kubeadm made it', () => {
  let app: DeployedApp;
  given(300, async () => {
    app = await referenceApp();
  });

  scenario('is applied in one pass and everything becomes ready', 200, async () => {
    await rolledOut(app);
    await everyContainerIsReady(app);
  });

  scenario('has every target up, and neither scheduler, controller-manager, kube-proxy nor etcd among them', 150, async () => {
    await eventually('every target is up', 100, () => everyTargetIsUp(REFERENCE_SERVICES));
    const pools = new Set((await prometheus.scrapePools()).map((pool) => pool.split('/')[0]));
    expect(['kube-scheduler', 'kube-controller-manager', 'kube-proxy', 'etcd'].filter((job) => pools.has(job))).toEqual([]);
  });

  scenario('has rules that evaluate without an error', 90, async () => {
    await eventually('every rule is healthy', 75, async () => {
      const groups = await prometheus.ruleGroups();
      expect(groups.flatMap(({ rules }) => rules).length).toBeGreaterThan(100);
      expect(illRules(groups)).toEqual([]);
    });
  });

  scenario('gives no alert but Watchdog, which reaches Alertmanager', 480, async () => {
    await onlyWatchdogFires();
    await steadily('no target is down and no other alert is pending', 60, async () => {
      await everyTargetIsUp(REFERENCE_SERVICES);
      await noAlertIsOnItsWay();
    });
  });

  scenario('has nothing to change for a second apply', 90, async () => {
    const before = await versions(app);
    expect(before.size).toBe(app.objects.length);
    await apply(app);
    expect(await changedSince(before, app)).toEqual([]);
    await expect(kubectl(['diff', '--server-side', '-R', '-f', app.dist])).resolves.toBe('');
  });
});
