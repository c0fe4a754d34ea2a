import { HttpConfig } from '../http/http-config';

/** Props of all integrations. */
export interface NotifierProps {
  /**
   * Notify when alerts are resolved, too.
   * @default - Alertmanager's default for the integration
   */
  readonly sendResolved?: boolean;
}

/** Props of all integrations that use HTTP. */
export interface HttpNotifierProps extends NotifierProps {
  /**
   * HTTP client settings: proxy, TLS, authorization and headers. Alertmanager has no service account, so its token and the cluster's certificate
   * authority are not available. Headers need Alertmanager v0.28.
   * @default - that of the routing's global settings
   */
  readonly httpConfig?: HttpConfig;
}
