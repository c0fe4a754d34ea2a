import { Chart, JsonPatch } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AlertmanagerConfigSelection, AlertmanagerProps, AlertmanagerServer, AlertRouting, Integration, OperatedAlertmanager, PrometheusServer,
  Receiver, ScrapeJob, SecretKey,
} from '../../lib';
import { manifests, newChart } from '../charts';
import { checkAlertmanager, checkPrometheus, find, Loose, nameOf, textsOf } from '../manifests';

const routing = () => new AlertRouting({ receiver: Receiver.of('hook', Integration.webhook({ url: 'http://hook/' })) });

describe('prometheus.yml', () => {
  const patched = (patches: JsonPatch[], props = {}) => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus', { selfMonitoring: false, ...props });
    prometheus.patchConfiguration(...patches);
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'late', targets: ['a:1'] }));
    return { chart, prometheus };
  };

  test('is patched when all is known, on every shard', () => {
    const { chart, prometheus } = patched([
      JsonPatch.add('/global/scrape_failure_log_file', '/prometheus/failures.log'),
      JsonPatch.add('/scrape_configs/-', { job_name: 'mine', static_configs: [{ targets: ['b:1'] }] }),
      JsonPatch.add('/runtime', { gogc: 50 }),
    ], { shards: 2 });
    expect(prometheus.node.validate()).toEqual([]);
    const objects = manifests(chart);
    ['prometheus-config', 'prometheus-shard-1-config'].forEach((name) => {
      const configuration: Loose = parse(find(objects, 'ConfigMap', name).data['prometheus.yml']);
      expect(configuration.scrape_configs.map(({ job_name: job }: Loose) => job)).toEqual(['late/metrics', 'mine']);
      expect(configuration).toMatchObject({ global: { scrape_failure_log_file: '/prometheus/failures.log' }, runtime: { gogc: 50 } });
    });
    expect(checkPrometheus(objects)).toHaveLength(2);
  });

  test.each<[string, JsonPatch, string | RegExp]>([
    ['a path that is not there', JsonPatch.replace('/nothing/here', '1h'), /^prometheus.yml: JSON patch 1 of 1 does not apply, .*; each path has to exist in the configuration, for 'add' all but its last part$/],
    ['an unknown key', JsonPatch.add('/remote_writes', []), "prometheus.yml: a JSON patch: an unknown key 'remote_writes', did you mean 'remote_write'? Prometheus knows"],
    ['a secret', JsonPatch.add('/scrape_configs/0/basic_auth', { username: 'a', password: 'b' }), "prometheus.yml: a JSON patch: 'scrape_configs[0].basic_auth.password' holds a secret, which the manifest would show; name a file by 'password_file', and have the Pods mount it"],
    ['an unknown key of a job', JsonPatch.add('/scrape_configs/0/scrape_intervall', '1m'), "prometheus.yml: a JSON patch: 'scrape_configs[0]' has an unknown key 'scrape_intervall', did you mean 'scrape_interval'?"],
    ['a value that is not read', JsonPatch.add('/scrape_configs/0/scrape_interval', 60), "prometheus.yml: a JSON patch: scrape_configs[0].scrape_interval: 60 is not a duration; write it with its unit, as '60s'"],
    ['a job twice', JsonPatch.add('/scrape_configs/-', { job_name: 'late/metrics' }), "prometheus.yml: a JSON patch: scrape_configs[1].job_name: 'late/metrics' exists twice; give one of the two another name"],
    ['a store without a URL', JsonPatch.add('/remote_write', [{}]), "prometheus.yml: a JSON patch: remote_write[0] has no 'url', which Prometheus needs; give 'url'"],
    ['nothing left', JsonPatch.replace('', []), 'prometheus.yml: the JSON patches leave no mapping'],
  ])('is an error with %s', (_, patch, problem) => {
    const { prometheus } = patched([patch]);
    expect(prometheus.node.validate()).toEqual([typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem)]);
  });
});

