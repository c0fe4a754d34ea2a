import { Chart, Duration, Size } from 'cdk8s';
import {
  AlertmanagerGossipOptions, AlertmanagerLimits, AlertmanagerOptions, AlertmanagerProps, AlertmanagerServer, AlertRouting, Integration, Matcher,
  OperatedAlertmanager, Receiver, Route,
} from '../../lib';
import { manifests, newChart } from '../charts';
import { find, Manifest } from '../manifests';

const LIMITS: Required<AlertmanagerLimits> = {
  maxSilences: 500, maxSilenceSize: Size.kibibytes(16), maxAlertsPerName: 9000, concurrentReads: 20, requestTimeout: Duration.seconds(30),
};
const GOSSIP: Required<AlertmanagerGossipOptions> = {
  additionalPeers: ['south.example.com:9094', '[2001:db8::1]:9094'], peerTimeout: Duration.seconds(20), gossipInterval: Duration.millis(300),
  pushPullInterval: Duration.minutes(2), settleTimeout: Duration.seconds(90),
};
const OPTIONS: Required<AlertmanagerOptions> = {
  limits: LIMITS, gossip: GOSSIP, enableFeatures: ['receiver-name-in-metrics', 'group-key-in-metrics'], dispatchStartDelay: Duration.minutes(1),
};

/** Flags of every option, but for the peers. */
const FLAGS = {
  'silences.max-silences': '500', 'silences.max-silence-size-bytes': '16384', 'alerts.per-alertname-limit': '9000', 'web.get-concurrency': '20',
  'web.timeout': '30s', 'cluster.peer-timeout': '20s', 'cluster.gossip-interval': '300ms', 'cluster.pushpull-interval': '2m',
  'cluster.settle-timeout': '90s', 'enable-feature': 'receiver-name-in-metrics,group-key-in-metrics', 'dispatch.start-delay': '1m',
};

const plain = (chart: Chart, props: AlertmanagerProps) => new AlertmanagerServer(chart, 'alertmanager', props);
const operated = (chart: Chart, props: AlertmanagerProps) => new OperatedAlertmanager(chart, 'alertmanager', props);

function objectsOf(make: (chart: Chart, props: AlertmanagerProps) => unknown, props: AlertmanagerProps): Manifest[] {
  const chart = newChart();
  make(chart, props);
  return manifests(chart);
}

const argsOf = (props: AlertmanagerProps): string[] => find(objectsOf(plain, props), 'StatefulSet').spec.template.spec.containers[0].args;

test('every option is a flag of the plain backend', () => {
  const args = argsOf(OPTIONS);
  expect(args).toEqual(expect.arrayContaining(Object.entries(FLAGS).map(([flag, value]) => `--${flag}=${value}`)));
  expect(args.filter((arg) => arg.startsWith('--cluster.peer='))).toEqual([
    '--cluster.peer=alertmanager-0.alertmanager-peers.monitoring.svc:9094', '--cluster.peer=south.example.com:9094', '--cluster.peer=[2001:db8::1]:9094',
  ]);
});

test('every option is an argument of the operator, which has a field for peers', () => {
  const { spec } = find(objectsOf(operated, { ...OPTIONS, extraFlags: { 'log.silences': '' } }), 'Alertmanager');
  expect(spec.additionalArgs).toEqual([...Object.entries(FLAGS).map(([name, value]) => ({ name, value })), { name: 'log.silences' }]);
  expect([spec.additionalPeers, spec.forceEnableClusterMode]).toEqual([GOSSIP.additionalPeers, true]);
  expect(find(objectsOf(operated, { ...OPTIONS, replicas: 2 }), 'Alertmanager').spec.forceEnableClusterMode).toBeUndefined();
});

test('no option is no flag', () => {
  expect(argsOf({ limits: {}, gossip: {}, enableFeatures: [] })).toEqual(argsOf({}));
  expect(find(objectsOf(operated, {}), 'Alertmanager').spec).not.toHaveProperty('additionalArgs');
});

