import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertRouting, KubernetesMonitoring, Matcher, MonitoringNamespace, MonitoringPart, Integration, Receiver, Route, RuleEdit, SecretKey,
} from 'cdk8s-prometheus';
import { deployed, synthesize } from './harness/apps';
import { eventually } from './harness/eventually';
import { kubectl } from './harness/kubectl';
import { PrometheusApi } from './harness/prometheus-api';
import { given, scenario } from './harness/scenario';
import { Notification, NotifiedAlert, notificationsIn, WebhookReceiver } from './harness/webhook-receiver';

const NAME = 'e2e-fault';
const EXPORTER = 'e2e-kube-state-metrics';
const ALERT = 'KubeStateMetricsDown';
const api = new PrometheusApi(NAME);

function absentTeam(chart: Chart): Receiver {
  const secret = Secret.fromSecretName(chart, 'missing', 'missing');
  return Receiver.of('absent-team', Integration.slack({ channel: '#absent', apiUrl: SecretKey.of(secret, 'url') }));
}

/** The stack as pairs, and quick to tell: people would wait minutes rather than seconds. */
function impatientApp(chart: Chart): void {
  new MonitoringNamespace(chart, NAME);
  const receiver = new WebhookReceiver(chart, 'webhook', NAME);
  const often = Duration.seconds(10);
  new KubernetesMonitoring(chart, 'monitoring', {
    createNamespaces: false,
    without: [MonitoringPart.NODE_EXPORTER, MonitoringPart.BLACKBOX_EXPORTER],
    prometheus: { replicas: 2, terminationGracePeriod: often, scrapeInterval: often, evaluationInterval: often },
    alertmanager: { replicas: 2 },
    kubeStateMetrics: { name: EXPORTER },
    ruleEdits: [RuleEdit.holdFor(ALERT, Duration.seconds(15))],
    routing: new AlertRouting({
      route: new Route({
        receiver: Receiver.of('webhook', Integration.webhook({ url: receiver.url, sendResolved: true })),
        groupWait: Duration.seconds(1),
        groupInterval: Duration.seconds(5),
        // Nothing ever goes there: its Secret is missing, and that must be no matter for the others.
        routes: [new Route({ matchers: [Matcher.equal('team', 'absent')], receiver: absentTeam(chart) })],
      }),
    }),
  });
}

function scale(replicas: number): Promise<string> {
  return kubectl(['scale', '--namespace', NAME, `deployment/${EXPORTER}`, `--replicas=${replicas}`]);
}

async function messages(): Promise<NotifiedAlert[]> {
  const all = (await notificationsIn(NAME)).flatMap(({ alerts }) => alerts);
  return all.filter(({ labels }) => labels.alertname === ALERT);
}

async function told(status: Notification['status']): Promise<NotifiedAlert> {
  const last = (await messages()).at(-1);
  expect(last).toMatchObject({ status });
  return last!;
}

describe('a fault', () => {
  given(240, async () => {
    await deployed(NAME, () => synthesize(NAME, impatientApp));
    await eventually('kube-state-metrics is up', 90, async () => {
      const up = await api.query('up{job="kube-state-metrics"} == 1');
      expect(up.length).toBeGreaterThan(0);
      expect((await api.alerts()).filter(({ labels }) => labels.alertname === ALERT)).toEqual([]);
    });
  });

  scenario('is told by a pair of Alertmanagers that know each other', 90, async () => {
    await eventually('each has two members', 75, async () => {
      const members = await api.query('alertmanager_cluster_members{job="alertmanager"}');
      expect(members.map(({ value }) => value[1])).toEqual(['2', '2']);
    });
  });

  scenario('raises its alert, and a webhook receives it and its end, although the Secret of another receiver is missing', 300, async () => {
    await scale(0);
    const firing = await eventually(`the webhook is told that ${ALERT} fires`, 120, () => told('firing'));
    expect(firing.labels).toMatchObject({ alertname: ALERT, severity: 'critical', job: 'kube-state-metrics' });
    expect(firing.labels).not.toHaveProperty('prometheus_replica');
    expect(firing.annotations).toMatchObject({ summary: expect.stringMatching(/./), description: expect.stringMatching(/./) });
    await scale(1);
    await eventually(`the webhook is told that ${ALERT} is over`, 150, () => told('resolved'));
    // Two replicas of each have seen it, and it is told once.
    expect((await messages()).map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });
});
