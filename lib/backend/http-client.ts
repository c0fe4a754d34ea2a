import { Authorization, BasicAuth, OAuth2, TlsClient } from '../monitoring';

/** How Prometheus meets another server: a target, a remote store, an Alertmanager. */
export interface HttpClient {
  readonly tls?: TlsClient;
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly oauth2?: OAuth2;
  readonly proxyUrl?: string;
}
