import { Duration } from 'cdk8s';
import { Scheme } from './scheme';
import { HttpConfig } from '../http';

/** Options of every source. */
export interface DiscoverySourceOptions {
  /**
   * Time between two requests for the targets.
   * @default - Prometheus's own for the source
   */
  readonly refreshInterval?: Duration;
}

/**
 * A server that gives lists of targets as JSON.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_sd_config
 */
export interface HttpDiscoveryOptions extends DiscoverySourceOptions, HttpConfig {
  /** URL of the list. */
  readonly url: string;
}

/**
 * Files with lists of targets.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config
 */
export interface FileDiscoveryOptions extends DiscoverySourceOptions {
  /**
   * Paths in the container of Prometheus, of `.json`, `.yml` or `.yaml`; the last part may have a `*`. Mount them by `volumes` and `volumeMounts`.
   */
  readonly files: string[];
}

/** Type of a DNS record. */
export enum DnsRecordType {
  /** IPv4 addresses. */
  A = 'A',
  /** IPv6 addresses. */
  AAAA = 'AAAA',
  /** Mail servers. */
  MX = 'MX',
  /** Name servers. */
  NS = 'NS',
  /** Services, with their ports. */
  SRV = 'SRV',
}

/**
 * DNS records.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#dns_sd_config
 */
export interface DnsDiscoveryOptions extends DiscoverySourceOptions {
  /** Names that are asked for. */
  readonly names: string[];
  /**
   * Type of the records.
   * @default DnsRecordType.SRV
   */
  readonly type?: DnsRecordType;
  /**
   * Port of the targets; required unless the records are of type SRV, which have their own.
   * @default - that of the records
   */
  readonly port?: number;
}

/**
 * The catalogue of a Consul. Its token is `authorization` of type Bearer.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#consul_sd_config
 */
export interface ConsulDiscoveryOptions extends DiscoverySourceOptions, HttpConfig {
  /** `host:port` of the server or agent. */
  readonly server: string;
  /**
   * Protocol.
   * @default - https with `tls`, else http
   */
  readonly scheme?: Scheme;
  /**
   * Path that the API is served below.
   * @default - none
   */
  readonly pathPrefix?: string;
  /**
   * Services whose instances are targets.
   * @default - all
   */
  readonly services?: string[];
  /**
   * Tags that an instance has to have.
   * @default - none
   */
  readonly tags?: string[];
  /**
   * Filter of the catalogue, as Consul has it.
   * @default - none
   */
  readonly filter?: string;
  /**
   * Datacenter.
   * @default - that of the agent
   */
  readonly datacenter?: string;
  /**
   * Namespace, of Consul Enterprise.
   * @default - none
   */
  readonly namespace?: string;
  /**
   * Admin partition, of Consul Enterprise.
   * @default - none
   */
  readonly partition?: string;
  /**
   * Metadata that nodes have to have.
   * @default - none
   */
  readonly nodeMeta?: { readonly [key: string]: string };
  /**
   * Separator of the tags in the label `__meta_consul_tags`.
   * @default ,
   */
  readonly tagSeparator?: string;
  /**
   * Whether answers may be old, which spares the leader.
   * @default true
   */
  readonly allowStale?: boolean;
}

/** A filter of instances. */
export interface Ec2Filter {
  /** Name of the filter, as `tag:Monitored`. */
  readonly name: string;
  /** Values, one of which has to match. */
  readonly values: string[];
}

/**
 * Instances of Amazon EC2. Prometheus says who it is by the role of its service account, or of its node.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#ec2_sd_config
 */
export interface Ec2DiscoveryOptions extends DiscoverySourceOptions {
  /**
   * Region.
   * @default - that of the instance that Prometheus runs on
   */
  readonly region?: string;
  /**
   * Role that is assumed.
   * @default - none
   */
  readonly roleArn?: string;
  /**
   * Port of the targets.
   * @default 80
   */
  readonly port?: number;
  /**
   * Filters, all of which have to match.
   * @default - none: all instances
   */
  readonly filters?: Ec2Filter[];
}

/**
 * Instances of Google Compute Engine. Prometheus says who it is by the service account of its Pod, or of its node.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#gce_sd_config
 */
export interface GceDiscoveryOptions extends DiscoverySourceOptions {
  /** Project. */
  readonly project: string;
  /** Zone; several zones are several jobs. */
  readonly zone: string;
  /**
   * Filter, as the API has it: `labels.monitored = true`.
   * @default - none: all instances
   */
  readonly filter?: string;
  /**
   * Port of the targets.
   * @default 80
   */
  readonly port?: number;
  /**
   * Separator of the tags in the label `__meta_gce_tags`.
   * @default ,
   */
  readonly tagSeparator?: string;
}

/** Way in which Prometheus says to Azure who it is, without a secret. */
export enum AzureAuthentication {
  /** The managed identity of the node. */
  MANAGED_IDENTITY = 'ManagedIdentity',
  /** The identity of the Pod's service account. */
  WORKLOAD_IDENTITY = 'WorkloadIdentity',
  /** Whatever Azure's library finds. */
  SDK = 'SDK',
}

/**
 * Virtual machines of Azure.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#azure_sd_config
 */
export interface AzureDiscoveryOptions extends DiscoverySourceOptions {
  /** Id of the subscription. */
  readonly subscriptionId: string;
  /**
   * Way in which Prometheus says who it is.
   * @default AzureAuthentication.MANAGED_IDENTITY
   */
  readonly authentication?: AzureAuthentication;
  /**
   * Id of the tenant.
   * @default - that of the environment
   */
  readonly tenantId?: string;
  /**
   * Id of the client, where there are several identities.
   * @default - that of the environment
   */
  readonly clientId?: string;
  /**
   * Cloud, as `AzureChinaCloud`.
   * @default AzurePublicCloud
   */
  readonly environment?: string;
  /**
   * Resource group.
   * @default - all
   */
  readonly resourceGroup?: string;
  /**
   * Port of the targets.
   * @default 80
   */
  readonly port?: number;
}
