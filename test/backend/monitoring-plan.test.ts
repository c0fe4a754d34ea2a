import { Duration } from 'cdk8s';
import { Access } from '../../lib/backend/access';
import { leftOutRules, MonitoringPlan, MonitoringPlanProps, Placement } from '../../lib/backend/monitoring-plan';
import {
  AlertingRule, ExistingAlertmanager, IAlertmanager, IMonitored, KubeletMonitor, MetricSelection, RemoteWrite, RuleEdit, RuleGroup, RuleSet,
  ScrapeEndpoint, ScrapeJob, Severity,
} from '../../lib';
import { inChart } from '../charts';

/** A backend that makes nothing: it keeps what it is to place. */
class Shelf implements Placement {
  public readonly jobs: ScrapeJob[] = [];
  public readonly files = new Map<string, () => object>();
  public readonly alertmanagers: IAlertmanager[] = [];
  public readonly remoteWrites: RemoteWrite[] = [];
  public readonly access: Access[] = [];
  public readonly kubeletSource = 'service';
  public readonly selectsForeign = false;

  public readonly placeJob = (job: ScrapeJob): void => void this.jobs.push(job);
  public readonly placeRules = (file: string, data: () => object): void => void this.files.set(file, data);
  public readonly placeAlertmanager = (alertmanager: IAlertmanager): void => void this.alertmanagers.push(alertmanager);
  public readonly placeRemoteWrite = (remoteWrite: RemoteWrite): void => void this.remoteWrites.push(remoteWrite);
  public readonly grantAccess = (access: Access): void => void this.access.push(access);

  /** The alerts of a file, as they would be rendered now. */
  public alertsIn(file: string): string[] {
    return [...JSON.stringify(this.files.get(file)?.()).matchAll(/"alert":"(\w+)"/g)].map(([, alert]) => alert);
  }
}

function planned(props: Partial<MonitoringPlanProps> = {}): { readonly shelf: Shelf; readonly plan: MonitoringPlan } {
  const shelf = new Shelf();
  return { shelf, plan: new MonitoringPlan('app/prometheus', { placement: shelf, note: () => undefined, noteWithoutRules: () => undefined, ...props }) };
}

const job = (name: string, endpoint?: ScrapeEndpoint) => (
  ScrapeJob.fromStaticTargets({ name, targets: ['a:1'], endpoints: endpoint === undefined ? undefined : [endpoint] })
);
const alert = (name: string, metric: string = 'up') => new AlertingRule({ alert: name, expr: `${metric} == 0`, severity: Severity.INFO, summary: 's', description: 'd' });
const group = (name: string, ...rules: AlertingRule[]) => new RuleGroup({ name, rules: rules.length === 0 ? [alert('A')] : rules });
const thing = (name: string, ...groups: RuleGroup[]): IMonitored => ({ monitoring: { jobs: [job(name)], rules: RuleSet.of(...groups) } });
const alertmanager = () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'alertmanager' });

