import { Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { AlertmanagerOptions } from './alertmanager-options';
import { LogLevel } from './prometheus-props';
import { AlertmanagerRuleOptions } from '../components/alertmanager/alertmanager-rules';
import { DataStorage, Exposure, ProxyEnvironment, SecretKey, WorkloadOptions } from '../kubernetes';
import { AlertRouting, WebConfig } from '../monitoring';

/** Props of an Alertmanager of either backend. */
export interface AlertmanagerProps extends WorkloadOptions, AlertmanagerOptions {
  /**
   * Routing of alerts to receivers.
   * @default - alerts are shown and nobody is notified
   */
  readonly routing?: AlertRouting;
  /**
   * Key of a Secret that holds the whole configuration and is made elsewhere, by External Secrets or SOPS for example; goes without `routing`. The
   * Secret's other keys are files beside it in `/etc/alertmanager/config`, such as templates. Until the Secret exists Alertmanager shows the alerts
   * and notifies nobody; then the configuration is loaded, and so is each change. Of what it says nothing is checked here. With
   * `OperatedAlertmanager` the key is `alertmanager.yaml`.
   * @default - the configuration of `routing`
   */
  readonly configuration?: SecretKey;
  /**
   * Secrets to mount besides those that `routing` names, each as the folder `/etc/alertmanager/secrets/<name>` with a file for each key. A Secret
   * that is missing keeps no Pod from starting.
   * @default - none
   */
  readonly secrets?: ISecret[];
  /**
   * Number of replicas, which share silences and the log of notifications.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Replicas that may be evicted at a time.
   * @default 1
   */
  readonly maxUnavailable?: number;
  /**
   * Storage of silences and of the log of notifications.
   * @default DataStorage.emptyDir()
   */
  readonly storage?: DataStorage;
  /**
   * Retention of silences and of the log of notifications.
   * @default Duration.hours(120)
   */
  readonly retention?: Duration;
  /**
   * HTTP proxy in the environment, for clients with `proxyFromEnvironment`.
   * @default - none
   */
  readonly proxyEnvironment?: ProxyEnvironment;
  /**
   * Exposure of the web server outside of the cluster.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Exposure of a Service for each replica, `<name>-0` and so on, besides the Service of all; consecutive node ports begin with the given one.
   * Throws on an Ingress or a route, whose host leads to one replica only.
   * @default - none; within the cluster replicas have names behind the headless Service
   */
  readonly replicaServices?: Exposure;
  /**
   * URL of the web server for links in notifications.
   * @default - that of an exposure with a host, else Alertmanager's own guess
   */
  readonly externalUrl?: string;
  /**
   * TLS and authentication of the web server. The Prometheuses that send alerts to it, its own scrape job and the data source of Grafana follow.
   * A whole web configuration, and with it a password, needs `AlertmanagerServer`; with a password nothing reloads the configuration, and a
   * change of it rolls the Pods.
   * @default - plain HTTP
   */
  readonly web?: WebConfig;
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Name of the scrape job that monitors it, which its rules refer to. A second Alertmanager of one Prometheus needs another.
   * @default alertmanager
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about it.
   * @default - the community's
   */
  readonly rules?: AlertmanagerRuleOptions;
}
