import { isIPv6 } from 'node:net';
import { checkLeadingSlash, schemeOf } from './existing-address';
import { clientSettings } from './http/client-settings';
import { HttpConfig, httpConfigOf } from './http/http-config';
import { Scheme } from './scrape';
import { checkHostPort, checkNamespace, checkPortName, checkPortNumber, checkServedPath, checkServiceName } from '../checks';
import { unlessDefault, WireMap } from '../wire/data';
import { checkArguments } from '../arguments';

/** Alertmanager that a Prometheus sends alerts to, at its URL. */
export interface IAlertmanager {
  /** Protocol. */
  readonly scheme: Scheme;
  /** Path before `/api/v2/alerts`; `/` without one. */
  readonly pathPrefix: string;
  /** URL without a slash at its end. */
  readonly url: string;
  /** HTTP client settings for it. */
  readonly httpConfig?: HttpConfig;
}

/** Alertmanager in the cluster, whose replicas Prometheus discovers by their Service. */
export interface IAlertmanagerService extends IAlertmanager {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of a Service whose endpoints are all replicas. */
  readonly serviceName: string;
  /** Name of the Service's port. */
  readonly portName: string;
  /** Number of the Service's port. */
  readonly port: number;
}

/** Whether an Alertmanager has a Service. @internal */
export function hasService(alertmanager: IAlertmanager): alertmanager is IAlertmanagerService {
  return 'serviceName' in alertmanager;
}

/** Name of an Alertmanager in messages, different for each. @internal */
export function alertmanagerName(alertmanager: IAlertmanager): string {
  return hasService(alertmanager) ? `${alertmanager.namespace}/${alertmanager.serviceName}` : alertmanager.url;
}

/** The wire form of the client that reaches an Alertmanager. @internal */
export function alertmanagerClient(alertmanager: IAlertmanager): WireMap {
  return clientSettings(alertmanager.httpConfig ?? {}, `Alertmanager '${alertmanagerName(alertmanager)}'`);
}

/** Settings of an Alertmanager in the wire form, except for those of its HTTP client and its address. @internal */
export function alertmanagerSettings({ scheme, pathPrefix }: IAlertmanager) {
  return { scheme: unlessDefault(scheme, Scheme.HTTP), pathPrefix: unlessDefault(pathPrefix, '/'), apiVersion: 'v2' as const };
}

/** Protocol, path and client of an Alertmanager that this app does not make. */
export interface ExistingAlertmanagerOptions extends HttpConfig {
  /**
   * Number of the port.
   * @default 9093
   */
  readonly port?: number;
  /**
   * Protocol.
   * @default - Scheme.HTTPS with `tls` or port 443, else Scheme.HTTP
   */
  readonly scheme?: Scheme;
  /**
   * Path before `/api/v2/alerts`.
   * @default /
   */
  readonly pathPrefix?: string;
}

/** An Alertmanager in the cluster that this app does not make. */
export interface ExistingAlertmanagerProps extends ExistingAlertmanagerOptions {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of a Service whose endpoints are all replicas. */
  readonly serviceName: string;
  /**
   * Name of the Service's port.
   * @default web
   */
  readonly portName?: string;
}

/** An Alertmanager outside of the cluster. */
export interface OutsideAlertmanagerProps extends ExistingAlertmanagerOptions {
  /** Host name or IP address. Each replica of a cluster of Alertmanagers is one of its own, because Prometheus sends to all of them. */
  readonly host: string;
}

/** The options of an Alertmanager, checked and with the defaults filled in. */
class Options {
  public readonly port: number;
  public readonly scheme: Scheme;
  public readonly pathPrefix: string;
  public readonly httpConfig: HttpConfig;

