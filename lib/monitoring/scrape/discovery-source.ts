import { checkArguments } from '../../arguments';
import {
  AzureAuthentication, AzureDiscoveryOptions, ConsulDiscoveryOptions, DiscoverySourceOptions, DnsDiscoveryOptions, DnsRecordType,
  Ec2DiscoveryOptions, FileDiscoveryOptions, GceDiscoveryOptions, HttpDiscoveryOptions,
} from './discovery-source-options';
import { Scheme } from './scheme';
import { checkCount, checkHostPort, checkNotEmpty, checkPortNumber, checkUrl, CLIENT_SECRETS } from '../../checks';
import { shownUrl } from '../../secret-texts';
import { promDuration } from '../../units';
import { some, verbatim, Verbatim, WireMap } from '../../wire/data';
import { clientSettings } from '../http/client-settings';
import { HttpConfig, httpConfigOf } from '../http/http-config';

type Refreshed = { readonly refreshInterval?: string };
type Texts = Verbatim<{ readonly [key: string]: string }>;

/** Settings of a source in the wire form, except for those of its HTTP client: one of the lists. */
export type SourceSettings = {
  readonly httpSdConfigs?: ReadonlyArray<Refreshed & { readonly url: string }>;
  readonly fileSdConfigs?: ReadonlyArray<Refreshed & { readonly files: readonly string[] }>;
  readonly dnsSdConfigs?: ReadonlyArray<Refreshed & {
    readonly names: readonly string[]; readonly type?: `${DnsRecordType}`; readonly port?: number;
  }>;
  readonly consulSdConfigs?: ReadonlyArray<Refreshed & {
    readonly server: string; readonly scheme?: 'http' | 'https'; readonly pathPrefix?: string; readonly services?: readonly string[];
    readonly tags?: readonly string[];
    readonly filter?: string; readonly datacenter?: string; readonly namespace?: string; readonly partition?: string; readonly nodeMeta?: Texts;
    readonly tagSeparator?: string; readonly allowStale?: boolean;
  }>;
  readonly ec2SdConfigs?: ReadonlyArray<Refreshed & {
    readonly region?: string; readonly roleArn?: string; readonly port?: number;
    readonly filters?: ReadonlyArray<{ readonly name: string; readonly values: readonly string[] }>;
  }>;
  readonly gceSdConfigs?: ReadonlyArray<Refreshed & {
    readonly project: string; readonly zone: string; readonly filter?: string; readonly port?: number; readonly tagSeparator?: string;
  }>;
  readonly azureSdConfigs?: ReadonlyArray<Refreshed & {
    readonly subscriptionId: string; readonly authenticationMethod: `${AzureAuthentication}`; readonly tenantId?: string; readonly clientId?: string;
    readonly environment?: string; readonly resourceGroup?: string; readonly port?: number;
  }>;
};

/** Source of targets that are not in the cluster. Relabelings of the job's endpoints see what it says of them, as `__meta_consul_service`. */
export class DiscoverySource {
  /** A server that gives lists of targets as JSON. Throws on an invalid URL. */
  public static http(options: HttpDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.http', { options });
    const where = `DiscoverySource.http('${shownUrl(options.url)}')`;
    checkUrl(options.url, `${where}: url`, CLIENT_SECRETS);
    return new DiscoverySource(where, options, { httpSdConfigs: [{ url: options.url, ...refreshed(where, options) }] }, options);
  }

  /** Files with lists of targets, in the container of Prometheus. Throws on a path that is not absolute, or of another kind of file. */
  public static file(options: FileDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.file', { options });
    const where = 'DiscoverySource.file';
    checkSome(options.files, `${where}: files`);
    options.files.forEach((file) => {
      if (!/^\/[^*]*(\*[^*/]*)?\.(json|ya?ml)$/.test(file)) {
        throw new Error(`${where}: files: '${file}' is not an absolute path of a .json, .yml or .yaml file, whose name may have one '*'; write it as '/etc/targets/*.json'`);
      }
    });
    return new DiscoverySource(where, options, { fileSdConfigs: [{ files: [...options.files], ...refreshed(where, options) }] });
  }

  /** DNS records. Throws when no name is asked for, and without a port where records have none. */
  public static dns(options: DnsDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.dns', { options });
    const where = 'DiscoverySource.dns';
    const { names, type, port } = options;
    checkSome(names, `${where}: names`);
    const hasPorts = (type ?? DnsRecordType.SRV) === DnsRecordType.SRV;
    if (hasPorts !== (port === undefined)) {
      throw new Error(hasPorts
        ? `${where}: got 'port' with records of type SRV, which have their own; leave it out`
        : `${where}: records of type ${type} have no port; give it by 'port'`);
    }
    return new DiscoverySource(where, options, { dnsSdConfigs: [{ names: [...names], type, port, ...refreshed(where, options) }] });
  }

