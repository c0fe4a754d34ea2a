import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { SERVER_FLAGS, thanosTls } from './certificate';
import {
  AlertmanagerServer, BasicAuth, DataStorage, ExistingAlertmanager, IAlertmanager, LogLevel, MetricSelection, ObjectStorage, OperatedAlertmanager,
  RuleGroup, RuleSet, SecretKey, ThanosQuery, ThanosRuler, ThanosRulerProps, ThanosRulerRuleOptions, UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, manifests, newChart } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { workloadProps } from '../../workload-props';

const SHOP = RuleSet.fromText('groups: [{ name: shop, rules: [{ record: "a:b", expr: vector(1) }] }]');
const OTHER = RuleSet.fromText('groups: [{ name: other, rules: [{ record: "c:d", expr: vector(1) }] }]');
const queryIn = (chart: Chart) => new ThanosQuery(chart, 'query', { stores: [], addresses: ['far:10901'] });

type Make = (chart: Chart) => Partial<ThanosRulerProps>;

function rulerIn(chart: Chart, props: Make = () => ({})): ThanosRuler {
  return new ThanosRuler(chart, 'ruler', { query: queryIn(chart), ruleSets: { shop: SHOP }, ...props(chart) });
}

function argsOf(props: Make): string[] {
  const chart = newChart();
  rulerIn(chart, props);
  return find(manifests(chart), 'StatefulSet', 'ruler').spec.template.spec.containers[0].args;
}

const alertmanagersOf = (args: readonly string[]): Loose => {
  const config = args.find((arg) => arg.startsWith('--alertmanagers.config='));
  return config === undefined ? undefined : parse(config.slice('--alertmanagers.config='.length)).alertmanagers;
};

function everything(chart: Chart): Required<Omit<ThanosRulerProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosRulerRuleOptions> = { evaluationErrorPercent: 11 };
  return {
    name: 'ruler',
    namespace: 'far',
    query: queryIn(chart),
    ruleSets: { shop: SHOP, other: OTHER },
    alertmanagers: [new AlertmanagerServer(chart, 'alertmanager', { replicas: 3 })],
    queryUrl: 'https://thanos.example.com',
    evaluationInterval: Duration.seconds(30),
    retention: Duration.hours(12),
    storage: DataStorage.volumeClaimTemplate({ storageClassName: 'fast', size: Size.gibibytes(2) }),
    objectStorage: ObjectStorage.fromSecret(Secret.fromSecretName(chart, 'bucket', 'bucket')),
    replicas: 3,
    maxUnavailable: 2,
    tls: thanosTls(chart),
    logLevel: LogLevel.DEBUG,
    rules,
    image: 'example.com/thanos:v0.41.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'ruler'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs Query and rules', () => {
  const chart = newChart();
  const ruler = rulerIn(chart);
  expect(manifests(chart).filter(({ metadata }) => metadata.name.startsWith('ruler'))).toMatchSnapshot();
  expect(told(jobOf(ruler))).toMatchSnapshot();
  expect(ruler.thanosEndpoint).toEqual({ namespace: 'monitoring', serviceName: 'ruler', replicaLabels: ['ruler_replica'] });
});

