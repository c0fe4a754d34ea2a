import { Authorization, BasicAuth, Scheme, TlsClient } from './scrape';
import { checkPortNumber } from '../checks';

/** Where a Prometheus sends its alerts. */
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
  /** TLS towards it, where its scheme is https. */
  readonly tls?: TlsClient;
  /** HTTP basic authentication towards it. */
  readonly basicAuth?: BasicAuth;
  /** `Authorization` header towards it. */
  readonly authorization?: Authorization;
}

/** An Alertmanager that this app does not make. */
export interface ExistingAlertmanagerProps {
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
  /**
   * TLS towards it.
   * @default - with Scheme.HTTPS the system's authorities
   */
  readonly tls?: TlsClient;
  /**
   * HTTP basic authentication towards it.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
  /**
   * `Authorization` header towards it.
   * @default - none
   */
  readonly authorization?: Authorization;
}

/** Refers to an Alertmanager that exists already in the cluster. */
export class ExistingAlertmanager implements IAlertmanager {
  public readonly namespace: string;
  public readonly serviceName: string;
  public readonly portName: string;
  public readonly port: number;
  public readonly scheme: Scheme;
  public readonly pathPrefix: string;
  public readonly tls?: TlsClient;
  public readonly basicAuth?: BasicAuth;
  public readonly authorization?: Authorization;

  constructor(props: ExistingAlertmanagerProps) {
    this.namespace = props.namespace;
    this.serviceName = props.serviceName;
    this.portName = props.portName ?? 'web';
    this.port = props.port ?? 9093;
    this.scheme = props.scheme ?? (props.tls === undefined ? Scheme.HTTP : Scheme.HTTPS);
    this.tls = props.tls;
    this.basicAuth = props.basicAuth;
    this.authorization = props.authorization;
    this.pathPrefix = props.pathPrefix ?? '/';
    const where = `ExistingAlertmanager '${this.namespace}/${this.serviceName}'`;
    checkPortNumber(this.port, where);
    if (!this.pathPrefix.startsWith('/')) {
      throw new Error(`${where}: pathPrefix '${this.pathPrefix}' does not start with '/'`);
    }
    if (this.tls !== undefined && this.scheme === Scheme.HTTP) {
      throw new Error(`${where}: got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out`);
    }
    if (this.basicAuth !== undefined && this.authorization !== undefined) {
      throw new Error(`${where}: got basicAuth and authorization; an Alertmanager takes one`);
    }
  }

  public get url(): string {
    return `${this.scheme}://${this.serviceName}.${this.namespace}.svc:${this.port}${this.pathPrefix.replace(/\/+$/, '')}`;
  }
}
