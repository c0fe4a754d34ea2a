import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { alertmanagerFlagRules } from '../../lib/backend/alertmanager-flags';
import { prometheusFlagRules } from '../../lib/backend/prometheus-flags';
import { BLACKBOX_FLAGS } from '../../lib/components/blackbox/blackbox-pod';
import { KUBE_STATE_FLAGS } from '../../lib/components/kube-state/kube-state-flags';
import { NODE_FLAGS } from '../../lib/components/node/node-flags';
import { VICTORIA_METRICS } from '../../lib/long-term/victoria-metrics-flags';
import { OPERATOR } from '../../lib/operator/controller/prometheus-operator-flags';
import { FLAG_CHOICES, PROMETHEUS_DURATIONS, PROMETHEUS_SIZES } from '../../lib/kubernetes/flag-choices';
import { checkFlags, ExtraFlags, FlagRules, ownFlags, ProgramFlags } from '../../lib/kubernetes/flags';
import { PROGRAMS } from '../../lib/versions';
import {
  AlertmanagerServer, BasicAuth, BlackboxExporter, KubeStateMetrics, NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperator, PrometheusServer, SecretKey, VictoriaMetrics, WebConfig,
} from '../../lib';
import { newChart } from '../charts';
import { Loose } from '../manifests';
import { objectsOf } from '../operator/operated';

interface Options {
  readonly image?: string;
  readonly extraFlags?: ExtraFlags;
}

interface Subject {
  readonly of: string;
  readonly kind: string;
  readonly flags: ProgramFlags;
  readonly make: (chart: Chart, options: Options) => object;
}

const newest = (program: keyof typeof PROGRAMS) => PROGRAMS[program].version.slice(1);
const prometheus = prometheusFlagRules({ version: newest('prometheus'), agent: false });
const alertmanager = alertmanagerFlagRules(newest('alertmanager'));

const SUBJECTS: readonly Subject[] = [
  { of: 'PrometheusServer', kind: 'Deployment', flags: prometheus, make: (chart, options) => new PrometheusServer(chart, 'it', options) },
  { of: 'OperatedPrometheus', kind: 'Prometheus', flags: prometheus, make: (chart, options) => new OperatedPrometheus(chart, 'it', options) },
  { of: 'AlertmanagerServer', kind: 'StatefulSet', flags: alertmanager, make: (chart, options) => new AlertmanagerServer(chart, 'it', options) },
  { of: 'OperatedAlertmanager', kind: 'Alertmanager', flags: alertmanager, make: (chart, options) => new OperatedAlertmanager(chart, 'it', options) },
  { of: 'NodeExporterDaemonSet', kind: 'DaemonSet', flags: NODE_FLAGS, make: (chart, options) => new NodeExporterDaemonSet(chart, 'it', options) },
  { of: 'BlackboxExporter', kind: 'Deployment', flags: BLACKBOX_FLAGS, make: (chart, options) => new BlackboxExporter(chart, 'it', options) },
  { of: 'KubeStateMetrics', kind: 'Deployment', flags: KUBE_STATE_FLAGS, make: (chart, options) => new KubeStateMetrics(chart, 'it', options) },
  { of: 'VictoriaMetrics', kind: 'StatefulSet', flags: VICTORIA_METRICS, make: (chart, options) => new VictoriaMetrics(chart, 'it', options) },
  { of: 'PrometheusOperator', kind: 'Deployment', flags: OPERATOR, make: (chart, options) => new PrometheusOperator(chart, 'it', options) },
];

/** A value that fits a flag. */
const FITTING = { bool: '', duration: '1m', int: '7', float: '0.5', password: 'file:///etc/key' };
/** Values of flags whose type is not known, where not any text fits. */
const FITTING_TEXTS: ReadonlyMap<string, string> = new Map([
  ...[...FLAG_CHOICES].map(([flag, [first]]): [string, string] => [flag, first]), ['storage.remote.flush-deadline', '2m'],
  ...[...PROMETHEUS_DURATIONS].filter((flag) => flag !== 'storage.remote.flush-deadline').map((flag): [string, string] => [flag, '1h30m']),
  ...[...PROMETHEUS_SIZES].map((flag): [string, string] => [flag, '1GB']),
]);

