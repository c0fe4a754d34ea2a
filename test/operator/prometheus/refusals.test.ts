import { Duration, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { newChart } from '../../charts';
import {
  AlertingRule, ExistingAlertmanager, OperatedPrometheus, OperatedPrometheusProps, DataStorage, RuleGroup, ScrapeJob, SecretKey,
  Severity, TlsServer, WebConfig,
} from '../../../lib';

test.each<[string, OperatedPrometheusProps, string]>([
  ['no shard', { shards: 0 }, 'test/prometheus: shards: 0 is not'],
  ['a name that is too long', { name: 'a'.repeat(41) }, 'has 41 characters, and a Prometheus of the operator has at most 40'],
  ['a name that is too long for an agent', { name: 'a'.repeat(42), agent: true }, 'and a PrometheusAgent of the operator has at most 41'],
  ['a name that is too long with shards', { name: 'a'.repeat(34), shards: 2 }, 'and a Prometheus with 2 shards of the operator has at most 33'],
  ['a name that is too long with many shards', { name: 'a'.repeat(33), shards: 11 }, 'and a Prometheus with 11 shards of the operator has at most 32'],
  ['the name of a Service of the operator', { name: 'prometheus-operated' }, "'prometheus-operated' is the name of a Service that the operator makes"],
  ['a Prometheus that the operator does not know', { image: 'prometheus:v4.0.0' }, 'the operator runs none from 4.0 on'],
  ['an existing claim', { storage: DataStorage.existingClaim('data') }, "takes no existing one, such as 'data'"],
  ['a folder that the operator does not mount', { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), subPath: 'data' }) },
    "the operator keeps data in the folder 'prometheus-db' or in the root of the volume, got subPath 'data'; leave it out, write '/', or use PrometheusServer"],
  ['a startupTimeout below 60 s', { startupTimeout: Duration.seconds(59) }, 'startupTimeout is 59 s'],
  ['the route prefix', { extraFlags: { 'web.route-prefix': '/prom' } }, "extraFlags: flag 'web.route-prefix' is set by the library; use the prop 'externalUrl'"],
  ['a variable in an external label', { externalLabels: { pod: '$(POD_NAME)' } }, "externalLabels: '$(POD_NAME)' has '$(POD_NAME)'"],
  ['a variable in the cluster', { cluster: 'a$(b)' }, "cluster: 'a$(b)' has '$(b)'"],
  ['a label that the operator sets', { podLabels: { 'app.kubernetes.io/instance': 'mine' } }, "'podLabels' sets 'app.kubernetes.io/instance' to 'mine', which has to be 'prometheus'; leave it out"],
])('%s', (_, props, message) => {
  expect(() => new OperatedPrometheus(newChart(), 'prometheus', props)).toThrow(message);
});

test.each<[string, OperatedPrometheusProps]>([
  ['a server', { name: 'a'.repeat(40) }], ['an agent', { name: 'a'.repeat(41), agent: true }], ['shards', { name: 'a'.repeat(33), shards: 10 }],
])('the longest name of %s is accepted', (_, props) => {
  expect(() => new OperatedPrometheus(newChart(), 'prometheus', props)).not.toThrow();
});

test('a web configuration of the user\'s own', () => {
  const chart = newChart();
  const web = WebConfig.fromSecret(SecretKey.of(Secret.fromSecretName(chart, 'web', 'web'), 'web.yml'));
  expect(() => new OperatedPrometheus(chart, 'prometheus', { web })).toThrow("no passwords from 'web'; use WebConfig.tls(), or PrometheusServer");
});

test('a certificate of another namespace', () => {
  const chart = newChart();
  const secret = new Secret(chart, 'web', { metadata: { namespace: 'elsewhere' } });
  expect(() => new OperatedPrometheus(chart, 'prometheus', { web: WebConfig.tls(TlsServer.fromSecret(secret)) })).toThrow("is made in namespace 'elsewhere'");
});

test('hashmod of a user\'s own with shards, where the operator would leave out its own', () => {
  const prometheus = new OperatedPrometheus(newChart(), 'prometheus', { shards: 2 });
  const config = { static_configs: [{ targets: ['a:1'] }], relabel_configs: [{ action: 'hashmod', source_labels: ['__address__'], target_label: 'a', modulus: 2 }] };
  expect(() => prometheus.addScrapeJob(ScrapeJob.raw('mine', config))).toThrow("scrape job 'mine': relabel_configs have an action hashmod");
});

test('rules and Alertmanagers of an agent', () => {
  const agent = new OperatedPrometheus(newChart(), 'prometheus', { agent: true });
  const rule = new AlertingRule({ alert: 'A', expr: 'vector(1)', severity: Severity.WARNING, summary: 'a', description: 'b' });
  expect(() => agent.addRules(new RuleGroup({ name: 'a', rules: [rule] }))).toThrow('an agent evaluates no rules');
  expect(() => agent.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'b' }))).toThrow('an agent evaluates no rules');
});

test('an agent that sends nowhere', () => {
  const chart = newChart();
  new OperatedPrometheus(chart, 'prometheus', { agent: true });
  expect(() => Testing.synth(chart)).toThrow('an agent keeps no samples and sends them nowhere');
});