test('takes all the props', () => {
  const chart = newChart();
  const made = new ThanosRuler(chart, 'ignored', everything(chart));
  const all = manifests(chart).filter(({ metadata }) => metadata.namespace === 'far');
  expect(all.map(identity)).toEqual([
    'ConfigMap far/ruler-rules-shop', 'ConfigMap far/ruler-rules-other', 'StatefulSet far/ruler', 'Service far/ruler', 'PodDisruptionBudget far/ruler',
  ]);
  const { spec } = find(all, 'StatefulSet', 'ruler');
  expect(spec).toMatchObject({
    replicas: 3,
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '2Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.41.0' }, annotations: { 'a': 'b', 'checksum/rules': expect.stringMatching(/^[0-9a-f]{16}$/) } },
      spec: {
        serviceAccountName: 'ruler', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
        volumes: expect.arrayContaining([{ name: 'rules', projected: { sources: ['shop', 'other'].map((file) => ({ configMap: { name: `ruler-rules-${file}` } })) } }]),
      },
    },
  });
  const [{ args, ...main }] = spec.template.spec.containers;
  expect(main).toMatchObject({ image: 'example.com/thanos:v0.41.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } } });
  expect(alertmanagersOf(args)).toEqual([
    { static_configs: ['dns+alertmanager-peers.monitoring.svc:9093'], scheme: 'http', path_prefix: '/', api_version: 'v2' },
  ]);
  expect(args.filter((arg: string) => !arg.startsWith('--alertmanagers'))).toEqual([
    'rule', '--grpc-address=:10901', ...SERVER_FLAGS, '--http-address=:10902', '--log.level=debug', '--enable-auto-gomemlimit',
    '--objstore.config-file=/etc/thanos/secrets/bucket/objstore.yml', '--data-dir=/var/thanos/data', '--rule-file=/etc/thanos/rules/*.yaml',
    '--query=query.monitoring.svc:10902', '--label=ruler="far/ruler"', '--label=ruler_replica="$(POD_NAME)"', '--alert.label-drop=ruler_replica',
    '--alert.query-url=https://thanos.example.com', '--eval-interval=30s', '--tsdb.retention=12h',
  ]);
  expect(find(all, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosRuler(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('restarts with other rules', () => {
  const checksum = (ruleSets: ThanosRulerProps['ruleSets']): string => {
    const chart = newChart();
    rulerIn(chart, () => ({ ruleSets }));
    return find(manifests(chart), 'StatefulSet', 'ruler').spec.template.metadata.annotations['checksum/rules'];
  };
  expect(checksum({ shop: SHOP })).toBe(checksum({ shop: SHOP }));
  expect(checksum({ shop: SHOP })).not.toBe(checksum({ shop: OTHER }));
});

test.each<[string, (chart: Chart) => IAlertmanager, object]>([
  ['of the operator', (chart) => new OperatedAlertmanager(chart, 'operated'), { static_configs: ['dns+operated-peers.monitoring.svc:9093'] }],
  ['that exists', () => new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'theirs', pathPrefix: '/am' }), {
    static_configs: ['dns+theirs.alerts.svc:9093'], path_prefix: '/am',
  }],
  ['outside', () => ExistingAlertmanager.outside({ host: 'alerts.example.com' }), { static_configs: ['dns+alerts.example.com:9093'] }],
  ['at an address', () => ExistingAlertmanager.outside({ host: '192.0.2.7' }), { static_configs: ['192.0.2.7:9093'] }],
])('sends alerts to all replicas of an Alertmanager %s', (_, alertmanager, expected) => {
  expect(alertmanagersOf(argsOf((chart) => ({ alertmanagers: [alertmanager(chart)] })))).toMatchObject([expected]);
});

test('links to Query, and needs no Alertmanager', () => {
  const args = argsOf(() => ({}));
  expect(args).toContain('--alert.query-url=http://query.monitoring.svc:10902');
  expect(alertmanagersOf(args)).toBeUndefined();
});

test.each<[string, Make, string]>([
  ['no rules', () => ({ ruleSets: {} }), "'ruleSets' has no rules, so there is nothing to evaluate"],
  ['a file that is no name', () => ({ ruleSets: { 'Shop 1': SHOP } }), "ruleSets: 'Shop 1' cannot be the name of an object"],
  ['a group in two files', () => ({ ruleSets: { a: SHOP, b: SHOP } }), "group 'shop' exists twice"],
  ['rules that do not fit', () => ({ ruleSets: { a: RuleSet.of(new RuleGroup({ name: 'a', rules: Array.from({ length: 3000 }, (_, i) => (
    RuleSet.fromText(`groups: [{ name: a, rules: [{ record: "a:b${i}", expr: "vector(1) + ${'1 + '.repeat(10)} 1" }] }]`).groups[0].rules[0]
  )) })) } }), 'kB, and a ConfigMap holds 200 kB; divide its groups among several'],
  ['an Alertmanager with a password', (chart) => ({ alertmanagers: [ExistingAlertmanager.outside({
    host: 'a.example.com', basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(Secret.fromSecretName(chart, 'a', 'a'), 'b') }),
  })] }), 'which ThanosRuler has no place for; send its alerts to one without'],
  ['an Alertmanager twice', () => {
    const one = ExistingAlertmanager.outside({ host: 'a.example.com' });
    return { alertmanagers: [one, one] };
  }, 'already; name it once'],
  ['a URL that is none', () => ({ queryUrl: 'thanos' }), "queryUrl: 'thanos' is not an absolute http or https URL"],
  ['no interval', () => ({ evaluationInterval: Duration.millis(0) }), 'evaluationInterval (ms): 0 is not a whole number above 0'],
  ['no retention', () => ({ retention: Duration.millis(0) }), 'retention (ms): 0 is not a whole number above 0'],
  ['no replicas', () => ({ replicas: 0 }), 'replicas: 0 is not a whole number above 0'],
  ['replicas of one claim', () => ({ replicas: 2, storage: DataStorage.existingClaim('old') }), "2 replicas cannot share claim 'old'"],
  ['an old Thanos', () => ({ image: 'thanos:v0.40.0' }), 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update by which there is none', () => ({ updateStrategy: UpdateStrategy.recreate() }), 'updateStrategy'],
  ['the checksum of its rules', () => ({ podAnnotations: { 'checksum/rules': 'x' } }), 'checksum/rules'],
])('refuses %s', (_, props, message) => {
  expect(() => inChart((chart) => rulerIn(chart, props))).toThrow(message);
});
