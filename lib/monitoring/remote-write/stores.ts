import { RemoteWriteOptions, RemoteWriteProps, RemoteWriteProtocol } from './remote-write-options';
import {
  AmazonManagedPrometheusOptions, AzureMonitorOptions, GoogleManagedPrometheusOptions, GrafanaCloudOptions, InfluxDbWriteOptions, TenantStoreOptions,
  VictoriaMetricsWriteOptions,
} from './store-options';
import { checkNotEmpty, checkUrl, CLIENT_SECRETS } from '../../checks';
import { AzureAd } from '../http/azure-ad';
import { BasicAuth } from '../http/basic-auth';
import { GoogleIam } from '../http/google-iam';
import { SigV4 } from '../http/sigv4';

/** The URL below the address of a server. Throws when the address is none, or has a query or the path already. */
function below(address: string, path: string, where: string, prop: string = 'url'): string {
  checkUrl(address, `${where}: ${prop}`, CLIENT_SECRETS);
  const { origin, pathname, search } = new URL(address);
  const base = pathname.replace(/\/+$/, '');
  if (search !== '' || base.endsWith(path)) {
    throw new Error(`${where}: ${prop} '${address}' has the path to send samples to already; give the address alone, as '${origin}'`);
  }
  return `${origin}${base}${path}`;
}

function ofTenant({ tenant, ...options }: TenantStoreOptions, header: string, where: string): RemoteWriteOptions {
  if (tenant === undefined) {
    return options;
  }
  checkNotEmpty(tenant, `${where}: tenant`, 'leave it out where the store has no tenants');
  return { ...options, headers: { [header]: tenant, ...options.headers } };
}

function cortexLike(url: string, options: TenantStoreOptions, { where, name }: { readonly where: string; readonly name: string }): RemoteWriteProps {
  return { ...ofTenant(options, 'X-Scope-OrgID', where), name: options.name ?? name, url: below(url, '/api/v1/push', where) };
}

/** Grafana Mimir. */
export function mimir(url: string, options: TenantStoreOptions): RemoteWriteProps {
  return cortexLike(url, options, { where: 'RemoteWrite.mimir', name: 'mimir' });
}

/** Cortex. */
export function cortex(url: string, options: TenantStoreOptions): RemoteWriteProps {
  return cortexLike(url, options, { where: 'RemoteWrite.cortex', name: 'cortex' });
}

/** Thanos Receive. */
export function thanosReceive(url: string, options: TenantStoreOptions): RemoteWriteProps {
  const where = 'RemoteWrite.thanosReceive';
  return { ...ofTenant(options, 'THANOS-TENANT', where), name: options.name ?? 'thanos', url: below(url, '/api/v1/receive', where) };
}

/** VictoriaMetrics. */
export function victoriaMetrics(url: string, { tenant, ...options }: VictoriaMetricsWriteOptions): RemoteWriteProps {
  const where = 'RemoteWrite.victoriaMetrics';
  if (tenant !== undefined && !/^\d+(:\d+)?$/.test(tenant)) {
    throw new Error(`${where}: tenant '${tenant}' is not a tenant; write it as '42' or '42:7', account and project`);
  }
  const path = tenant === undefined ? '/api/v1/write' : `/insert/${tenant}/prometheus/api/v1/write`;
  return { ...options, name: options.name ?? 'victoria-metrics', url: below(url, path, where) };
}

/** InfluxDB 1.x. */
export function influxDb(url: string, { database, retentionPolicy, ...options }: InfluxDbWriteOptions): RemoteWriteProps {
  const where = 'RemoteWrite.influxDb';
  checkNotEmpty(database, `${where}: database`, 'name the database that the samples go to');
  if (retentionPolicy !== undefined) {
    checkNotEmpty(retentionPolicy, `${where}: retentionPolicy`, 'leave it out for the default one of the database');
  }
  const query = new URLSearchParams({ db: database, ...(retentionPolicy === undefined ? {} : { rp: retentionPolicy }) });
  return { ...options, name: options.name ?? 'influxdb', url: `${below(url, '/api/v1/prom/write', where)}?${query.toString()}` };
}

/** Amazon Managed Service for Prometheus. */
export function amazonManagedPrometheus({ region, workspaceId, ...options }: AmazonManagedPrometheusOptions): RemoteWriteProps {
  const where = 'RemoteWrite.amazonManagedPrometheus';
  const { sigv4 = SigV4.podIdentity({ region }) } = options;
  if (!/^ws-[-0-9a-zA-Z]+$/.test(workspaceId)) {
    throw new Error(`${where}: workspaceId '${workspaceId}' is not the id of a workspace; write it as 'ws-0d4ad5a5-0000-0000-0000-000000000000'`);
  }
  if (sigv4.region !== region) {
    throw new Error(`${where}: 'sigv4' is for region '${sigv4.region}', and the workspace is in '${region}'; sign for the region of the workspace`);
  }
  return {
    ...options,
    name: options.name ?? 'amazon-managed-prometheus',
    queue: options.queue ?? { capacity: 2500, maxSamplesPerSend: 1000, maxShards: 200 },
    sigv4,
    url: `https://aps-workspaces.${region}.amazonaws.com/workspaces/${workspaceId}/api/v1/remote_write`,
  };
}

/** Azure Monitor managed service for Prometheus. */
export function azureMonitor({ ingestionEndpoint, dataCollectionRule, ...options }: AzureMonitorOptions): RemoteWriteProps {
  const where = 'RemoteWrite.azureMonitor';
  if (!/^dcr-[0-9a-zA-Z]+$/.test(dataCollectionRule)) {
    throw new Error(`${where}: dataCollectionRule '${dataCollectionRule}' is not the immutable id of a rule; write it as 'dcr-00000000000000000000000000000000'`);
  }
  const path = `/dataCollectionRules/${dataCollectionRule}/streams/Microsoft-PrometheusMetrics/api/v1/write`;
  return {
    ...options,
    name: options.name ?? 'azure-monitor',
    azureAd: options.azureAd ?? AzureAd.managedIdentity(),
    url: `${below(ingestionEndpoint, path, where, 'ingestionEndpoint')}?api-version=2023-04-24`,
  };
}

/** Google Cloud Managed Service for Prometheus. */
export function googleManagedPrometheus({ project, ...options }: GoogleManagedPrometheusOptions): RemoteWriteProps {
  if (!/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(project)) {
    throw new Error(`RemoteWrite.googleManagedPrometheus: project '${project}' is not the id of a project; use 6 to 30 lower-case letters, digits and dashes, a letter first`);
  }
  return {
    ...options,
    name: options.name ?? 'google-managed-prometheus',
    protocol: options.protocol ?? RemoteWriteProtocol.V2,
    googleIam: options.googleIam ?? GoogleIam.podIdentity(),
    queue: options.queue ?? { maxSamplesPerSend: 200 },
    url: `https://monitoring.googleapis.com/v1/projects/${project}/location/global/prometheus/api/v1/write`,
  };
}

/** Grafana Cloud. */
export function grafanaCloud({ username, token, ...options }: GrafanaCloudOptions): RemoteWriteProps {
  if (!/^https:\/\/[^/]+\/api\/prom\/push$/.test(options.url)) {
    throw new Error(`RemoteWrite.grafanaCloud: url '${options.url}' is not one for sending metrics; write it as 'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push'`);
  }
  return { ...options, name: options.name ?? 'grafana-cloud', basicAuth: new BasicAuth({ username, password: token }) };
}
