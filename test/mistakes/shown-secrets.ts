import { Chart, JsonPatch } from 'cdk8s';
import { AlertmanagerServer, AlertRouting, BlackboxModule, DataSource, Integration, OAuth2, OperatedAlertmanager, Receiver, RemoteWrite, ScrapeJob } from '../../lib';
import { blackbox, key, notified, prometheus, scrape } from './support';
import { Mistake } from '../bad-input/support';

const routed = (integration: string) => (chart: Chart) => new AlertmanagerServer(chart, 'alertmanager', {
  routing: AlertRouting.raw(`route: {receiver: a}\nreceivers: [{name: a, ${integration}}]\n`),
});
const scraped = (config: { readonly [key: string]: unknown }) => (chart: Chart) => (
  prometheus(chart).addScrapeJob(ScrapeJob.raw('x', { static_configs: [{ targets: ['a:1'] }], ...config })));

/** Secrets that a manifest would show. */
export const SHOWN_SECRETS: Mistake[] = [
  {
    mistake: 'a token in the payload of a raw webhook',
    place: "AlertRouting.raw: 'receivers[0].webhook_configs[0].payload.auth.token'", value: 'holds a secret', wayOut: "_file'",
    app: routed('webhook_configs: [{url: "http://a/", payload: {auth: {token: abc}, text: "{{ .Status }}"}}]'),
  },
  {
    mistake: 'a token in the payload of a webhook',
    place: "webhook: payload: 'auth.apiKey'", value: 'holds a secret', wayOut: "'secretHeaders'",
    app: (chart) => notified(chart, Integration.webhook({ url: 'http://a/', payload: { auth: { apiKey: 'abc' } } })),
  },
  {
    mistake: 'a token in the URL of a raw webhook',
    place: "AlertRouting.raw: 'receivers[0].webhook_configs[0].url'", value: "'token'", wayOut: "_file'",
    app: routed('webhook_configs: [{url: "http://a/x?level=1&token=abc"}]'),
  },
  {
    mistake: 'a key in the URL of a webhook',
    place: 'webhook: url', value: "'api_key'", wayOut: 'SecretKey',
    app: (chart) => notified(chart, Integration.webhook({ url: 'http://a/x?api_key=abc' })),
  },
  {
    mistake: 'a password in a templated URL',
    place: "AlertRouting.raw: 'receivers[0].webhook_configs[0].url'", value: 'password', wayOut: "_file'",
    app: routed('webhook_configs: [{url: "https://me:abc@{{ .CommonLabels.host }}/"}]'),
  },
  {
    mistake: 'a password in a templated URL of a webhook',
    place: 'webhook: url', value: 'password', wayOut: 'SecretKey',
    app: (chart) => notified(chart, Integration.webhook({ url: 'https://me:abc@{{ .CommonLabels.host }}/' })),
  },
  {
    mistake: 'the URL of an incoming webhook of Slack, in clear',
    place: 'webhook: url', value: "'hooks.slack.com' is a secret itself", wayOut: 'SecretKey',
    app: (chart) => notified(chart, Integration.webhook({ url: 'https://hooks.slack.com/services/T0/B0/abc' })),
  },
  {
    mistake: 'a secret of OAuth among raw parameters',
    place: "ScrapeJob.raw('x'): 'oauth2.endpoint_params.client_secret'", value: 'holds a secret', wayOut: "'client_secret_file'",
    app: scraped({ oauth2: { client_id: 'a', client_secret_file: '/x', token_url: 'https://a/', endpoint_params: { client_secret: 'abc' } } }),
  },
  {
    mistake: 'a secret of OAuth among parameters',
    place: 'endpointParams.password', value: 'holds a secret', wayOut: "'clientSecret'",
    app: (chart) => scrape(chart, {
      oauth2: new OAuth2({ clientId: 'a', clientSecret: key(chart, 'oauth'), tokenUrl: 'https://a/', endpointParams: { grant_type: 'password', password: 'abc' } }),
    }),
  },
  {
    mistake: 'a token among the parameters of a raw job',
    place: "ScrapeJob.raw('x'): 'params.token[0]'", value: 'holds a secret', wayOut: "'http_headers'",
    app: scraped({ params: { token: ['abc'] } }),
  },
  {
    mistake: 'a token among the parameters of an endpoint',
    place: "ScrapeEndpoint 'http': params.token[0]", value: 'holds a secret', wayOut: "'secretHeaders'",
    app: (chart) => scrape(chart, { params: { token: ['abc'] } }),
  },
  {
    mistake: 'a password in the URL of a raw proxy',
    place: "ScrapeJob.raw('x'): 'proxy_url'", value: 'password', wayOut: "'password_file'",
    app: scraped({ proxy_url: 'http://me:abc@proxy:3128' }),
  },
  {
    mistake: 'a password in a URL of a JSON patch',
    place: 'prometheus.yml: a JSON patch', value: "'remote_write[0].url' is a URL that has a user or a password", wayOut: '_file',
    app: (chart) => prometheus(chart).patchConfiguration(JsonPatch.add('/remote_write', [{ url: 'https://me:abc@store/w' }])),
  },
  {
    mistake: 'a token in a URL of a JSON patch for Alertmanager',
    place: 'alertmanager.yaml: a JSON patch', value: "'receivers[0].webhook_configs[0].url' is a URL that has a secret in its parameter 'token'", wayOut: '_file',
    app: (chart) => new AlertmanagerServer(chart, 'alertmanager').patchConfiguration(JsonPatch.add('/receivers/0/webhook_configs', [{ url: 'http://a/?token=abc' }])),
  },
  {
    mistake: 'a header with a token in a JSON patch',
    place: 'prometheus.yml: a JSON patch', value: "'remote_write[0].headers.X-Auth-Token' holds a secret", wayOut: '_file',
    app: (chart) => prometheus(chart).patchConfiguration(JsonPatch.add('/remote_write', [{ url: 'https://store/w', headers: { 'X-Auth-Token': 'abc' } }])),
  },
  {
    mistake: 'a token of an integration that no version knows',
    place: "Integration.custom('chat_configs'): settings: 'room.access_token'", value: 'holds a secret', wayOut: "'secretFiles'",
    app: (chart) => notified(chart, Integration.custom('chat_configs', { settings: { room: { access_token: 'abc' } } })),
  },
  {
    mistake: 'the same with the operator, in a URL',
    place: "Integration.custom('chat_configs'): settings: 'endpoint'", value: "'apikey'", wayOut: "'secretFiles'",
    app: (chart) => new OperatedAlertmanager(chart, 'alertmanager', {
      routing: new AlertRouting({ receiver: Receiver.of('a', Integration.custom('chat_configs', { settings: { endpoint: 'https://a/?apikey=abc' } })) }),
    }),
  },
  {
    mistake: 'a header with a token in a raw module',
    place: "BlackboxModule.raw('a'): 'http.headers.X-Api-Key'", value: 'holds a secret', wayOut: 'BlackboxModule.http()',
    app: (chart) => blackbox(chart, BlackboxModule.raw('a', { prober: 'http', http: { headers: { 'X-Api-Key': 'abc' } } })),
  },
  {
    mistake: 'a password in the body of a probe',
    place: "BlackboxModule.http('a'): body", value: "'password'", wayOut: 'Secret',
    app: (chart) => blackbox(chart, BlackboxModule.http('a', { body: '{"user": "me", "password": "abc"}' })),
  },
  {
    mistake: 'a token in the URL of a store',
    place: 'RemoteWrite', value: "'token'", wayOut: 'Secret',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://store/w?token=abc' })] }),
  },
  {
    mistake: 'a password in the URL of a flag',
    place: "extraFlags: flag 'web.cors.origin'", value: 'password', wayOut: 'take that out',
    app: (chart) => prometheus(chart, { extraFlags: { 'web.cors.origin': 'https://me:abc@a/' } }),
  },
  {
    mistake: 'a token in a variable',
    place: "shop/prometheus: env: 'API_TOKEN'", value: 'holds a secret', wayOut: "'valueFrom'",
    app: (chart) => prometheus(chart, { env: [{ name: 'API_TOKEN', value: 'abc' }] }),
  },
  {
    mistake: 'a token deep in the settings of a data source',
    place: "DataSource.of('x'): jsonData: 'auth.accessToken'", value: 'holds a secret', wayOut: "'secureJsonData'",
    app: () => DataSource.of({ name: 'x', type: 'loki', url: 'http://loki:3100', jsonData: { auth: { accessToken: 'abc' } } }),
  },
  {
    mistake: 'a token in the URL of a target',
    place: 'targets', value: "the URL of 'shop.example.com' has a secret in its parameter 'token'", wayOut: "'secretHeaders'",
    app: (chart) => blackbox(chart).probe({ name: 'shop', targets: ['https://shop.example.com/?token=abc'] }),
  },
  {
    mistake: 'a token in the URL of a store, which the message hides',
    place: "RemoteWrite 'https://store.example.com/write': url", value: "has a secret in its parameter 'token'", wayOut: "'authorization'",
    app: () => new RemoteWrite({ url: 'https://store.example.com/write?token=abc' }),
  },
];
