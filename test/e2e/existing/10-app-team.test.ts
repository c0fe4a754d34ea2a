import { Chart, Duration } from 'cdk8s';
import { Pods, Service } from 'cdk8s-plus-34';
import {
  AlertingRule, AlertmanagerConfig, AlertRouting, ExistingPrometheus, Integration, IProber, KubeletMonitor, MonitoringNamespace, Receiver, Route,
  RuleGroup, Scheme, ScrapeEndpoint, ScrapeJob, Severity, TlsClient,
} from 'cdk8s-prometheus';
import { apply, deployed, DeployedApp, synthesize } from '../harness/apps';
import { eventually } from '../harness/eventually';
import { getRaw, kubectl, KubeObject, listObjects, parse } from '../harness/kubectl';
import { ALERTMANAGER_PATH, platform, PLATFORM, PROBER, RELEASE, theirs } from '../harness/platform';
import { illRules, Labels } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';
import { Shop, SHOP_LABELS, SHOP_PATH, SHOP_PORT } from '../harness/shop';
import { notificationsIn, WebhookReceiver } from '../harness/webhook-receiver';

const TEAM = 'e2e-team';
const ALERT = 'ShopSells';
const MONITORING = ['servicemonitors', 'podmonitors', 'probes', 'scrapeconfigs', 'prometheusrules', 'alertmanagerconfigs'];

const prober: IProber = { proberAddress: PROBER, proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };

/** The application of a team, and its monitoring by a Prometheus that selects the label. */
function fill(chart: Chart, release: string): void {
  new MonitoringNamespace(chart, TEAM);
  new Shop(chart, 'shop', TEAM).open();
  const webhook = new WebhookReceiver(chart, 'webhook', TEAM);
  // Constructs of another cdk8s-plus than the library's own.
  const pods = Pods.select(chart, 'pods', { labels: SHOP_LABELS });
  const service = new Service(chart, 'orders', {
    metadata: { name: 'orders', namespace: TEAM }, selector: pods, ports: [{ name: 'orders', port: 80, targetPort: SHOP_PORT }],
  });

  const prometheus = new ExistingPrometheus(chart, 'prometheus', { labels: { release } });
  const anyPort = [new ScrapeEndpoint({ path: SHOP_PATH })];
  const web = { labels: SHOP_LABELS, namespaces: [TEAM], endpoints: [new ScrapeEndpoint({ port: 'http', path: SHOP_PATH })] };
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', ...web }));
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web-by-any-port', ...web, endpoints: anyPort }));
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'orders', service, endpoints: [new ScrapeEndpoint({ port: 'orders', path: SHOP_PATH })] }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'web-pods', ...web }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'selected-pods', pods, namespaces: [TEAM], endpoints: web.endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'web-by-name', targets: [`shop.${TEAM}.svc:80`], endpoints: anyPort }));
  prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'page', prober, module: 'http_2xx', targets: [`http://shop.${TEAM}.svc`] }));
  prometheus.addRules(new RuleGroup({
    name: 'shop',
    rules: [new AlertingRule({
      alert: ALERT, expr: `shop_orders_total{job="web", namespace="${TEAM}"} > 0`, severity: Severity.WARNING, summary: 'the shop sells', description: 'somebody buys',
    })],
  }));
  new AlertmanagerConfig(chart, 'routing', {
    labels: { release },
    routing: new AlertRouting({
      route: new Route({ receiver: Receiver.of('team', Integration.webhook({ url: webhook.url })), groupWait: Duration.seconds(1) }),
    }),
  });
  // By the Service that the operator keeps, and with the token of a Prometheus that the app does not know.
  prometheus.monitor(new KubeletMonitor(chart, 'kubelet', { tls: TlsClient.insecureSkipVerify() }));
}

function write(release: string, dist?: string): DeployedApp {
  return synthesize(TEAM, (chart) => fill(chart, release), dist);
}

async function targetsOfTeam(): Promise<Labels[]> {
  const targets = await theirs.activeTargets();
  expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
  return targets.map(({ labels }) => labels);
}

function counted(targets: readonly Labels[]): { [job: string]: number } {
  const jobs = targets.map(({ job }) => job).sort();
  return Object.fromEntries(jobs.map((job) => [job, jobs.filter((other) => other === job).length]));
}

