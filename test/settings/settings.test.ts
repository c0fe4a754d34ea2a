import * as path from 'node:path';
import { parseDocument } from 'yaml';
import { blackboxSchema } from '../../lib/components/blackbox/blackbox-schema';
import { alertmanagerSchema } from '../../lib/monitoring/routing/alertmanager-schema';
import { checkNothingLacks } from '../../lib/monitoring/routing/lacking-settings';
import { prometheusSchema } from '../../lib/monitoring/scrape/prometheus-schema';
import { checkSettings, SettingSchema } from '../../lib/settings';
import { inTempDir, writeFiles } from '../files';
import { Loose } from '../manifests';
import { amtool, promtool, verdict } from '../tools';

/** What the library makes of a configuration: nothing, or the message of an error. */
function judged(text: string, schema: SettingSchema, checkMore?: (where: string, data: Loose) => void): string {
  const data: Loose = parseDocument(text).toJS();
  try {
    checkSettings(data, 'Root', schema, 'file');
    checkMore?.('file', data);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}

/** Whether a program takes a configuration. */
function isTaken(text: string, program: string, args: readonly string[]): boolean {
  return inTempDir((dir) => {
    writeFiles(dir, { 'file.yml': text });
    return verdict(program, [...args, path.join(dir, 'file.yml')]).status === 0;
  });
}

const job = (text: string) => `scrape_configs: [{job_name: x, ${text}}]`;
const step = (text: string) => job(`relabel_configs: [{${text}}]`);
const write = (text: string) => `remote_write: [{url: "http://store/", ${text}}]`;
const kubernetes = (text: string) => job(`kubernetes_sd_configs: [{${text}}]`);

const PROMETHEUS: ReadonlyArray<readonly [string, string?]> = [
  // taken
  [job('scrape_interval: 1m30s, scrape_timeout: 0, honor_labels: true, params: {a: [b, 1]}, body_size_limit: 10MB, sample_limit: 5')],
  [job('scheme: https, tls_config: {ca_file: /a, min_version: TLS12}, authorization: {credentials_file: /b}')],
  [job('metric_relabel_configs: [{source_labels: [a.b], regex: "(.*)", target_label: c.d, replacement: "${1}_x"}], scrape_protocols: [PrometheusText1.0.0]')],
  [step('action: KEEP, source_labels: [a], regex: 5')],
  [step('action: labelmap, regex: "a_(.+)"')],
  [kubernetes('role: endpointslice, namespaces: {names: [a]}, selectors: [{role: service, label: "a=b"}], attach_metadata: {node: true}')],
  [kubernetes('role: pod, api_server: "https://a/", basic_auth: {username: a, password_file: /b}')],
  [job('dns_sd_configs: [{names: [a]}, {names: [b], type: a, port: 5}], file_sd_configs: [{files: ["/a/*.json"], refresh_interval: 5m}]')],
  [write('queue_config: {max_shards: 5, min_backoff: 1s, max_backoff: 2s}, headers: {X-Scope: a}, protobuf_message: io.prometheus.write.v2.Request, name: 5')],
  ['global: {external_labels: {a: 1}, scrape_interval: 15s, evaluation_interval: 1m}\nstorage: {tsdb: {out_of_order_time_window: 30m}}\ntracing: {endpoint: "a:1", client_type: http}'],
  ['alerting: {alertmanagers: [{api_version: v2, static_configs: [{targets: ["a:1"]}]}]}\nrule_files: ["/a/*.yml"]'],
  // refused
  ['scrape_config: []', "an unknown key 'scrape_config', did you mean 'scrape_configs'?"],
  ['remote_write: [{}]', "remote_write[0] has no 'url', which Prometheus needs; give 'url'"],
  [job('scrape_interval: 15'), "scrape_configs[0].scrape_interval: 15 is not a duration; write it with its unit, as '15s'"],
  [job('scrape_interval: 10s, scrape_timeout: 20s'), "scrape_configs[0].scrape_timeout: '20s' is longer than the scrape_interval of '10s'"],
  [job('honor_labels: "true"'), "scrape_configs[0].honor_labels: 'true' is not true or false; write one of the two, without quotes"],
  [job('honor_labels: "yes"'), "'yes' is not true or false; write true, without quotes"],
  [job('sample_limit: -1'), 'scrape_configs[0].sample_limit: -1 is below 0'],
  [job('sample_limit: "5"'), "scrape_configs[0].sample_limit: '5' is not a number; write it without quotes"],
  [job('body_size_limit: 10'), "scrape_configs[0].body_size_limit: '10' is not a size; write it with its unit, as '10MB'"],
  [job('params: {a: b}'), "scrape_configs[0].params: 'a': 'b' is not a list; write it as ['b']"],
  [job('static_configs: {targets: ["a:1"]}'), 'scrape_configs[0].static_configs: a mapping is not a list'],
  [job('static_configs: [{target: ["a:1"]}]'), "'scrape_configs[0].static_configs[0]' has an unknown key 'target', did you mean 'targets'?"],
  [job('static_configs: [{targets: ["http://a:1"]}]'), "scrape_configs[0].static_configs[0].targets: 'http://a:1' is not host:port"],
  [job('static_configs: [{targets: [{a: b}]}]'), 'scrape_configs[0].static_configs[0].targets[0]: a mapping is not a text'],
  [job('scrape_protocols: [Prometheus]'), "'Prometheus' is not one of the values that there are; use 'OpenMetricsText0.0.1'"],
  [job('tls_config: {cert_file: /a}'), "scrape_configs[0].tls_config: there is 'cert_file' without 'key_file'; give both, or neither"],
  [job('tls_config: {min_version: TLS9}'), "scrape_configs[0].tls_config.min_version: 'TLS9' is not one of the values that there are"],
  [job('basic_auth: {username: a, password: b, password_file: /c}'), "scrape_configs[0].basic_auth has 'password' and 'password_file', which exclude each other; keep one of them"],
  [job('basic_auth: {username: a}, authorization: {credentials: b}'), "scrape_configs[0] has 'authorization' and 'basic_auth', which exclude each other"],
  [job('authorization: {type: Basic, credentials: a}'), "scrape_configs[0].authorization.type: 'Basic' has settings of its own; use 'basic_auth'"],
  [job('no_proxy: a'), "scrape_configs[0].no_proxy: there is no proxy without 'proxy_url'"],
  [job('oauth2: {client_id: a}'), "scrape_configs[0].oauth2 has no 'token_url', which Prometheus needs"],
  [job('http_headers: {Host: {values: [a]}}'), "scrape_configs[0].http_headers: 'Host' is a header that the client sets itself"],
  [job('metric_name_validation_scheme: utf-8'), "scrape_configs[0].metric_name_validation_scheme: 'utf-8' is not one of the values that there are, did you mean 'utf8'?"],
  [step('action: keepp, source_labels: [a]'), "relabel_configs[0].action: 'keepp' is not one of the values that there are, did you mean 'keep'?"],
  [step('action: keep, source_labels: [a], regex: "(?!x)"'), "relabel_configs[0].regex: '(?!x)' is not a regular expression (RE2), RE2 knows no look-around"],
  [step('source_labels: a, target_label: b'), "relabel_configs[0].source_labels: 'a' is not a list; write it as a list, ['a']"],
  [step('source_labels: [a]'), "relabel_configs[0]: the action 'replace' has no 'target_label'"],
  [step('action: hashmod, source_labels: [a], target_label: b'), "relabel_configs[0]: the action 'hashmod' has no 'modulus'"],
  [step('action: labeldrop, regex: a, source_labels: [b]'), "relabel_configs[0].source_labels: the action 'labeldrop' has no such setting"],
  [step('target_label: a, regexp: b'), "has an unknown key 'regexp', did you mean 'regex'?"],
  [kubernetes('role: pods'), "kubernetes_sd_configs[0].role: 'pods' is not one of the values that there are, did you mean 'pod'?"],
  [kubernetes('namespaces: {names: [a]}'), "kubernetes_sd_configs[0] has no 'role', which Prometheus needs"],
  [kubernetes('role: pod, namespaces: [a]'), 'kubernetes_sd_configs[0].namespaces: a list is not a mapping'],
  [kubernetes('role: node, selectors: [{role: pod}]'), "selectors[0].role: 'pod' is not one that role 'node' selects by, each once; use 'node'"],
  [kubernetes('role: pod, tls_config: {insecure_skip_verify: true}'), "kubernetes_sd_configs[0].tls_config: the client is that of another API server; name it by 'api_server'"],
  [job('dns_sd_configs: [{names: [a], type: A}]'), "dns_sd_configs[0].port: records of type 'A' have no port"],
  [job('dns_sd_configs: [{names: [a], type: TXT}]'), "dns_sd_configs[0].type: 'TXT' is not a type of records"],
  [job('file_sd_configs: [{files: [/a.txt]}]'), "file_sd_configs[0].files: '/a.txt' is not a path of JSON or YAML files"],
  [job('http_sd_configs: [{url: "a:1"}]'), "http_sd_configs[0].url: 'a:1' is not an absolute http or https URL"],
  [`${job('static_configs: []')}\nremote_write: [{url: "http://a/", name: b}, {url: "http://c/", name: b}]`, "remote_write[1].name: 'b' exists twice"],
  [write('queue_config: {max_shards: 0}'), 'remote_write[0].queue_config.max_shards: 0 is not above 0'],
  [write('headers: {Content-Type: a}'), "remote_write[0].headers: 'Content-Type' is a header that the client sets itself"],
  [write('sigv4: {access_key: a}'), "remote_write[0].sigv4: there is 'access_key' alone"],
  [write('sigv4: {external_id: a}'), 'remote_write[0].sigv4.external_id: it is one of a role'],
  [write('azuread: {cloud: Azure, sdk: {}}'), "remote_write[0].azuread.cloud: 'Azure' is not a cloud of Azure"],
  [write('azuread: {managed_identity: {client_id: a}}'), "azuread.managed_identity.client_id: 'a' is not a UUID"],
  [write('azuread: {cloud: AzurePublic}'), 'remote_write[0].azuread: there is no identity'],
  ['storage: {tsdb: {retention: {percentage: 120}}}', 'storage.tsdb.retention.percentage: 120 is not a percentage'],
  ['alerting: {alertmanagers: [{api_version: v1}]}', "alerting.alertmanagers[0].api_version: 'v1' is no longer known; use 'v2'"],
  ['otlp: {ignore_resource_attributes: [a]}', "otlp.ignore_resource_attributes: it needs 'promote_all_resource_attributes'"],
  ['rule_files: ["/*/a.yml"]', "rule_files: '/*/a.yml' is not the path of files"],
];

const receiver = (text: string) => `route: {receiver: r}\nreceivers: [{name: r, ${text}}]`;
const interval = (text: string) => `route: {receiver: r}\nreceivers: [{name: r}]\ntime_intervals: [{name: t, time_intervals: [{${text}}]}]`;

const ALERTMANAGER: ReadonlyArray<readonly [string, string?]> = [
  // taken
  [receiver('webhook_configs: [{url: "http://a/", max_alerts: 5, timeout: 5s, send_resolved: false}]')],
  [receiver('email_configs: [{to: a@b, smarthost: "mail:25", from: c@d, headers: {Subject: x}}]')],
  [`global: {slack_api_url_file: /a}\n${receiver('slack_configs: [{channel: "#a", fields: [{title: a, value: b, short: true}]}]')}`],
  [`route: {receiver: r, routes: [{matchers: ['a="b,c"', 'd=~"e|f"', '{"g.h"!="i"}'], match: {a: b}, match_re: {a: b}, group_by: ['...']}]}\nreceivers: [{name: r}]`],
  [interval('weekdays: ["monday:friday", Saturday], months: ["1:3", december], days_of_month: ["1:5", "-3:-1"], years: [2027], times: [{start_time: "08:00", end_time: "24:00"}], location: Europe/Berlin')],
  // refused
  [receiver('webhook_configs: [{}]'), "receivers[0].webhook_configs[0] has no 'url', which Alertmanager needs; give 'url' or 'url_file'"],
  [receiver('webhook_configs: [{url: "http://a/", timeout: 5x}]'), "webhook_configs[0].timeout: '5x' is not a duration of hours, minutes and seconds"],
  [receiver('slack_configs: [{channel: a}]'), "receivers[0].slack_configs[0] has no 'api_url', which Alertmanager needs; give 'api_url' or"],
  [receiver('email_configs: [{to: a, from: b}]'), "has no 'smarthost', which Alertmanager needs; give 'smarthost' or 'global.smtp_smarthost'"],
  [receiver('email_configs: [{to: a, from: b, smarthost: mail}]'), "email_configs[0].smarthost: 'mail' is not host:port"],
  [receiver('pagerduty_configs: [{routing_key: a, url: b}]'), "pagerduty_configs[0].url: 'b' is not an absolute URL"],
  [receiver('telegram_configs: [{bot_token: a, chat_id: "5"}]'), "telegram_configs[0].chat_id: '5' is not a number"],
  [receiver('opsgenie_configs: [{api_key: a, responders: [{name: a}]}, {api_kay: b}]'), "has an unknown key 'api_kay', did you mean 'api_key'?"],
  ['route: {receiver: r, group_by: [a, a]}\nreceivers: [{name: r}]', "route.group_by: 'a' is named twice"],
  ['route: {receiver: r, group_by: [a, "..."]}\nreceivers: [{name: r}]', "route.group_by: '...' groups by all labels; leave out the others"],
  ['route: {receiver: r, group_wait: 5}\nreceivers: [{name: r}]', 'route.group_wait: 5 is not a duration'],
  ['route: {receiver: r, routes: [{matchers: [a]}]}\nreceivers: [{name: r}]', "route.routes[0].matchers: 'a' is not a matcher; write it as"],
  ['route: {receiver: r, routes: [{matchers: ["a=~\\"(\\""]}]}\nreceivers: [{name: r}]', 'route.routes[0].matchers: \'(\' is not a regular expression (RE2)'],
  ['route: {receiver: r, routes: [{match_re: {a: null}}]}\nreceivers: [{name: r}]', "route.routes[0].match_re: 'a': null is not a text"],
  ['route: {receiver: r, routes: [{match_re: {a: "("}}]}\nreceivers: [{name: r}]', "route.routes[0].match_re: 'a': '(' is not a regular expression (RE2)"],
  ['route: {receiver: r}\nreceivers: [{name: r}]\ninhibit_rules: [{source_matchers: [a], equal: [b]}]', "inhibit_rules[0].source_matchers: 'a' is not a matcher"],
  [interval('weekdays: [mon]'), "weekdays[0]: 'mon' is not a range; write it as 'monday:friday'"],
  [interval('days_of_month: ["5:1"]'), "days_of_month[0]: '5:1' ends before it begins"],
  [interval('months: [13]'), "months[0]: '13' is not a range"],
  [interval('times: [{start_time: "8:00", end_time: "9:00"}]'), "times[0]: '8:00' is not a part of the day"],
  [interval('times: [{start_time: "22:00", end_time: "06:00"}]'), "times[0]: '22:00' is not before '06:00'"],
  [interval('location: CST'), "location: 'CST' is not a time zone"],
  [interval('location: europe/berlin'), "location: 'europe/berlin' is not a time zone, did you mean 'Europe/Berlin'?"],
];

const module_ = (text: string) => `modules: {x: {${text}}}`;

/** Of blackbox-exporter there is no program that only checks. */
const BLACKBOX: ReadonlyArray<readonly [string, string?]> = [
  [module_('prober: http, timeout: 5s, http: {valid_status_codes: [200], fail_if_header_matches: [{header: a, regexp: b}], preferred_ip_protocol: ip4}')],
  [module_('prober: dns, dns: {query_name: a, query_type: SOA, validate_answer_rrs: {fail_if_matches_regexp: [b]}}')],
  [module_('prober: dns, dns: {query_type: A}'), "modules.x.dns has no 'query_name', which blackbox-exporter needs"],
  [module_('prober: http, timeout: 5'), "modules.x.timeout: 5 is not a duration of hours, minutes and seconds; write it with its unit, as '5s'"],
  [module_('prober: http, http: {valid_status_codes: [2xx]}'), "modules.x.http.valid_status_codes[0]: '2xx' is not a number"],
  [module_('prober: http, http: {fail_if_body_matches_regexp: ["("]}'), "modules.x.http.fail_if_body_matches_regexp[0]: '(' is not a regular expression (RE2)"],
  [module_('prober: http, http: {body: a, body_file: b}'), "modules.x.http has 'body' and 'body_file', which exclude each other"],
  [module_('prober: tcp, tcp: {query_response: [{expct: a}]}'), "has an unknown key 'expct', did you mean 'expect'?"],
  [module_('prober: icmp, icmp: {ttl: 300}'), 'modules.x.icmp.ttl: 300 is not a number of hops'],
];

/** Configurations with what the message has to say; nothing of one that is taken. */
function rows(cases: ReadonlyArray<readonly [string, string?]>): Array<[string, string]> {
  return cases.map(([text, message = '']) => [text, message]);
}

test.each(rows(PROMETHEUS))('Prometheus: %s', (text, message) => {
  expect(judged(text, prometheusSchema())).toEqual(message === '' ? '' : expect.stringContaining(message));
  expect(isTaken(text, promtool(), ['check', 'config', '--syntax-only'])).toBe(message === '');
});

test.each(rows(ALERTMANAGER))('Alertmanager: %s', (text, message) => {
  expect(judged(text, alertmanagerSchema(), checkNothingLacks)).toEqual(message === '' ? '' : expect.stringContaining(message));
  expect(isTaken(text, amtool(), ['check-config'])).toBe(message === '');
});

test.each(rows(BLACKBOX))('blackbox-exporter: %s', (text, message) => {
  expect(judged(text, blackboxSchema())).toEqual(message === '' ? '' : expect.stringContaining(message));
});