describe('everything that is added', () => {
  test('is placed once, kept in order, and returned', () => {
    const { shelf, plan } = planned();
    const [shop, db, router, groups, set] = [thing('shop', group('shop')), job('db'), alertmanager(), [group('a'), group('b')], RuleSet.of(group('c'))];
    const store = new RemoteWrite({ url: 'https://store.example.com', name: 'store' });
    expect(plan.monitor(shop)).toEqual([shop]);
    expect(plan.addScrapeJob(db)).toBe(db);
    expect(plan.addRules(...groups)).toEqual(groups);
    expect(plan.addRuleSet(set)).toBe(set);
    expect(plan.sendAlertsTo(router)).toBe(router);
    expect(plan.addRemoteWrite(store)).toBe(store);
    expect(shelf.jobs).toEqual([shop.monitoring.jobs?.[0], db]);
    expect([...shelf.files.keys()]).toEqual(['shop', 'a', 'b', 'c']);
    expect([plan.jobs, plan.alertmanagers, plan.remoteWrites]).toEqual([shelf.jobs, [router], [store]]);
    expect([shelf.alertmanagers, shelf.remoteWrites]).toEqual([[router], [store]]);
  });

  test('is not kept when it cannot be placed', () => {
    const refuse = () => {
      throw new Error('no room');
    };
    const plan = new MonitoringPlan('app/prometheus', {
      note: () => undefined, noteWithoutRules: () => undefined,
      placement: { placeJob: refuse, placeRules: refuse, placeAlertmanager: refuse, placeRemoteWrite: refuse, grantAccess: refuse, kubeletSource: 'nodes', selectsForeign: false },
    });
    expect(() => plan.addScrapeJob(job('db'))).toThrow('no room');
    expect(() => plan.sendAlertsTo(alertmanager())).toThrow('no room');
    expect(() => plan.addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com' }))).toThrow('no room');
    expect([plan.jobs, plan.alertmanagers, plan.remoteWrites]).toEqual([[], [], []]);
  });

  test('is not in the hands of its readers', () => {
    const { plan } = planned();
    plan.addScrapeJob(job('db'));
    const jobs = plan.jobs;
    plan.addScrapeJob(job('web'));
    expect(jobs.map(({ name }) => name)).toEqual(['db']);
  });
});

test.each<[string, (plan: MonitoringPlan) => void, string]>([
  ['a thing', (plan) => plan.monitor({ monitoring: {} }, ...Array<IMonitored>(2).fill({ monitoring: {} })), 'app/prometheus: the thing is monitored already; monitor each thing once'],
  ['the name of a job', (plan) => ['db', 'db'].forEach((name) => plan.addScrapeJob(job(name))), "app/prometheus: scrape job 'db' already exists; "],
  ['the name of a job in the configuration', (plan) => [ScrapeJob.fromNodes({ name: 'a', endpoints: [new ScrapeEndpoint({ name: 'b/c' })] }), ScrapeJob.raw('a/b/c', { static_configs: [] })].forEach((one) => plan.addScrapeJob(one)),
    "app/prometheus: scrape jobs 'a' and 'a/b/c' would both be 'a/b/c' in Prometheus's configuration; give one of them, or its endpoint, another name"],
  ['the name of a group', (plan) => plan.addRules(group('a'), group('a')), "app/prometheus: rule group 'a' already exists; give the group of 'a' another name"],
  ['the rules of a file', (plan) => ['a', 'a'].forEach((name) => plan.addRuleSet(RuleSet.of(group(name)))), "app/prometheus: rule group 'a' already exists; give the group of 'a' another name"],
  ['the name of a file', (plan) => plan.addRules(group('a b'), group('a-b')), "app/prometheus: rules of 'a b' and of 'a-b' would both be called 'a-b' in Kubernetes; give one of the two another name"],
  ['an Alertmanager', (plan) => [1, 2].forEach(() => plan.sendAlertsTo(alertmanager())), "app/prometheus: alerts are sent to 'alerts/alertmanager' already; name each Alertmanager once"],
  ['the name of a remote write', (plan) => ['a', 'b'].forEach((host) => plan.addRemoteWrite(new RemoteWrite({ url: `https://${host}`, name: 'store' }))),
    "app/prometheus: remote write 'store' already exists; give this one another name"],
])('%s a second time throws', (_, add, message) => {
  expect(() => add(planned().plan)).toThrow(message);
});

describe('access', () => {
  test('follows from jobs and Alertmanagers', () => {
    const { shelf, plan } = planned();
    plan.addScrapeJob(ScrapeJob.fromNodes({ name: 'nodes' }));
    plan.addScrapeJob(job('db'));
    plan.sendAlertsTo(alertmanager());
    expect(shelf.access.map(({ namespaces, rules }) => [namespaces, rules.flatMap(({ resources }) => resources)]))
      .toEqual([[undefined, ['nodes']], [['alerts'], ['services', 'pods', 'endpointslices']]]);
  });

  test('follows from where the backend discovers kubelets', () => {
    const { shelf, plan } = planned();
    plan.monitor(inChart((chart) => new KubeletMonitor(chart, 'kubelet')));
    expect(shelf.access.map(({ namespaces }) => namespaces)).toEqual([['kube-system'], undefined]);
  });
});

describe('edits', () => {
  test('reach rules that were added before and after, when these are rendered', () => {
    const { shelf, plan } = planned();
    plan.addRules(group('before', alert('A'), alert('B')));
    plan.adjustRules(RuleEdit.without('A'));
    plan.addRules(group('after', alert('A'), alert('C')));
    expect([shelf.alertsIn('before'), shelf.alertsIn('after')]).toEqual([['B'], ['C']]);
  });

  test('that are implied are read when rules are rendered, and may name no alert', () => {
    const edits: RuleEdit[] = [];
    const { shelf, plan } = planned({ impliedEdits: () => edits });
    plan.addRules(group('shop', alert('A'), alert('B')));
    expect(shelf.alertsIn('shop')).toEqual(['A', 'B']);
    edits.push(RuleEdit.without('A'), RuleEdit.without('Nobody'));
    expect(shelf.alertsIn('shop')).toEqual(['B']);
    expect(plan.problems()).toEqual([]);
  });

  test('that name no alert are a problem, until one is added', () => {
    const { plan } = planned();
    plan.adjustRules(RuleEdit.without('Late'));
    expect(plan.problems()).toEqual([expect.stringMatching(/^RuleEdit\.without\('Late'\): no rule of this Prometheus has the alert 'Late'/)]);
    plan.addRules(group('shop', alert('Late')));
    expect(plan.problems()).toEqual([]);
  });
});

test('a rule of a metric that its job drops is a problem', () => {
  const { plan } = planned();
  const dropping = job('shop', new ScrapeEndpoint({ name: 'web', metrics: MetricSelection.keep('shop_orders') }));
  plan.monitor({ monitoring: { jobs: [dropping], rules: RuleSet.of(group('shop', alert('A', 'shop_requests'))) } });
  expect(plan.problems()).toEqual([expect.stringMatching(/^alert 'A' of group 'shop' uses shop_requests, and scrape job 'shop' drops it; /)]);
});

describe('an Alertmanager that can be monitored', () => {
  const monitored = () => Object.assign(alertmanager(), { monitoring: { jobs: [job('alertmanager')] } });

  test('is, once, with its alerts', () => {
    const { plan } = planned();
    const router = monitored();
    plan.sendAlertsTo(router);
    plan.monitor(router);
    expect(plan.jobs.map(({ name }) => name)).toEqual(['alertmanager']);
    expect(() => plan.monitor(router)).toThrow('is monitored already');
  });

  test('and is monitored first', () => {
    const { plan } = planned();
    const router = monitored();
    plan.monitor(router);
    plan.sendAlertsTo(router);
    expect(plan.jobs.map(({ name }) => name)).toEqual(['alertmanager']);
  });
});

describe('the Prometheus itself', () => {
  const itself = thing('prometheus', group('own'));
  const props = { itself: { thing: itself, generalRules: () => RuleSet.of(group('general.rules')) } };

  test('comes with general rules', () => {
    const { shelf, plan } = planned(props);
    plan.monitor(itself);
    expect([...shelf.files.keys()]).toEqual(['prometheus', 'general']);
  });

  test('comes without them where another monitors it, or where it does not monitor itself', () => {
    const [another, aloof] = [planned(), planned(props)];
    another.plan.monitor(itself);
    aloof.plan.monitor(thing('shop', group('shop')));
    expect([[...another.shelf.files.keys()], [...aloof.shelf.files.keys()]]).toEqual([['prometheus'], ['shop']]);
  });
});

describe('an agent', () => {
  test('monitors a thing without its rules, and says so', () => {
    const left: string[] = [];
    const { shelf, plan } = planned({ agent: true, noteWithoutRules: (name) => left.push(name) });
    const kubelet = inChart((chart) => new KubeletMonitor(chart, 'kubelet'));
    plan.monitor(thing('shop', group('x')), kubelet, { monitoring: { jobs: [job('db')] } }, { monitoring: { rules: RuleSet.of(group('alone')) } });
    expect(shelf.jobs.map(({ name }) => name)).toEqual(['shop', 'kubelet', 'db']);
    expect([...shelf.files.keys()]).toEqual([]);
    expect(left).toEqual(["'shop'", `'${kubelet.node.path}'`, "'alone'"]);
    expect(leftOutRules(left)).toBe(
      `the rules of ${left.join(', ')} are left out, because an agent evaluates none; add them to a Prometheus that has its samples: addRuleSet() takes 'monitoring.rules'`,
    );
  });

  test('refuses rules, their edits and Alertmanagers that are given to it', () => {
    const { plan } = planned({ agent: true });
    const message = "app/prometheus: an agent evaluates no rules, got those of 'shop'; leave 'agent' out, or give the rules to the store that it writes to";
    expect(() => plan.addRules(group('shop'))).toThrow(message);
    expect(() => plan.addRuleSet(RuleSet.of(group('shop')))).toThrow(message);
    expect(() => plan.adjustRules(RuleEdit.without('A')))
      .toThrow("app/prometheus: an agent evaluates no rules, got edits of rules; leave 'agent' out, or adjust the rules of the store that it writes to");
    expect(() => plan.adjustRules()).not.toThrow();
    expect(() => plan.sendAlertsTo(alertmanager())).toThrow('app/prometheus: an agent evaluates no rules and so sends no alerts; ');
  });

  test('without a remote write is a problem', () => {
    const { plan } = planned({ agent: true });
    expect(plan.problems()).toEqual([expect.stringMatching(/^an agent keeps no samples and sends them nowhere; name a store by 'remoteWrites' or addRemoteWrite\(\)/)]);
    plan.addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com' }));
    expect(plan.problems()).toEqual([]);
  });
});

describe('a Prometheus that the app does not make', () => {
  // Monitors and rules are objects of their own there; its resource, and with it Alertmanagers and remote writes, is another's.
  const notHere = (what: string) => () => {
    throw new Error(`app/existing: got ${what}, and this Prometheus is made elsewhere; configure it there`);
  };

  function existing(): { readonly shelf: Shelf; readonly plan: MonitoringPlan } {
    const shelf = new Shelf();
    const placement = {
      placeJob: shelf.placeJob, placeRules: shelf.placeRules, placeAlertmanager: notHere('an Alertmanager'), placeRemoteWrite: notHere('a remote write'),
      grantAccess: () => undefined, kubeletSource: 'service', selectsForeign: false,
    } as const;
    return { shelf, plan: new MonitoringPlan('app/existing', { placement, note: () => undefined, noteWithoutRules: () => undefined }) };
  }

  test('has monitors, rules and edits', () => {
    const { shelf, plan } = existing();
    plan.monitor(inChart((chart) => new KubeletMonitor(chart, 'kubelet')), thing('shop', group('shop', alert('A'), alert('B'))));
    plan.adjustRules(RuleEdit.without('A'));
    expect(shelf.jobs.map(({ name }) => name)).toEqual(['kubelet', 'shop']);
    expect(shelf.alertsIn('shop')).toEqual(['B']);
    expect([plan.problems(), shelf.access]).toEqual([[], []]);
  });

  test('is asked for nothing that is not known of it', () => {
    const { plan } = existing();
    const histograms = job('new', new ScrapeEndpoint({ name: 'web', nativeHistograms: true, timeout: Duration.hours(1) }));
    expect(plan.addScrapeJob(histograms)).toBe(histograms);
  });

  test('refuses what only its resource could say', () => {
    const { plan } = existing();
    expect(() => plan.sendAlertsTo(alertmanager())).toThrow('app/existing: got an Alertmanager, and this Prometheus is made elsewhere');
    expect(() => plan.addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com' }))).toThrow('app/existing: got a remote write');
  });
});

describe('a job that does not fit', () => {
  const limits = { version: '3.7.0', scrapeInterval: Duration.seconds(20) };

  test('because its timeout is longer than the interval', () => {
    expect(() => planned(limits).plan.addScrapeJob(job('db', new ScrapeEndpoint({ name: 'web', timeout: Duration.seconds(30) }))))
      .toThrow("app/prometheus: scrape job 'db', endpoint 'web': timeout 30s is longer than interval 20s");
  });

  test('because its native histograms are too new', () => {
    expect(() => planned(limits).plan.addScrapeJob(job('db', new ScrapeEndpoint({ name: 'web', nativeHistograms: true }))))
      .toThrow("'nativeHistograms' is known from Prometheus 3.8 on, and this one is 3.7.0; choose a newer image");
  });
});
