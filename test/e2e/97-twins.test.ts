import { isDeepStrictEqual } from 'node:util';
import { lines } from './harness/contract';
import { eventually, sleep } from './harness/eventually';
import { kubectl } from './harness/kubectl';
import { say } from './harness/progress';
import { illRules, Labels, PrometheusApi } from './harness/prometheus-api';
import { operated, plain, SHOP_ALERT, TWINS, twins } from './harness/twins';
import { given, scenario } from './harness/scenario';
import { Notification, NotifiedAlert, notificationsIn } from './harness/webhook-receiver';

const JOBS = [
  'alertmanager', 'annotated-pods', 'annotated-services', 'apiserver', 'blackbox-exporter', 'coredns', 'etcd', 'etcd-outside',
  'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kube-state-metrics', 'kubelet', 'kubelet-slis', 'node-exporter',
  'operated-alertmanager', 'operated-prometheus', 'probed-ingresses', 'probed-services', 'probed-urls', 'prometheus', 'prometheus-operator',
  'shop', 'shop-by-name', 'shop-pods', 'shop-pods-by-number', 'shop-raw',
];

/** Of all samples that are made of alerts, which do not begin at one moment on both. */
const OF_TARGETS = '{job!="", __name__!~"ALERTS|ALERTS_FOR_STATE"}';

/** Everything about targets but the name of the pool in which the configuration holds them. */
async function targetsOf(api: PrometheusApi): Promise<string[]> {
  const targets = await api.activeTargets();
  expect(targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, health, lastError }) => ({ scrapeUrl, health, lastError }))).toEqual([]);
  return lines(targets.map(({ labels, scrapeUrl, scrapeInterval, scrapeTimeout }) => ({ ...labels, scrapeUrl, scrapeInterval, scrapeTimeout })));
}

async function rulesOf(api: PrometheusApi) {
  const groups = await api.ruleGroups();
  const told = groups.flatMap(({ name: group, interval, rules }) => rules.map(({
    name, type, query, labels, annotations, duration, keepFiringFor,
  }) => ({ group, interval, name, type, query, labels, annotations, duration, keepFiringFor })));
  expect(illRules(groups)).toEqual([]);
  return told.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

async function alertsOf(api: PrometheusApi): Promise<string[]> {
  return lines((await api.alerts()).map(({ labels, state }) => ({ ...labels, state })));
}

function byJob(series: readonly Labels[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  series.forEach(({ job, __name__: name }) => names.set(job, (names.get(job) ?? new Set()).add(name)));
  return names;
}

async function seriesOf(api: PrometheusApi, expr: string, time: number): Promise<Labels[]> {
  return (await api.query(expr, time)).map(({ metric }) => metric);
}

/** Series that one has, and the other does not, within a time in which each target is scraped again. */
async function missing(one: PrometheusApi, other: PrometheusApi, time: number): Promise<string[]> {
  const [some, all] = await Promise.all([
    seriesOf(one, OF_TARGETS, time), seriesOf(other, `last_over_time(${OF_TARGETS}[60s])`, time + 15),
  ]);
  const has = new Set(lines(all));
  return lines(some).filter((line) => !has.has(line));
}

describe('a Prometheus of the operator, beside one without', () => {
  given(400, async () => {
    await twins();
  });

  scenario('has the same targets with the same labels, fetched alike from the same URLs, and all are up', 150, async () => {
    await eventually('both have the same targets', 120, async () => {
      const [some, others] = await Promise.all([plain, operated].map(targetsOf));
      expect(others).toEqual(some);
      const jobs = new Set((await operated.activeTargets()).map(({ labels }) => labels.job));
      expect([...jobs].sort()).toEqual(JOBS);
      say(`  ${some.length} targets of ${jobs.size} jobs`);
    });
  });

  scenario('has the same rules, each of which evaluates, and the same alerts', 330, async () => {
    await eventually('both have the same rules', 60, async () => {
      const [some, others] = await Promise.all([plain, operated].map(rulesOf));
      expect(others).toEqual(some);
      say(`  ${some.length} rules`);
    });
    // Rules about objects look back two minutes: a state that only one of the two has scraped is seen until then.
    await eventually('both have the same alerts', 210, async () => {
      const [some, others] = await Promise.all([plain, operated].map(alertsOf));
      expect(others).toEqual(some);
      expect(some.some((alert) => alert.includes('alertname=Watchdog'))).toBe(true);
      say(`  ${some.length} alerts`);
    });
  });

  scenario('stores the same series of each job', 150, async () => {
    await eventually('both have series of the same names', 60, async () => {
      const now = Math.floor(Date.now() / 1000);
      const [some, others] = (await Promise.all([plain, operated].map((api) => seriesOf(api, OF_TARGETS, now)))).map(byJob);
      const differing = [...new Set([...some.keys(), ...others.keys()])].filter((job) => !isDeepStrictEqual(some.get(job), others.get(job)));
      expect(differing.map((job) => {
        const [one, other] = [some, others].map((of) => of.get(job) ?? new Set<string>());
        return { job, onlyPlain: [...one].filter((name) => !other.has(name)), onlyOperated: [...other].filter((name) => !one.has(name)) };
      })).toEqual([]);
      expect(JOBS.filter((job) => !some.has(job))).toEqual([]);
      say(`  ${[...some.values()].reduce((sum, { size }) => sum + size, 0)} names of series`);
    });
    const time = Math.floor(Date.now() / 1000);
    await sleep(15);
    const [onlyPlain, onlyOperated] = await Promise.all([missing(plain, operated, time), missing(operated, plain, time)]);
    expect({ onlyPlain, onlyOperated }).toEqual({ onlyPlain: [], onlyOperated: [] });
    say(`  ${(await operated.query(`count(${OF_TARGETS})`))[0].value[1]} series`);
  });

  scenario('has an alert and its end delivered by an Alertmanager of the operator', 180, async () => {
    const messages = async (): Promise<NotifiedAlert[]> => (
      (await notificationsIn(TWINS)).flatMap(({ alerts }) => alerts).filter(({ labels }) => labels.alertname === SHOP_ALERT)
    );
    // Until the first scrape the shop was away as well.
    const before = (await messages()).length;
    const told = async (status: Notification['status']): Promise<void> => {
      expect((await messages()).slice(before).at(-1)).toMatchObject({ status, labels: { alertname: SHOP_ALERT, severity: 'critical', prometheus: `${TWINS}/operated` } });
    };
    const scale = (replicas: number) => kubectl(['scale', '--namespace', TWINS, 'deployment/shop', `--replicas=${replicas}`]);
    await scale(0);
    try {
      await eventually(`the webhook is told that ${SHOP_ALERT} fires`, 75, () => told('firing'));
    } finally {
      await scale(1);
    }
    await eventually(`the webhook is told that ${SHOP_ALERT} is over`, 90, () => told('resolved'));
    expect((await messages()).slice(before).map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });
});
