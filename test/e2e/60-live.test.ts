import { Chart, Duration, Size } from 'cdk8s';
import {
  ClaimRetention, KubeletMonitor, MonitoringNamespace, PrometheusServer, PrometheusServerProps, DataStorage, TlsClient,
} from 'cdk8s-prometheus';
import { apply, deployed, rolledOut, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { lifeOf, Pod, thePod } from './harness/pods';
import { PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';
import { everyRuleIsUsed } from './harness/used-rules';

const NAME = 'e2e-live';
const OLDER_IMAGE = process.env.E2E_OLDER_PROMETHEUS_IMAGE;
const UPGRADE = OLDER_IMAGE === undefined
  ? 'keeps its samples when its Pod is rolled in place (one image only, so the same version: E2E_OLDER_PROMETHEUS_IMAGE makes it an upgrade)'
  : `keeps its samples when its version is upgraded in place, from ${OLDER_IMAGE}`;

const api = new PrometheusApi(NAME);

/** One Prometheus with a claim, in a version of the app that differs by its props. */
function version(props: PrometheusServerProps) {
  return (chart: Chart): void => {
    new MonitoringNamespace(chart, NAME);
    const prometheus = new PrometheusServer(chart, 'prometheus', {
      storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), whenDeleted: ClaimRetention.DELETE }), ...props,
    });
    prometheus.monitor(new KubeletMonitor(chart, 'kubelet', { tls: TlsClient.insecureSkipVerify() }));
  };
}

const before: PrometheusServerProps = { image: OLDER_IMAGE, scrapeInterval: Duration.seconds(10) };
const edited: PrometheusServerProps = { ...before, scrapeInterval: Duration.seconds(5) };
const upgraded: PrometheusServerProps = { ...edited, image: undefined, podAnnotations: { 'example.com/rolled': 'yes' } };

function pod(): Promise<Pod> {
  return thePod(NAME, 'app.kubernetes.io/name=prometheus');
}

async function everyTargetEvery(seconds: number): Promise<void> {
  const targets = await api.activeTargets();
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter(({ health, scrapeInterval }) => health !== 'up' || scrapeInterval !== `${seconds}s`)).toEqual([]);
}

describe('a Prometheus with a claim', () => {
  given(240, async () => {
    await deployed(NAME, () => synthesize(NAME, version(before)));
    await eventually('it scrapes every 10 s', 60, () => everyTargetEvery(10));
  });

  scenario('takes up an edited scrape interval within 2 minutes, without a restart', 150, async () => {
    const life = lifeOf(await pod());
    await apply(synthesize(NAME, version(edited), 'edited'));
    await eventually('it scrapes every 5 s', 120, () => everyTargetEvery(5));
    expect(lifeOf(await pod())).toEqual(life);
  });

  scenario('needs no rule of RBAC that it does not use, and gets no request refused', 150, () => everyRuleIsUsed({ namespace: NAME, name: 'prometheus' }));

  scenario(UPGRADE, 240, async () => {
    const old = await pod();
    const now = Math.floor(Date.now() / 1000);
    const [sample] = await eventually('there is a sample from before', 30, async () => {
      const samples = await api.query('prometheus_build_info{job="prometheus"}', now);
      expect(samples).toHaveLength(1);
      return samples;
    });
    const app = synthesize(NAME, version(upgraded), 'upgraded');
    await apply(app);
    await rolledOut(app);
    const fresh = await pod();
    expect(fresh.metadata.uid).not.toBe(old.metadata.uid);
    expect(fresh.metadata.name).toBe(old.metadata.name);
    await eventually('it scrapes again', 60, () => everyTargetEvery(5));
    expect(await api.query('prometheus_build_info{job="prometheus"}', now)).toEqual([sample]);
  });
});
