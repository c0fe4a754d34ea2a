import { clientSettings } from './http/client-settings';
import { HttpConfig, httpConfigOf } from './http/http-config';
import { Scheme } from './scrape';
import { checkPortNumber } from '../checks';
import { unlessDefault, WireMap } from '../wire/data';

/** Alertmanager that a Prometheus sends alerts to. */
export interface IAlertmanager {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of a Service whose endpoints are all replicas. */
  readonly serviceName: string;
  /** Name of the Service's port. */
  readonly portName: string;
  /** Number of the Service's port. */
  readonly port: number;
  /** Protocol. */
  readonly scheme: Scheme;
  /** Path before `/api/v2/alerts`; `/` without one. */
  readonly pathPrefix: string;
  /** URL within the cluster, without a slash at its end. */
  readonly url: string;
  /** HTTP client settings for it. */
  readonly httpConfig?: HttpConfig;
}

/** The wire form of the client that reaches an Alertmanager. @internal */
export function alertmanagerClient({ namespace, serviceName, httpConfig = {} }: IAlertmanager): WireMap {
  return clientSettings(httpConfig, `Alertmanager '${namespace}/${serviceName}'`);
}

/** Settings of an Alertmanager in the wire form, except for those of its HTTP client and its address. @internal */
export function alertmanagerSettings({ scheme, pathPrefix }: IAlertmanager) {
  return { scheme: unlessDefault(scheme, Scheme.HTTP), pathPrefix: unlessDefault(pathPrefix, '/'), apiVersion: 'v2' as const };
}

/** An Alertmanager that this app does not make. */
export interface ExistingAlertmanagerProps extends HttpConfig {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of a Service whose endpoints are all replicas. */
  readonly serviceName: string;
  /**
   * Name of the Service's port.
   * @default web
   */
  readonly portName?: string;
  /**
   * Number of the Service's port.
   * @default 9093
   */
  readonly port?: number;
  /**
   * Protocol.
   * @default - Scheme.HTTPS with `tls`, else Scheme.HTTP
   */
  readonly scheme?: Scheme;
  /**
   * Path before `/api/v2/alerts`.
   * @default /
   */
  readonly pathPrefix?: string;
}

/** Refers to an Alertmanager that exists already in the cluster. */
export class ExistingAlertmanager implements IAlertmanager {
  public readonly namespace: string;
  public readonly serviceName: string;
  public readonly portName: string;
  public readonly port: number;
  public readonly scheme: Scheme;
  public readonly pathPrefix: string;
  public readonly httpConfig?: HttpConfig;

  constructor(props: ExistingAlertmanagerProps) {
    this.namespace = props.namespace;
    this.serviceName = props.serviceName;
    this.portName = props.portName ?? 'web';
    this.port = props.port ?? 9093;
    this.scheme = props.scheme ?? (props.tls === undefined ? Scheme.HTTP : Scheme.HTTPS);
    this.httpConfig = httpConfigOf(props);
    this.pathPrefix = props.pathPrefix ?? '/';
    const where = `ExistingAlertmanager '${this.namespace}/${this.serviceName}'`;
    checkPortNumber(this.port, where);
    if (!this.pathPrefix.startsWith('/')) {
      throw new Error(`${where}: pathPrefix '${this.pathPrefix}' does not start with '/'`);
    }
    if (props.tls !== undefined && this.scheme === Scheme.HTTP) {
      throw new Error(`${where}: got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out`);
    }
    clientSettings(this.httpConfig, where);
  }

  public get url(): string {
    return `${this.scheme}://${this.serviceName}.${this.namespace}.svc:${this.port}${this.pathPrefix.replace(/\/+$/, '')}`;
  }
}
