import { Duration } from 'cdk8s';
import { ScrapeEndpoint, ScrapeJob } from 'cdk8s-prometheus';
import { apply } from './harness/apps';
import { eventually } from './harness/eventually';
import { kubectl } from './harness/kubectl';
import { lifeOf, Pod, thePod } from './harness/pods';
import { given, scenario } from './harness/scenario';
import { SHOP_PATH } from './harness/shop';
import { operated, TWINS, twins, writeTwins } from './harness/twins';
import { everyRuleIsUsed, noRequestIsRefused } from './harness/used-rules';

const OPERATOR = 'app.kubernetes.io/name=prometheus-operator';
const NEW_JOB = ScrapeJob.fromStaticTargets({ name: 'later', targets: [`shop.${TWINS}.svc:80`], endpoints: [new ScrapeEndpoint({ path: SHOP_PATH })] });

function pod(): Promise<Pod> {
  return thePod(TWINS, 'app.kubernetes.io/name=prometheus,app.kubernetes.io/instance=operated');
}

async function allUp(): Promise<void> {
  const targets = await operated.activeTargets();
  expect(targets.length).toBeGreaterThan(20);
  expect(targets.filter(({ health, labels }) => health !== 'up' && labels.job !== 'prometheus-operator')).toEqual([]);
}

describe('an operator that goes', () => {
  given(400, async () => {
    await twins();
  });

  scenario('leaves targets up, and after its return has what was changed meanwhile in force within 2 minutes', 240, async () => {
    await eventually('every target is up', 90, allUp);
    const life = lifeOf(await pod());
    const changed = await writeTwins({ interval: Duration.seconds(5), further: NEW_JOB }, 'changed');
    const before = await thePod(TWINS, OPERATOR);
    const began = Date.now();
    await kubectl(['delete', 'pod', '--namespace', TWINS, '--grace-period=0', '--force', '--selector', OPERATOR]);
    await apply(changed);
    await eventually('the change is in force', 120, async () => {
      const targets = await operated.activeTargets();
      expect(targets.filter(({ health, scrapeInterval }) => health !== 'up' || scrapeInterval !== '5s')).toEqual([]);
      expect(targets.filter(({ labels }) => labels.job === 'later')).toHaveLength(1);
    });
    const failed = `min_over_time(up{job!="prometheus-operator"}[${Math.ceil((Date.now() - began) / 1000)}s]) == 0`;
    expect((await operated.query(failed)).map(({ metric }) => metric)).toEqual([]);
    expect((await thePod(TWINS, OPERATOR)).metadata.uid).not.toBe(before.metadata.uid);
    expect(lifeOf(await pod())).toEqual(life);
  });

  scenario('has no request refused', 60, () => noRequestIsRefused({ namespace: TWINS, name: 'prometheus-operator' }));

  scenario('leaves to its Prometheus rights of which every one is used', 150, () => everyRuleIsUsed({ namespace: TWINS, name: 'operated' }));
});
