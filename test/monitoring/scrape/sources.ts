import { Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import {
  Authorization, AzureAuthentication, AzureDiscoveryOptions, ConsulDiscoveryOptions, DiscoverySource, DnsDiscoveryOptions, DnsRecordType,
  Ec2DiscoveryOptions, FileDiscoveryOptions, GceDiscoveryOptions, HttpDiscoveryOptions, Scheme, SecretKey, TlsClient,
} from '../../../lib';

const refreshInterval = Duration.minutes(5);

/** A source of each kind with all options, but for settings of the client that the operator lacks; and what Prometheus's configuration has of it. */
export function sources(secret: ISecret): Array<[string, DiscoverySource, object]> {
  const client = { tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), authorization: Authorization.bearer(SecretKey.of(secret, 'token')), proxyUrl: 'http://proxy:3128' };
  const written = {
    refresh_interval: '5m', tls_config: { ca_file: '/etc/prometheus/secrets/shop/ca.crt' }, proxy_url: 'http://proxy:3128',
    authorization: { type: 'Bearer', credentials_file: '/etc/prometheus/secrets/shop/token' },
  };
  const http: HttpDiscoveryOptions = { url: 'https://inventory.example.com/targets', refreshInterval, ...client };
  const file: Required<FileDiscoveryOptions> = { files: ['/etc/targets/*.json', '/etc/more/a.yaml'], refreshInterval };
  const dns: Required<DnsDiscoveryOptions> = { names: ['db.example.com'], type: DnsRecordType.A, port: 9104, refreshInterval };
  const consul: ConsulDiscoveryOptions = {
    server: 'consul.example.com:8501', scheme: Scheme.HTTPS, pathPrefix: '/consul', services: ['db'], tags: ['prod'], filter: 'NodeMeta.os == "linux"', datacenter: 'dc1',
    namespace: 'shop', partition: 'team', nodeMeta: { rack: 'r1' }, tagSeparator: ';', allowStale: false, refreshInterval, ...client,
  };
  const ec2: Required<Ec2DiscoveryOptions> = {
    region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/prometheus', port: 9100, filters: [{ name: 'tag:Monitored', values: ['yes'] }], refreshInterval,
  };
  const gce: Required<GceDiscoveryOptions> = { project: 'shop', zone: 'europe-west1-b', filter: 'labels.monitored = true', port: 9100, tagSeparator: ';', refreshInterval };
  const azure: Required<AzureDiscoveryOptions> = {
    subscriptionId: '11111111-1111-1111-1111-111111111111', authentication: AzureAuthentication.WORKLOAD_IDENTITY, tenantId: '22222222-1111-1111-1111-111111111111',
    clientId: '33333333-1111-1111-1111-111111111111', environment: 'AzureChinaCloud', resourceGroup: 'shop', port: 9100, refreshInterval,
  };
  return [
    ['http', DiscoverySource.http(http), { http_sd_configs: [{ url: http.url, ...written }] }],
    ['file', DiscoverySource.file(file), { file_sd_configs: [{ files: file.files, refresh_interval: '5m' }] }],
    ['dns', DiscoverySource.dns(dns), { dns_sd_configs: [{ names: ['db.example.com'], type: 'A', port: 9104, refresh_interval: '5m' }] }],
    ['dns-srv', DiscoverySource.dns({ names: ['_metrics._tcp.example.com'] }), { dns_sd_configs: [{ names: ['_metrics._tcp.example.com'] }] }],
    ['consul', DiscoverySource.consul(consul), {
      consul_sd_configs: [{
        server: 'consul.example.com:8501', scheme: 'https', path_prefix: '/consul', services: ['db'], tags: ['prod'], filter: 'NodeMeta.os == "linux"', datacenter: 'dc1',
        namespace: 'shop', partition: 'team', node_meta: { rack: 'r1' }, tag_separator: ';', allow_stale: false, ...written,
      }],
    }],
    ['ec2', DiscoverySource.ec2(ec2), {
      ec2_sd_configs: [{
        region: 'eu-central-1', role_arn: 'arn:aws:iam::123456789012:role/prometheus', port: 9100, filters: [{ name: 'tag:Monitored', values: ['yes'] }], refresh_interval: '5m',
      }],
    }],
    ['gce', DiscoverySource.gce(gce), {
      gce_sd_configs: [{ project: 'shop', zone: 'europe-west1-b', filter: 'labels.monitored = true', port: 9100, tag_separator: ';', refresh_interval: '5m' }],
    }],
    ['azure', DiscoverySource.azure(azure), {
      azure_sd_configs: [{
        subscription_id: '11111111-1111-1111-1111-111111111111', authentication_method: 'WorkloadIdentity', tenant_id: '22222222-1111-1111-1111-111111111111',
        client_id: '33333333-1111-1111-1111-111111111111', environment: 'AzureChinaCloud', resource_group: 'shop', port: 9100, refresh_interval: '5m',
      }],
    }],
  ];
}