  constructor(props: ExistingAlertmanagerOptions, where: string) {
    this.port = props.port ?? 9093;
    this.scheme = schemeOf(props, this.port);
    this.pathPrefix = props.pathPrefix ?? '/';
    this.httpConfig = httpConfigOf(props);
    checkPortNumber(this.port, where);
    checkLeadingSlash(this.pathPrefix, `${where}: pathPrefix`);
    if (!/^\/[^\s?#]*$/.test(this.pathPrefix)) {
      throw new Error(`${where}: pathPrefix '${this.pathPrefix}' is not a path; write it as '/alertmanager', without spaces, '?' and '#'`);
    }
    const api = /\/api\/v[12](\/alerts)?\/*$/.exec(this.pathPrefix);
    if (api !== null) {
      throw new Error(`${where}: pathPrefix '${this.pathPrefix}' ends in '${api[0]}', and Prometheus adds '/api/v2/alerts' itself; write it as '${this.pathPrefix.slice(0, api.index) || '/'}'`);
    }
    if (props.tls !== undefined && this.scheme === Scheme.HTTP) {
      throw new Error(`${where}: got tls with Scheme.HTTP; use Scheme.HTTPS or leave 'scheme' out`);
    }
    clientSettings(this.httpConfig, where);
  }

  public urlOf(host: string): string {
    return `${this.scheme}://${host}:${this.port}${this.pathPrefix.replace(/\/+$/, '')}`;
  }
}

/** Refers to an Alertmanager that exists already, in the cluster or outside of it. */
export class ExistingAlertmanager implements IAlertmanagerService {
  /**
   * Refers to an Alertmanager outside of the cluster, or to one in it by an address. Throws on a host with a scheme, a port or a path, on one
   * that is the Pod itself, on an invalid port or path, and on contradictory client settings.
   */
  public static outside(props: OutsideAlertmanagerProps): IAlertmanager {
    checkArguments('ExistingAlertmanager.outside', { props });
    const { host } = props;
    const where = `ExistingAlertmanager.outside('${host}')`;
    const isAddress = isIPv6(host);
    if (host.startsWith('[') && isIPv6(host.slice(1, -1))) {
      throw new Error(`${where}: 'host' has brackets around an IPv6 address; leave them out, as in '${host.slice(1, -1)}'`);
    }
    if (!isAddress && /[:/]/.test(host)) {
      throw new Error(`${where}: 'host' is more than a host name or an IP address; give the rest by 'scheme', 'port' and 'pathPrefix'`);
    }
    if (/^(localhost\.?|127\.[\d.]+|::1)$/i.test(host)) {
      throw new Error(`${where}: 'host' is the Pod of Prometheus itself; name the host at which the cluster reaches the Alertmanager`);
    }
    const options = new Options(props, where);
    const named = isAddress ? `[${host}]` : host;
    checkHostPort(`${named}:${options.port}`, where);
    const { scheme, pathPrefix, httpConfig } = options;
    return { scheme, pathPrefix, httpConfig, url: options.urlOf(named) };
  }

  public readonly namespace: string;
  public readonly serviceName: string;
  public readonly portName: string;
  public readonly port: number;
  public readonly scheme: Scheme;
  public readonly pathPrefix: string;
  public readonly url: string;
  public readonly httpConfig?: HttpConfig;

  /** Throws on names that are none of a namespace, a Service or a port, on an invalid port or path, and on contradictory client settings. */
  constructor(props: ExistingAlertmanagerProps) {
    checkArguments('ExistingAlertmanager', { props });
    const { namespace, serviceName, portName = 'web' } = props;
    const where = `ExistingAlertmanager '${namespace}/${serviceName}'`;
    checkNamespace(namespace, `${where}: namespace`);
    checkServiceName(serviceName, `${where}: serviceName`, ', and ExistingAlertmanager.outside() for one that has none');
    checkPortName(portName, `${where}: portName`, 'port');
    const options = new Options(props, where);
    checkServedPath(options.pathPrefix, `${where}: pathPrefix`);
    [this.namespace, this.serviceName, this.portName] = [namespace, serviceName, portName];
    [this.port, this.scheme, this.pathPrefix, this.httpConfig] = [options.port, options.scheme, options.pathPrefix, options.httpConfig];
    this.url = options.urlOf(`${serviceName}.${namespace}.svc`);
  }
}
