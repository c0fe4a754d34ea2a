import { Duration } from 'cdk8s';
import { BasicAuth, BlackboxModule, Integration, RemoteWrite, TlsClient, TlsServer, WebConfig } from '../../lib';
import { blackbox, key, notified, operated, prometheus, rule, scrape, webJob } from './support';
import { existing, Mistake } from '../bad-input/support';

/** Headers, names and URLs of clients. */
export const CLIENTS: Mistake[] = [
  {
    mistake: 'a credential in a header',
    place: "BlackboxModule.http('a')", value: "'Authorization'", wayOut: "'authorization'",
    app: (chart) => prometheus(chart).monitor(blackbox(chart, BlackboxModule.http('a', { headers: { Authorization: 'Bearer x' } }))),
  },
  {
    mistake: 'a first pause that is longer than the longest',
    place: "RemoteWrite 'https://a/w': queue", value: '10s', wayOut: 'swap them',
    app: (chart) => operated(chart, { remoteWrites: [new RemoteWrite({ url: 'https://a/w', queue: { minBackoff: Duration.seconds(10), maxBackoff: Duration.seconds(1) } })] }),
  },
  {
    mistake: 'a URL as name of a server, with the operator',
    place: 'TlsClient.clusterCa: serverName', value: "'https://x'", wayOut: 'without a scheme',
    app: (chart) => operated(chart).addScrapeJob(webJob({ tls: TlsClient.clusterCa({ serverName: 'https://x' }) })),
  },
  {
    mistake: 'a user with a colon',
    place: 'BasicAuth: username', value: "'a:b'", wayOut: "':'",
    app: (chart) => scrape(chart, { basicAuth: new BasicAuth({ username: 'a:b', password: key(chart, 'creds') }) }),
  },
  {
    mistake: 'a URL as name of a server',
    place: 'TlsClient.clusterCa: serverName', value: "'https://web'", wayOut: 'without a scheme',
    app: (chart) => scrape(chart, { tls: TlsClient.clusterCa({ serverName: 'https://web' }) }),
  },
  {
    mistake: 'a header with a space',
    place: "RemoteWrite 'https://store/w': headers", value: "'X Scope'", wayOut: 'letters, digits',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://store/w', headers: { 'X Scope': 'a' } })] }),
  },
  {
    mistake: 'a header that the program sets itself',
    place: "RemoteWrite 'https://store/w'", value: "'Content-Type'", wayOut: 'leave it out',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://store/w', headers: { 'Content-Type': 'x' } })] }),
  },
  {
    mistake: 'TLS settings for a URL without TLS',
    place: "RemoteWrite 'http://store/w'", value: "'tls'", wayOut: 'https',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'http://store/w', tls: TlsClient.clusterCa() })] }),
  },
  {
    mistake: 'a URL as name of a web server',
    place: 'TlsServer.fromSecret: serverName', value: "'https://x'", wayOut: 'without a scheme',
    app: (chart) => prometheus(chart, { web: WebConfig.tls(TlsServer.fromSecret(existing(chart, 'creds'), 'https://x')) }),
  },
  {
    mistake: 'a runbook that is no URL',
    place: "alerting rule 'ShopSilent': runbookUrl", value: "'wiki/page'", wayOut: 'https://',
    app: (chart) => rule(chart, { runbookUrl: 'wiki/page' }),
  },
  {
    mistake: 'a severity that PagerDuty does not have',
    place: 'pagerduty: severity', value: "'major'", wayOut: "'critical'",
    app: (chart) => notified(chart, Integration.pagerDuty({ routingKey: key(chart, 'pager'), severity: 'major' })),
  },
];