  /** The catalogue of a Consul. Throws on a server that is not `host:port`. */
  public static consul(options: ConsulDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.consul', { options });
    const { server, tls, services = [], tags = [], nodeMeta, pathPrefix, filter, datacenter, namespace, partition } = options;
    const { tagSeparator, allowStale } = options;
    const where = `DiscoverySource.consul('${server}')`;
    checkHostPort(server, `${where}: server`);
    const scheme = options.scheme ?? (tls === undefined ? undefined : Scheme.HTTPS);
    const list = { services: some([...services]), tags: some([...tags]), nodeMeta: verbatim({ ...nodeMeta }) };
    const settings = { server, scheme, pathPrefix, ...list, filter, datacenter, namespace, partition, tagSeparator, allowStale };
    return new DiscoverySource(where, options, { consulSdConfigs: [{ ...settings, ...refreshed(where, options) }] }, options);
  }

  /** Instances of Amazon EC2. Throws on a filter without values. */
  public static ec2(options: Ec2DiscoveryOptions = {}): DiscoverySource {
    checkArguments('DiscoverySource.ec2', { options });
    const where = 'DiscoverySource.ec2';
    const { region, roleArn, port, filters = [] } = options;
    filters.forEach(({ name, values }) => checkSome(values, `${where}: values of filter '${name}'`));
    const list = some(filters.map(({ name, values }) => ({ name, values: [...values] })));
    return new DiscoverySource(where, options, { ec2SdConfigs: [{ region, roleArn, port, filters: list, ...refreshed(where, options) }] });
  }

  /** Instances of Google Compute Engine. Throws on an empty project or zone. */
  public static gce(options: GceDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.gce', { options });
    const where = 'DiscoverySource.gce';
    const { project, zone, filter, port, tagSeparator } = options;
    checkNotEmpty(project, `${where}: project`, 'name the project of the instances');
    checkNotEmpty(zone, `${where}: zone`, 'name the zone of the instances');
    return new DiscoverySource(where, options, { gceSdConfigs: [{ project, zone, filter, port, tagSeparator, ...refreshed(where, options) }] });
  }

  /** Virtual machines of Azure. Throws on an empty subscription. */
  public static azure(options: AzureDiscoveryOptions): DiscoverySource {
    checkArguments('DiscoverySource.azure', { options });
    const where = 'DiscoverySource.azure';
    const { subscriptionId, authentication = AzureAuthentication.MANAGED_IDENTITY, tenantId, clientId, environment, resourceGroup } = options;
    checkNotEmpty(subscriptionId, `${where}: subscriptionId`, 'give the id of the subscription');
    const settings = { subscriptionId, authenticationMethod: authentication, tenantId, clientId, environment, resourceGroup };
    return new DiscoverySource(where, options, { azureSdConfigs: [{ ...settings, port: options.port, ...refreshed(where, options) }] });
  }

  /** The wire form of its HTTP client. @internal */
  public readonly _client: WireMap;

  private constructor(
    /** For messages. @internal */
    public readonly _where: string,
    { port }: DiscoverySourceOptions & { readonly port?: number },
    /** @internal */
    public readonly _settings: SourceSettings,
    client?: HttpConfig,
  ) {
    if (port !== undefined) {
      checkPortNumber(port, _where);
    }
    this._client = client === undefined ? {} : clientSettings(httpConfigOf(client), _where);
  }

  /** Settings with those of the client, in the wire form. @internal */
  public _wire(): WireMap {
    return Object.fromEntries(Object.entries(this._settings).map(([key, list]) => [key, list.map((settings) => ({ ...settings, ...this._client }))]));
  }
}

function refreshed(where: string, { refreshInterval }: DiscoverySourceOptions): Refreshed {
  checkCount(refreshInterval?.toMilliseconds(), `${where}: refreshInterval (ms)`, "Prometheus's own");
  return { refreshInterval: promDuration(refreshInterval) };
}

function checkSome(items: readonly string[], where: string): void {
  if (items.length === 0 || items.some((item) => item.trim() === '')) {
    throw new Error(`${where}: ${items.length === 0 ? 'the list is empty' : 'an item is empty'}; name at least one`);
  }
}