describe.each(SUBJECTS)('$of', ({ kind, flags: { flags, own, syntax, title }, make }) => {
  const takenBy = (extraFlags: ExtraFlags): readonly string[] => {
    const chart = newChart();
    make(chart, { extraFlags });
    const { spec } = objectsOf(chart).find((object) => object.kind === kind);
    return spec.template === undefined
      ? spec.additionalArgs.map(({ name, value }: Loose) => (value === undefined ? `--${name}` : `--${name}=${value}`))
      : spec.template.spec.containers[0].args;
  };
  const refused = (extraFlags: ExtraFlags) => () => make(newChart(), { extraFlags });

  test('takes every flag of the program that it does not set itself', () => {
    const printing = ['help', 'version', 'short-version', 'config.check', 'write-documentation', 'dryRun', 'promscrape.config.dryRun'];
    const free = Object.entries(flags).filter(([flag, { mode, until }]) => !own.has(flag) && !printing.includes(flag) && mode !== 'agent' && until === undefined);
    const extraFlags = Object.fromEntries(free.map(([flag, { type }]) => [flag, type === undefined ? FITTING_TEXTS.get(flag) ?? 'text' : FITTING[type]]));
    const args = takenBy(extraFlags);
    expect(Object.entries(extraFlags).map(([flag, value]) => (value === '' ? `--${flag}` : `--${flag}=${value}`)).filter((arg) => !args.includes(arg))).toEqual([]);
    printing.filter((flag) => flag in flags).forEach((flag) => {
      expect(refused({ [flag]: '' })).toThrow(`test/it: extraFlags: flag '${flag}' makes ${title} print something and end; leave it out`);
    });
  });

  test.each([...own].filter(([flag]) => flags[flag].mode !== 'agent' && flags[flag].until === undefined))('refuses %s, which it sets', (flag, props) => {
    const wayOut = props.length === 0 ? 'leave it out' : `use the prop '${props.join("' or '")}'`;
    expect(refused({ [flag]: 'text' })).toThrow(`test/it: extraFlags: flag '${flag}' is set by the library; ${wayOut}`);
    if (syntax === 'kingpin' && flags[flag].type === 'bool') {
      expect(refused({ [`no-${flag}`]: '' })).toThrow(`flag 'no-${flag}' is set by the library`);
    }
  });

  const chosen = [...FLAG_CHOICES].filter(([flag]) => flag in flags && !own.has(flag) && flags[flag].mode !== 'agent');

  test('refuses a value that is none of those of a flag', () => {
    chosen.forEach(([flag, choices]) => {
      expect(refused({ [flag]: 'xml' })).toThrow(`test/it: extraFlags: flag '${flag}' got 'xml'; use '${choices[0]}', `.replace(/, $/, choices.length === 2 ? ' and ' : ', '));
    });
  });

  test('refuses what is no flag', () => {
    expect(refused({ 'nothing-like-a-flag-of-anything': '' })).toThrow(`test/it: extraFlags: ${title} has no flag 'nothing-like-a-flag-of-anything'; leave it out`);
    expect(refused({ '--log.level': 'debug' })).toThrow("test/it: extraFlags: flag '--log.level' has leading dashes");
  });
});

test.each(SUBJECTS.map(({ of, flags: { flags, own } }) => [of, [...own.keys()].filter((flag) => !(flag in flags))]))('%s sets flags that its program has', (_, unknown) => {
  expect(unknown).toEqual([]);
});

test('flags are those of the version that runs', () => {
  const make = (image: string, extraFlags: ExtraFlags) => () => new AlertmanagerServer(newChart(), 'it', { image, extraFlags });
  expect(make('alertmanager:v0.27.0', { 'dispatch.start-delay': '1m' }))
    .toThrow("test/it: extraFlags: Alertmanager 0.27.0 has no flag 'dispatch.start-delay', which is there since 0.30; choose a newer image");
  expect(make('alertmanager:v0.99.0', { 'dispatch.never-heard-of': '1m' })).not.toThrow();
});

test('a Prometheus with a password watches its files itself', () => {
  const chart = newChart();
  const key = (name: string) => SecretKey.of(Secret.fromSecretName(chart, name, name), 'key');
  const web = WebConfig.fromSecret(key('web'), { basicAuth: new BasicAuth({ username: 'me', password: key('probe') }) });
  expect(() => new PrometheusServer(chart, 'it', { web, extraFlags: { 'config.auto-reload': '' } }))
    .toThrow("test/it: extraFlags: flag 'config.auto-reload' is set by the library; use the prop 'web'");
});

