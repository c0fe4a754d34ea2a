import { Duration } from 'cdk8s';
import { checkType, checkTypeSettings } from './data-source-checks';
import { client, ClientFields } from './data-source-client';
import { literal, literals } from './literals';
import { MountedFiles } from './mounted-files';
import { PlannedPrometheus } from '../backend/planned-prometheus';
import { checkNotEmpty, checkPositive, checkUrl } from '../checks';
import { SecretKey } from '../kubernetes';
import { HttpConfig, IAlertmanager, IPrometheus } from '../monitoring';
import { promDuration } from '../units';
import { checkArguments } from '../arguments';

/** Settings of a data source of any type. */
export interface DataSourceSettings {
  /**
   * Identifier in Grafana, by which dashboards and links find it: at most 40 letters, digits, dashes and underscores.
   * @default - `prometheus` or `alertmanager`; else that of the name in lower case with dashes
   */
  readonly uid?: string;
  /**
   * Whether it is the data source of queries that name none. A Grafana has one.
   * @default - true for the first one if no other is
   */
  readonly isDefault?: boolean;
  /**
   * HTTP client settings for it.
   * @default - those that the Prometheus or the Alertmanager asks for
   */
  readonly http?: HttpConfig;
  /**
   * Settings of its type, as Grafana calls them. They are texts as they stand: nothing of them is expanded.
   * @default - none
   * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
   */
  readonly jsonData?: { readonly [key: string]: unknown };
  /**
   * Settings of its type that are secret, as Grafana calls them in `secureJsonData`.
   * @default - none
   */
  readonly secureJsonData?: { readonly [key: string]: SecretKey };
}

/** Name and settings of a data source. */
export interface DataSourceOptions extends DataSourceSettings {
  /**
   * Name in Grafana.
   * @default - `Prometheus` or `Alertmanager`
   */
  readonly name?: string;
}

/** A Prometheus as a data source. */
export interface PrometheusDataSourceOptions extends DataSourceOptions {
  /**
   * Interval of its samples, which `$__rate_interval` follows.
   * @default - the scrape interval of the Prometheus
   */
  readonly scrapeInterval?: Duration;
}

/** A data source of any type. */
export interface DataSourceProps extends DataSourceSettings {
  /** Name in Grafana. */
  readonly name: string;
  /** Type, as Grafana calls it: `loki`, `tempo`, `prometheus`. */
  readonly type: string;
  /**
   * URL that Grafana sends queries to.
   * @default - none
   */
  readonly url?: string;
}

/** Whatever a data source of a type has besides its options. */
interface Parts {
  readonly where: string;
  readonly type: string;
  readonly name: string;
  readonly uid: string;
  readonly url?: string;
  readonly http?: HttpConfig;
  readonly jsonData?: { readonly [key: string]: unknown };
  readonly prometheus?: IPrometheus;
}

/**
 * A data source of a Grafana. Credentials are files of Secrets, which Grafana reads when it starts.
 * @see https://grafana.com/docs/grafana/latest/datasources/
 */
export class DataSource {
  /**
   * A Prometheus. Throws when it is an agent, which answers no queries, on an interval of zero, and on settings that Grafana has no place for or that
   * would show a secret.
   */
  public static prometheus(prometheus: IPrometheus, options: PrometheusDataSourceOptions = {}): DataSource {
    checkArguments('DataSource.prometheus', { prometheus, options });
    const where = `DataSource.prometheus('${prometheus.node.path}')`;
    if (prometheus instanceof PlannedPrometheus && prometheus._isAgent) {
      throw new Error(`${where}: it is an agent, which answers no queries; name a Prometheus that is not`);
    }
    checkPositive(options.scrapeInterval, `${where}: scrapeInterval`, 'leave it out for that of the Prometheus');
    return new DataSource({
      where, prometheus, type: 'prometheus', name: 'Prometheus', uid: 'prometheus', url: prometheus.url, http: prometheus.httpConfig,
      jsonData: {
        httpMethod: 'POST', prometheusType: 'Prometheus', timeInterval: promDuration(options.scrapeInterval ?? prometheus.scrapeInterval),
      },
    }, options);
  }

  /** An Alertmanager, whose alerts and silences Grafana shows. Throws on settings that Grafana has no place for or that would show a secret. */
  public static alertmanager(alertmanager: IAlertmanager, options: DataSourceOptions = {}): DataSource {
    checkArguments('DataSource.alertmanager', { alertmanager, options });
    return new DataSource({
      where: `DataSource.alertmanager('${alertmanager.url}')`, type: 'alertmanager', name: 'Alertmanager', uid: 'alertmanager', url: alertmanager.url,
      http: alertmanager.httpConfig, jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
    }, options);
  }

  /**
   * A data source of any type that is a part of Grafana, or a plugin in its image. Throws on a misspelled type, and on settings that Grafana has no
   * place for or that would show a secret.
   */
  public static of(props: DataSourceProps): DataSource {
    checkArguments('DataSource.of', { props });
    const { name, type, url } = props;
    const where = `DataSource.of('${name}')`;
    checkNotEmpty(type, `${where}: type`, "name one such as 'loki'");
    checkType(where, type);
    if (url !== undefined) {
      checkUrl(url, where, "give it by 'http'");
    }
    return new DataSource({ where, type, name, uid: name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''), url }, props);
  }

  /** Name in Grafana. */
  public readonly name: string;
  /** Identifier in Grafana. */
  public readonly uid: string;
  /** Type, as Grafana calls it. */
  public readonly type: string;
  /** Whether it is to be the default one; undefined where that is left open. */
  public readonly isDefault?: boolean;
  /** The Prometheus, if it is one of an app. @internal */
  public readonly _prometheus?: IPrometheus;
  private readonly url?: string;
  private readonly client: (files: MountedFiles) => ClientFields;
  private readonly jsonData: { readonly [key: string]: unknown };
  private readonly secrets: { readonly [key: string]: SecretKey };

  private constructor({ where, type, name, uid, url, http, jsonData, prometheus }: Parts, options: DataSourceOptions) {
    this.type = type;
    this._prometheus = prometheus;
    this.name = options.name ?? name;
    this.uid = options.uid ?? uid;
    this.isDefault = options.isDefault;
    this.url = url;
    this.jsonData = { ...jsonData, ...options.jsonData };
    this.secrets = { ...options.secureJsonData };
    checkNotEmpty(this.name, `${where}: name`, 'name the data source');
    if (!/^[\w-]{1,40}$/.test(this.uid)) {
      throw new Error(`${where}: uid '${this.uid}' is not an identifier of Grafana; set 'uid' to at most 40 letters, digits, dashes and underscores`);
    }
    const reached = options.http ?? http ?? {};
    checkTypeSettings(where, { ...options, http: reached });
    this.client = client(where, this.uid, reached);
  }

  /** The data source as a provisioning file has it. @internal */
  public _provisioned(files: MountedFiles): { readonly [key: string]: unknown } {
    const { jsonData, secureJsonData, ...fields } = this.client(files);
    const secrets = Object.fromEntries(Object.entries(this.secrets).map(([key, secret]) => [key, files.reference(secret)]));
    return {
      name: this.name,
      uid: this.uid,
      type: this.type,
      access: 'proxy',
      url: literal(this.url),
      ...fields,
      editable: false,
      jsonData: { ...jsonData, ...literals(this.jsonData) },
      secureJsonData: unlessEmpty({ ...secureJsonData, ...secrets }),
    };
  }
}

function unlessEmpty(map: { readonly [key: string]: string }): { readonly [key: string]: string } | undefined {
  return Object.keys(map).length === 0 ? undefined : map;
}