describe.each<[string, (chart: Chart, props: AlertmanagerProps) => AlertmanagerServer | OperatedAlertmanager]>([
  ['an Alertmanager', (chart, props) => new AlertmanagerServer(chart, 'alertmanager', props)],
  ['one of the operator', (chart, props) => new OperatedAlertmanager(chart, 'alertmanager', props)],
  ['one of the operator with configurations of teams', (chart, props) => new OperatedAlertmanager(chart, 'alertmanager', { ...props, teamConfigs: AlertmanagerConfigSelection.everywhere() })],
])('alertmanager.yaml of %s', (_, make) => {
  const textOf = (chart: Chart): string => {
    const [object] = manifests(chart).filter((candidate) => nameOf(candidate) === 'alertmanager-config');
    return textsOf(object)['alertmanager.yaml'];
  };

  test('is patched', () => {
    const chart = newChart();
    const alertmanager = make(chart, { routing: routing() });
    alertmanager.patchConfiguration(JsonPatch.add('/global', { resolve_timeout: '7m' }), JsonPatch.replace('/receivers/0/webhook_configs/0/url', 'http://other/'));
    expect(alertmanager.node.validate()).toEqual([]);
    expect(parse(textOf(chart))).toMatchObject({ global: { resolve_timeout: '7m' }, receivers: expect.arrayContaining([{ name: 'hook', webhook_configs: [{ url: 'http://other/' }] }]) });
    expect(checkAlertmanager(manifests(chart))).toBeDefined();
  });

  test.each<[string, JsonPatch, string]>([
    ['an unknown key', JsonPatch.add('/receiver', []), "alertmanager.yaml: a JSON patch: the text has an unknown key 'receiver', did you mean 'receivers'?"],
    ['a receiver that is not there', JsonPatch.replace('/route/receiver', 'nobody'), "alertmanager.yaml: a JSON patch: route names an unknown receiver 'nobody'"],
    ['a setting that the global settings do not give', JsonPatch.add('/receivers/0/slack_configs', [{ channel: '#a' }]), "alertmanager.yaml: a JSON patch: receivers[0].slack_configs[0] has no 'api_url', which Alertmanager needs"],
    ['a value that is not read', JsonPatch.add('/receivers/0/webhook_configs/0/max_alerts', '5'), "alertmanager.yaml: a JSON patch: receivers[0].webhook_configs[0].max_alerts: '5' is not a number"],
    ['a secret', JsonPatch.add('/receivers/0/pagerduty_configs', [{ routing_key_file: '/a', http_config: { basic_auth: { username: 'a', password: 'b' } } }]), "'receivers[0].pagerduty_configs[0].http_config.basic_auth.password' holds a secret"],
  ])('is an error with %s', (__, patch, problem) => {
    const chart = newChart();
    const alertmanager = make(chart, { routing: routing() });
    alertmanager.patchConfiguration(patch);
    expect(alertmanager.node.validate()).toEqual([expect.stringContaining(problem)]);
  });

  test('is not patched where it is made elsewhere', () => {
    const chart = newChart();
    const alertmanager = make(chart, { configuration: SecretKey.of(Secret.fromSecretName(chart, 'theirs', 'theirs'), 'alertmanager.yaml') });
    expect(() => alertmanager.patchConfiguration(JsonPatch.remove('/global'))).toThrow('test/alertmanager: the configuration is in a Secret that is made elsewhere; change it there');
  });
});

test('the operator says what it refuses of a patched configuration', () => {
  const chart = newChart();
  const alertmanager = new OperatedAlertmanager(chart, 'alertmanager', { routing: routing() });
  alertmanager.patchConfiguration(JsonPatch.replace('/receivers/0/webhook_configs/0/url', 'http://$(HOST)/'));
  expect(alertmanager.node.validate()).toEqual([expect.stringContaining("the routing has '$(HOST)'")]);
});