test('values of a newer program are not known', () => {
  const make = (image: string) => () => new BlackboxExporter(newChart(), 'it', { image, extraFlags: { 'log.format': 'jsn' } });
  expect(make(`blackbox:${PROGRAMS.blackboxExporter.version}`)).toThrow("test/it: extraFlags: flag 'log.format' got 'jsn', did you mean 'json'? use 'logfmt' and 'json'");
  expect(make('blackbox:v0.99.0')).not.toThrow();
});

test.each([...FLAG_CHOICES.keys()])('%s is a flag of a program', (flag) => {
  expect(SUBJECTS.some(({ flags: { flags } }) => flag in flags)).toBe(true);
});

describe('flags', () => {
  const rules: FlagRules = {
    program: 'prometheus',
    title: 'It',
    version: newest('prometheus'),
    syntax: 'kingpin',
    mode: 'server',
    own: ownFlags({ port: ['listen'] }),
    flags: {
      'on': { type: 'bool' }, 'for': { type: 'duration' }, 'count': { type: 'int' }, 'ratio': { type: 'float' }, 'text': {}, 'listen': {},
      'gone': { until: '3.4' }, 'new': { since: '3.4' }, 'agents': { mode: 'agent' }, 'no-text': { type: 'int' },
    },
  };

  test.each<[ExtraFlags, Partial<FlagRules>]>([
    [{ 'on': '', 'for': '1h2m3.5s', 'count': '-3', 'ratio': '1e-3', 'text': 'a=b', 'no-text': '7' }, {}],
    [{ 'no-on': '' }, {}],
    [{ for: '0' }, {}],
    [{ on: 'false' }, { syntax: 'go' }],
    [{ on: '' }, { syntax: 'go' }],
    [{ 'never-heard-of': '' }, { version: '99.0.0' }],
    [{ gone: 'a' }, { version: '3.3.9' }],
    [{ agents: 'a' }, { mode: 'agent' }],
  ])('%j are accepted', (flags, change) => {
    expect(() => checkFlags('it', flags, { ...rules, ...change })).not.toThrow();
  });

  test.each<[ExtraFlags, string, Partial<FlagRules>?]>([
    [{ on: 'true' }, "it: extraFlags: flag 'on' is a switch and has no value, and got 'true'; write 'on': '' to turn it on, or 'no-on': '' to turn it off"],
    [{ 'no-on': 'true' }, "flag 'no-on' is a switch and has no value, and got 'true'; write 'on': '' to turn it on"],
    [{ on: 'yes' }, "it: extraFlags: flag 'on' is a switch, and got 'yes'; write 'true' or 'false'", { syntax: 'go' }],
    [{ 'no-on': '' }, "it: extraFlags: It has no flag 'no-on'", { syntax: 'go' }],
    [{ 'no-listen': '' }, "it: extraFlags: It has no flag 'no-listen', did you mean 'listen'?"],
    [{ for: '1d' }, "it: extraFlags: flag 'for' is a duration, and got '1d'; write it as '1m30s'"],
    [{ for: 'soon' }, "flag 'for' is a duration, and got 'soon'"],
    [{ count: '1.5' }, "it: extraFlags: flag 'count' is a whole number, and got '1.5'; write it as '10'"],
    [{ ratio: 'half' }, "it: extraFlags: flag 'ratio' is a number, and got 'half'; write it as '0.9'"],
    [{ text: '' }, "it: extraFlags: flag 'text' has no value; give one, or leave the flag out"],
    [{ cuont: '1' }, "it: extraFlags: It has no flag 'cuont', did you mean 'count'?"],
    [{ listen: 'a' }, "it: extraFlags: flag 'listen' is set by the library; use the prop 'port'"],
    [{ gone: 'a' }, "no longer has flag 'gone', which was removed in 3.4; leave it out"],
    [{ new: 'a' }, "it: extraFlags: It 3.3.9 has no flag 'new', which is there since 3.4; choose a newer image", { version: '3.3.9' }],
    [{ agents: 'a' }, "it: extraFlags: flag 'agents' is for the agent mode only, and this It runs in server mode; leave it out"],
  ])('%j are refused', (flags, message, change = {}) => {
    expect(() => checkFlags('it', flags, { ...rules, ...change })).toThrow(message);
  });
});
