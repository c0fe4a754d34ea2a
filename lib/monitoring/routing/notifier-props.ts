import { NotificationHttpConfig } from './notification-http-config';

/** What every integration can be told. */
export interface NotifierProps {
  /**
   * Tell also when the alerts are resolved.
   * @default - as Alertmanager has it for the integration
   */
  readonly sendResolved?: boolean;
}

/** What every integration that speaks HTTP can be told. */
export interface HttpNotifierProps extends NotifierProps {
  /**
   * Proxy, TLS, authorization and headers of the requests.
   * @default - that of the routing's global settings
   */
  readonly httpConfig?: NotificationHttpConfig;
}