test('members elsewhere reach a single one too', () => {
  const objects = objectsOf(plain, { gossip: { additionalPeers: ['south.example.com:9094'] } });
  expect(find(objects, 'Service', 'alertmanager-peers').spec.ports.map(({ name }: Manifest) => name)).toEqual(['reloader-web', 'gossip-tcp', 'gossip-udp']);
});

const quoted = new AlertRouting({
  routes: [new Route({ matchers: [Matcher.equal('service.name', 'shop')], receiver: Receiver.of('hook', Integration.webhook({ url: 'http://hook/' })) })],
});

test.each<[string, AlertmanagerProps, string]>([
  ['half a silence', { limits: { maxSilences: 0.5 } }, 'limits.maxSilences: 0.5 is not a whole number above 0; leave it out for no limit'],
  ['alerts below one', { limits: { maxAlertsPerName: 0 } }, 'limits.maxAlertsPerName: 0 is not a whole number above 0'],
  ['no reads', { limits: { concurrentReads: 0 } }, 'limits.concurrentReads: 0 is not a whole number above 0'],
  ['silences of no size', { limits: { maxSilenceSize: Size.kibibytes(0) } }, 'limits.maxSilenceSize: a size of zero holds nothing'],
  ['requests without time', { limits: { requestTimeout: Duration.seconds(0) } }, 'limits.requestTimeout is zero; leave it out for none'],
  ['gossip without pause', { gossip: { gossipInterval: Duration.seconds(0) } }, "gossip.gossipInterval is zero; leave it out for Alertmanager's own"],
  ['a peer without port', { gossip: { additionalPeers: ['south'] } }, "gossip.additionalPeers: 'south' is not host:port"],
  ['a peer twice', { gossip: { additionalPeers: ['a:9094', 'a:9094'] } }, "gossip.additionalPeers: peer 'a:9094' is named twice"],
  [
    'a limit before its time', { image: 'alertmanager:v0.30.0', limits: { maxAlertsPerName: 1 } },
    "limits: Alertmanager 0.30.0 has no flag 'alerts.per-alertname-limit', which is there since 0.31",
  ],
  ['a feature that is none', { enableFeatures: ['clasic-mode'] }, "has no feature 'clasic-mode', did you mean 'classic-mode'?"],
  [
    'a feature before its time', { image: 'alertmanager:v0.34.0', enableFeatures: ['muted-alerts-in-nflog'] },
    "enableFeatures: Alertmanager 0.34.0 has no feature 'muted-alerts-in-nflog', which is there since 0.35; choose a newer image",
  ],
  ['a feature after its time', { enableFeatures: ['auto-gomaxprocs'] }, "no longer has feature 'auto-gomaxprocs', which was removed in 0.33; leave it out"],
  ['two modes', { enableFeatures: ['classic-mode', 'utf8-strict-mode'] }, "got 'utf8-strict-mode' and 'classic-mode', which exclude each other"],
  [
    'names that the classic mode cannot read', { enableFeatures: ['classic-mode'], routing: quoted },
    "got 'classic-mode', which cannot read the matcher \"service.name\"=\"shop\" of the routing; leave the feature out",
  ],
  ['a flag that a prop sets', { extraFlags: { 'web.timeout': '9s' } }, "flag 'web.timeout' is set by the library; use the prop 'limits'"],
])('refuses %s', (_, props, message) => {
  [plain, operated].forEach((make) => expect(() => objectsOf(make, props)).toThrow(message));
});

test('takes a feature of a newer Alertmanager, and the classic mode with names that it reads', () => {
  expect(argsOf({ image: 'alertmanager:v0.99.0', enableFeatures: ['brand-new'] })).toContain('--enable-feature=brand-new');
  expect(argsOf({ enableFeatures: ['classic-mode'] })).toContain('--enable-feature=classic-mode');
});
