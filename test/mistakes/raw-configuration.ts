import { Chart } from 'cdk8s';
import { AlertmanagerServer, AlertRouting, Integration, OperatedAlertmanager, Receiver, ScrapeJob } from '../../lib';
import { notified, prometheus } from './support';
import { Mistake } from '../bad-input/support';

const routed = (text: string) => (chart: Chart) => new AlertmanagerServer(chart, 'alertmanager', { routing: AlertRouting.raw(text) });
const scraped = (config: { readonly [key: string]: unknown }) => (chart: Chart) => prometheus(chart).addScrapeJob(ScrapeJob.raw('x', config));
const WEB = { static_configs: [{ targets: ['a:1'] }] };

/** Raw and custom configuration that its program refuses. */
export const RAW_CONFIGURATION: Mistake[] = [
  {
    mistake: 'a matcher with an expression that is not closed',
    place: 'AlertRouting.raw: route.routes[0].matchers', value: "'('", wayOut: 'RE2',
    app: routed('route: {receiver: a, routes: [{matchers: ["a=~("], receiver: a}]}\nreceivers: [{name: a}]\n'),
  },
  {
    mistake: 'a webhook without a URL',
    place: 'AlertRouting.raw: receivers[0].webhook_configs[0]', value: "'url'", wayOut: 'url_file',
    app: routed('route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{}]}]\n'),
  },
  {
    mistake: 'a custom setting that is misspelt',
    place: "Integration.custom('webhook_configs'): settings", value: "'ulr'", wayOut: "'url'",
    app: (chart) => notified(chart, Integration.custom('webhook_configs', { settings: { ulr: 'http://a/' } })),
  },
  {
    mistake: 'a custom setting that is misspelt, with the operator',
    place: "Integration.custom('webhook_configs'): settings", value: "'ulr'", wayOut: "'url'",
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', {
      routing: new AlertRouting({ receiver: Receiver.of('a', Integration.custom('webhook_configs', { settings: { ulr: 'http://a/' } })) }),
    }),
  },
  {
    mistake: 'a function',
    place: "ScrapeJob.raw('x').static_configs", value: 'function', wayOut: 'give text',
    app: scraped({ static_configs: () => [] }),
  },
  {
    mistake: 'an interval without a unit',
    place: "ScrapeJob.raw('x'): scrape_interval", value: '10', wayOut: "'10s'",
    app: scraped({ scrape_interval: 10, ...WEB }),
  },
  {
    mistake: 'an expression that is not closed',
    place: "ScrapeJob.raw('x'): relabel_configs[0].regex", value: "'('", wayOut: 'RE2',
    app: scraped({ ...WEB, relabel_configs: [{ source_labels: ['a'], regex: '(', action: 'keep' }] }),
  },
  {
    mistake: 'a password in clear',
    place: "ScrapeJob.raw('x'): 'basic_auth", value: 'password', wayOut: 'password_file',
    app: scraped({ ...WEB, basic_auth: { username: 'u', password: 'hunter2' } }),
  },
  {
    mistake: 'a whole configuration',
    place: "ScrapeJob.raw('x')", value: "'scrape_configs'", wayOut: 'one job',
    app: scraped({ scrape_configs: [{ job_name: 'x' }] }),
  },
  {
    mistake: 'targets that are no list',
    place: "ScrapeJob.raw('x'): static_configs", value: 'mapping', wayOut: 'a list',
    app: scraped({ static_configs: { targets: ['a:1'] } }),
  },
  {
    mistake: 'a role that does not exist',
    place: "ScrapeJob.raw('x'): kubernetes_sd_configs[0].role", value: "'pods'", wayOut: "'pod'",
    app: scraped({ kubernetes_sd_configs: [{ role: 'pods' }] }),
  },
];
