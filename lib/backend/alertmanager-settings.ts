import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { cpuMillis } from '../kubernetes/resources';
import { alertmanagerFlagRules } from './alertmanager-flags';
import { checkOptions } from './alertmanager-options';
import { AlertmanagerProps } from './alertmanager-props';
import { externalUrlOf } from './external-url';
import { LogLevel } from './prometheus-props';
import { RELOADER_PORT, RELOADER_PORT_NAME } from './reloader-port';
import { urlPath } from '../text';
import { checkCount } from '../checks';
import { ALERTMANAGER_JOB } from '../components/alertmanager/alertmanager-rules';
import { DataStorage } from '../kubernetes';
import { checkFlags } from '../kubernetes/flags';
import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { PodServicePort } from '../kubernetes/pod-service';
import { resourcesOf } from '../kubernetes/resources';
import { AlertRouting, Scheme } from '../monitoring';
import { usesProxyEnvironment } from '../monitoring/http/proxy';

/** Time that an Alertmanager gets to end: it hands its state to its peers. */
export const DEFAULT_GRACE_PERIOD = Duration.minutes(2);
/** Port of Alertmanager's web server. */
export const ALERTMANAGER_PORT = 9093;
/** Name of the configuration's file, and of its key in a Secret. */
export const CONFIG_FILE = 'alertmanager.yaml';
/** Port at which replicas find each other. */
export const GOSSIP_PORT = 9094;

/** The props of an Alertmanager, checked and with the defaults filled in. */
export class AlertmanagerSettings {
  public readonly image: string;
  public readonly version: string;
  public readonly jobName: string;
  /** Routing of alerts; with a configuration from elsewhere, the one until that is there. */
  public readonly routing: AlertRouting;
  /** Name of the configuration's file. */
  public readonly configFile: string;
  public readonly replicas: number;
  public readonly storage: DataStorage;
  public readonly retention: Duration;
  public readonly externalUrl?: string;
  /** Undefined for Alertmanager's own default. */
  public readonly logLevel?: LogLevel;
  public readonly resources: k8s.ResourceRequirements;

  constructor(public readonly where: string, public readonly props: AlertmanagerProps) {
    this.image = imageOf('alertmanager', props);
    this.version = versionOf('alertmanager', this.image);
    this.jobName = props.jobName ?? ALERTMANAGER_JOB;
    this.routing = props.routing ?? new AlertRouting();
    this.configFile = props.configuration?.key ?? CONFIG_FILE;
    this.replicas = props.replicas ?? 1;
    this.storage = props.storage ?? DataStorage.emptyDir();
    this.retention = props.retention ?? Duration.hours(120);
    this.externalUrl = externalUrlOf(where, props);
    this.logLevel = props.logLevel === LogLevel.INFO ? undefined : props.logLevel;
    this.resources = resourcesOf(where, props.resources, {
      cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256),
    });
    this.check();
  }

  /** Whether replicas have to find each other, or members elsewhere. */
  public get isCluster(): boolean {
    return this.replicas > 1 || this.additionalPeers.length > 0;
  }

  /** Members that are no replicas. */
  public get additionalPeers(): readonly string[] {
    return this.props.gossip?.additionalPeers ?? [];
  }

  /** Protocol of its web server. */
  public get scheme(): Scheme {
    return this.props.web?._scheme ?? Scheme.HTTP;
  }

  /** Whether its pages ask for a password, so that neither the kubelet nor a reloader can read them. */
  public get hasPassword(): boolean {
    return this.props.web?._basicAuth !== undefined;
  }

  /** Path below which it is served; empty for the root. */
  public get path(): string {
    return urlPath(this.externalUrl);
  }

  /**
   * Ports of the headless Service by which replicas find each other. The reloader is among them because it is for Prometheus alone, and the
   * main Service may be exposed to others.
   */
  public peerPorts(containerPorts: { readonly tcp: string; readonly udp: string }): PodServicePort[] {
    return [
      ...(this.hasPassword ? [] : [{ name: RELOADER_PORT_NAME, port: RELOADER_PORT }]),
      ...(this.isCluster ? [
        { name: 'gossip-tcp', port: GOSSIP_PORT, targetPort: containerPorts.tcp },
        { name: 'gossip-udp', port: GOSSIP_PORT, targetPort: containerPorts.udp, protocol: 'UDP' as const },
      ] : []),
    ];
  }

  private check(): void {
    const { where, props, routing, storage } = this;
    checkCount(this.replicas, `${where}: replicas`, 'one');
    const flagRules = alertmanagerFlagRules(this.version);
    checkOptions(where, props, flagRules, routing);
    checkFlags(where, props.extraFlags, flagRules);
    if (props.routing?._parts?.onExisting === true) {
      throw new Error(`${where}: the routing relies on another Alertmanager by 'onExistingAlertmanager'; leave that out, or give the routing to an AlertmanagerConfig`);
    }
    if (props.routing !== undefined && props.configuration !== undefined) {
      throw new Error(`${where}: got 'routing' and 'configuration', the key '${props.configuration._id}' of a Secret; keep one of them`);
    }
    if (props.proxyEnvironment === undefined && usesProxyEnvironment(routing._files())) {
      throw new Error(`${where}: a receiver has 'proxyFromEnvironment', and the environment has no proxy; name it by the prop 'proxyEnvironment'`);
    }
    checkCount(props.retention?.toMilliseconds(), `${where}: retention (ms)`, '120 hours');
    storage._checkReplicas(where, this.replicas);
    if (storage._kind === 'volumeClaimTemplate' && storage._template?.size === undefined) {
      throw new Error(`${where}: the volume claim template has no size; give one, 1 GiB is plenty`);
    }
    const tooNew = routing._requirements().find(({ version }) => !atLeast(this.version, version));
    if (tooNew !== undefined) {
      throw new Error(`${where}: the routing uses '${tooNew.setting}', which is there since Alertmanager ${tooNew.version}, and image '${this.image}' is ${this.version}; choose a newer image`);
    }
  }
}
