import { DataSource } from './data-source';
import { GrafanaDatabase } from './grafana-database';
import { GrafanaOidc } from './grafana-oidc';
import { LogLevel } from '../backend';
import { GrafanaRuleOptions, MonitorOptions } from '../components';
import { DataStorage, Exposure, ProxyEnvironment, SecretKey, WorkloadOptions } from '../kubernetes';
import { IAlertmanager, IPrometheus } from '../monitoring';

/** Grafana, its users and its data sources. */
export interface GrafanaProps extends WorkloadOptions, MonitorOptions {
  /**
   * Password of the administrator. Grafana starts once its Secret exists, and reads it when it makes its database: with a volume or a database a
   * later change is for `grafana cli --config /etc/grafana/config/grafana.ini admin reset-admin-password`.
   */
  readonly adminPassword: SecretKey;
  /**
   * Name of the administrator.
   * @default admin
   */
  readonly adminUser?: string;
  /**
   * Prometheus that is a data source, with the uid `prometheus` and the scrape interval as `timeInterval`.
   * @default - none; `dataSources` or `addDataSource` name one
   */
  readonly prometheus?: IPrometheus;
  /**
   * Alertmanager that is a data source, with the uid `alertmanager`.
   * @default - none
   */
  readonly alertmanager?: IAlertmanager;
  /**
   * Further data sources; more by `addDataSource`.
   * @default - none
   */
  readonly dataSources?: DataSource[];
  /**
   * Whether the Prometheus has series of several clusters, told apart by the label `cluster`. The dashboards of this library have a choice of the
   * cluster then.
   * @default false
   */
  readonly multiCluster?: boolean;
  /**
   * The uid of the dashboard that is shown first. One that is not shown in the end fails the synthesis.
   * @default - `kubernetes-cluster` where it is shown, else Grafana's own
   */
  readonly homeDashboard?: string;
  /**
   * Exposure to users. A path in it is where Grafana is served.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * URL that people use.
   * @default - follows from an exposure with a host, else `http://localhost:3000/`, as by `kubectl port-forward`
   */
  readonly externalUrl?: string;
  /**
   * Login by an OpenID Connect provider. The URL has to be known.
   * @default - users of Grafana's own database
   */
  readonly oidc?: GrafanaOidc;
  /**
   * Database server.
   * @default - a file in `storage`
   */
  readonly database?: GrafanaDatabase;
  /**
   * Storage of the database file, for a single replica. With a volume the workload is a StatefulSet.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * Key that secrets in the database are encrypted with. It has to stay the same as long as the database does.
   * @default - the one that every Grafana comes with
   */
  readonly secretKey?: SecretKey;
  /**
   * Number of Pods. Several need a `database`, and share the state of Grafana's own alerting.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Number of Pods that may be evicted at a time, with several replicas.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * HTTP proxy in the environment, for OpenID Connect and data sources outside of the cluster.
   * @default - none
   */
  readonly proxyEnvironment?: ProxyEnvironment;
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Further settings by section and key, as `grafana.ini` has them; the section `DEFAULT` is the part before all sections. A value is read as it
   * stands, but for what Grafana expands: `$__file{…}`, `$__env{…}`. Throws on a setting that a prop has, that Grafana does not document or that
   * would show a secret.
   * @default - no anonymous users, no calls to grafana.com: no plugins, reports, news or avatars
   * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
   */
  readonly settings?: { readonly [section: string]: { readonly [key: string]: string } };
  /**
   * Further settings whose values are in Secrets, by section and key.
   * @default - none
   */
  readonly secretSettings?: { readonly [section: string]: { readonly [key: string]: SecretKey } };
  /**
   * Options of the rules.
   * @default - those of the rules
   */
  readonly rules?: GrafanaRuleOptions;
}
