import { RemoteWriteOptions } from './remote-write-options';
import { SecretKey } from '../../kubernetes/secret-key';

/** Options of a store with tenants: Mimir, Cortex, Thanos Receive. */
export interface TenantStoreOptions extends RemoteWriteOptions {
  /**
   * Tenant that the samples are of.
   * @default - the store's default tenant, or the one that its gateway sets
   */
  readonly tenant?: string;
}

/** Options of VictoriaMetrics. */
export interface VictoriaMetricsWriteOptions extends RemoteWriteOptions {
  /**
   * Tenant in a cluster, as `accountID` or `accountID:projectID`; the URL is that of `vminsert` then.
   * @default - a single node, which has no tenants
   */
  readonly tenant?: string;
}

/** Options of InfluxDB 1.x. */
export interface InfluxDbWriteOptions extends RemoteWriteOptions {
  /** Database that the samples go to. */
  readonly database: string;
  /**
   * Retention policy of the database that the samples go to.
   * @default - the default one of the database
   */
  readonly retentionPolicy?: string;
}

/** Options of Amazon Managed Service for Prometheus. Requests are signed with the credentials of the Pod unless `sigv4` says otherwise. */
export interface AmazonManagedPrometheusOptions extends RemoteWriteOptions {
  /** Region of the workspace. */
  readonly region: string;
  /** Id of the workspace, `ws-…`. */
  readonly workspaceId: string;
}

/**
 * Options of Azure Monitor managed service for Prometheus. Tokens are those of the managed identity of the node unless `azureAd` says otherwise; the
 * identity needs the role Monitoring Metrics Publisher on the data collection rule.
 */
export interface AzureMonitorOptions extends RemoteWriteOptions {
  /** Metrics ingestion endpoint of the data collection endpoint, `https://….metrics.ingest.monitor.azure.com`. */
  readonly ingestionEndpoint: string;
  /** Immutable id of the data collection rule, `dcr-…`. */
  readonly dataCollectionRule: string;
}

/**
 * Options of Google Cloud Managed Service for Prometheus. Tokens are those of the Pod's identity unless `googleIam` says otherwise; the identity
 * needs the role `roles/monitoring.metricWriter`.
 */
export interface GoogleManagedPrometheusOptions extends RemoteWriteOptions {
  /** Id of the project. */
  readonly project: string;
}

/** Options of Grafana Cloud. */
export interface GrafanaCloudOptions extends RemoteWriteOptions {
  /** URL that the portal shows for sending metrics, `https://prometheus-….grafana.net/api/prom/push`. */
  readonly url: string;
  /** User name that the portal shows: the number of the instance. */
  readonly username: string;
  /** Token of an access policy with the scope `metrics:write`. */
  readonly token: SecretKey;
}