describe('an app whose Prometheus others have installed', () => {
  let app: DeployedApp;
  let nodes: number;
  given(400, async () => {
    await platform();
    nodes = (await listObjects('nodes')).length;
    app = await deployed(TEAM, () => write(RELEASE));
  });

  scenario('has every target up, with the labels of the contract', 150, async () => {
    const targets = await eventually('every target is up', 120, async () => {
      const found = await targetsOfTeam();
      expect(counted(found)).toEqual({ 'kubelet': 3 * nodes, 'orders': 1, 'page': 1, 'selected-pods': 1, 'web': 1, 'web-by-any-port': 1, 'web-by-name': 1, 'web-pods': 1 });
      return found;
    });
    const [web] = targets.filter(({ job }) => job === 'web');
    expect(web).toEqual({
      job: 'web', namespace: TEAM, service: 'shop', endpoint: 'http', container: 'shop', pod: expect.stringMatching(/^shop-/), node: expect.any(String),
      instance: expect.stringMatching(/:8080$/),
    });
    const [anyPort] = targets.filter(({ job }) => job === 'web-by-any-port');
    expect(anyPort).toEqual({ ...web, job: 'web-by-any-port' });
  });

  scenario('has its probe succeed', 60, async () => {
    await eventually('the page is there', 45, async () => {
      expect((await theirs.query('probe_success{job="page"}')).map(({ value }) => value[1])).toEqual(['1']);
    });
  });

  scenario('has its rules evaluated, and its alert reaches the Alertmanager of the platform', 120, async () => {
    await eventually('the rules are healthy', 60, async () => {
      const groups = await theirs.ruleGroups();
      expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['shop', 'kubernetes-system-kubelet']));
      expect(illRules(groups)).toEqual([]);
    });
    await eventually('the alert is there', 60, async () => {
      const alerts = parse<{ labels: Labels }[]>(await getRaw(`${ALERTMANAGER_PATH}/api/v2/alerts`));
      expect(alerts.map(({ labels }) => labels)).toContainEqual(expect.objectContaining({
        alertname: ALERT, severity: 'warning', namespace: TEAM, prometheus: `${PLATFORM}/${RELEASE}`,
      }));
    });
  });

  scenario('has its alert sent to its own receiver, through the Alertmanager of the platform', 150, async () => {
    const [{ receiver, alerts }] = await eventually('the webhook is notified', 120, async () => {
      const notifications = await notificationsIn(TEAM);
      expect(notifications.length).toBeGreaterThan(0);
      return notifications;
    });
    expect(receiver).toBe(`${TEAM}/${TEAM}-routing/team`);
    expect(alerts.map(({ labels }) => labels)).toContainEqual(expect.objectContaining({ alertname: ALERT, namespace: TEAM }));
  });

  scenario('has none of its objects rejected by the operator', 60, async () => {
    const events = await kubectl(['get', 'events', '--namespace', TEAM, '--field-selector', 'reason=InvalidConfiguration', '-o', 'name']);
    expect(events).toBe('');
  });

  scenario('makes monitors and rules in its own namespace, and nothing else', 60, async () => {
    const kinds = [...MONITORING, 'services', 'deployments', 'statefulsets', 'daemonsets', 'ingresses', 'roles', 'rolebindings', 'secrets'];
    const objects = await listObjects<KubeObject>(kinds.join(','), { namespace: TEAM });
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual(
      app.objects.filter(({ kind }) => !['Namespace', 'ConfigMap'].includes(kind)).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort(),
    );
    const outside = app.objects.filter(({ metadata }) => metadata.namespace !== TEAM);
    expect(outside.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([`Namespace/${TEAM}`]);
    const elsewhere = await listObjects<KubeObject>(MONITORING.join(','));
    expect(elsewhere.filter(({ metadata }) => metadata.namespace !== TEAM && metadata.labels?.release === RELEASE)).toEqual([]);
  });

  scenario('is left out, without a word, when its label is another', 300, async () => {
    await apply(write('another', 'mislabelled'));
    await eventually('no target of it is left', 120, async () => {
      expect(counted(await targetsOfTeam())).toEqual({});
    });
    await apply(write(RELEASE));
    await eventually('its targets are back', 120, async () => {
      expect(counted(await targetsOfTeam())).toMatchObject({ web: 1 });
    });
  });
});
