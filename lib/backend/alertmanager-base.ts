import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AlertmanagerProps } from './alertmanager-props';
import { RELOADER_PORT_NAME } from './reloader-port';
import { SecretMounts } from './secret-mounts';
import { StandIn } from './stand-ins';
import { urlPath } from './url-path';
import { alertmanagerRules } from '../components/alertmanager/alertmanager-rules';
import { PrometheusStorage } from '../kubernetes';
import { atLeast, imageOf, versionOf } from '../kubernetes/images';
import { recommendedLabels, selectorLabels } from '../kubernetes/labels';
import { nameOf, namespaceOf } from '../kubernetes/names';
import { serviceAccountOf } from '../kubernetes/service-account';
import {
  AlertRouting, IAlertmanager, IMonitored, MetricSelection, Monitoring, Scheme, ScrapeEndpoint, ScrapeJob,
} from '../monitoring';
import { checkCount, checkUrl } from '../checks';

/** Port of Alertmanager's web server. */
export const ALERTMANAGER_PORT = 9093;

/** What every Alertmanager of the library has, whichever objects a backend makes of it. */
export abstract class AlertmanagerBase extends Construct implements IAlertmanager, IMonitored {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Version, as the image's tag tells it. */
  public readonly version: string;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** Name of the Service's port. */
  public readonly portName: string = 'web';
  /** Number of the Service's port. */
  public readonly port: number = ALERTMANAGER_PORT;
  /** Protocol. */
  public readonly scheme: Scheme = Scheme.HTTP;
  /** Path below which it serves; `/` without one. */
  public readonly pathPrefix: string;
  /** URL within the cluster. */
  public readonly url: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** Who is told of which alert. */
  public readonly routing: AlertRouting;
  /** How it is monitored. */
  public readonly monitoring: Monitoring;

  /** @internal */
  protected readonly _image: string;
  /** @internal */
  protected readonly _replicas: number;
  /** @internal */
  protected readonly _storage: PrometheusStorage;
  /** @internal */
  protected readonly _externalUrl?: string;
  /** Labels of the objects. @internal */
  protected readonly _labels: { [label: string]: string };
  /** Labels of the Pods. @internal */
  protected readonly _selector: { [label: string]: string };
  /** @internal */
  protected readonly _secrets: SecretMounts;

  protected constructor(scope: Construct, id: string, props: AlertmanagerProps) {
    super(scope, id);
    this.name = nameOf(scope, id, props.name);
    this.namespace = namespaceOf(this, props.namespace);
    this._image = imageOf('alertmanager', props);
    this.version = versionOf('alertmanager', this._image);
    this.routing = props.routing ?? new AlertRouting();
    this._replicas = props.replicas ?? 1;
    this._storage = props.storage ?? PrometheusStorage.emptyDir();
    this._externalUrl = props.externalUrl ?? props.exposure?._externalUrl;
    this.check(props);
    const { name, namespace } = this;
    this.serviceName = name;
    this.pathPrefix = urlPath(this._externalUrl) || '/';
    this.url = `http://${name}.${namespace}.svc:${ALERTMANAGER_PORT}${urlPath(this._externalUrl)}`;
    this._selector = selectorLabels('alertmanager', name);
    this._labels = recommendedLabels('alertmanager', name, 'alert-router');
    this._secrets = new SecretMounts(this, 'Secrets', { program: 'alertmanager', name, namespace, labels: this._labels });
    this.addSecrets();
    this.serviceAccount = serviceAccountOf(this, props.serviceAccount, { name, namespace, labels: this._labels });
    this.monitoring = this.ownMonitoring(props);
  }

  private check(props: AlertmanagerProps): void {
    const where = this.node.path;
    checkCount(this._replicas, `${where}: replicas`, 'one');
    checkCount(props.retention?.toMilliseconds(), `${where}: retention (ms)`, '120 hours');
    if (this._externalUrl !== undefined) {
      checkUrl(this._externalUrl, `${where}: externalUrl`);
    }
    this._storage._checkReplicas(where, this._replicas);
    if (this._storage._kind === 'volumeClaimTemplate' && this._storage._template?.size === undefined) {
      throw new Error(`${where}: the volume claim template has no size; give one, 1 GiB is plenty`);
    }
    const tooNew = this.routing._requirements().find(({ version }) => !atLeast(this.version, version));
    if (tooNew !== undefined) {
      throw new Error(`${where}: the routing uses '${tooNew.setting}', which is there since Alertmanager ${tooNew.version}, and image '${this._image}' is ${this.version}; choose a newer image`);
    }
  }

  private addSecrets(): void {
    this.routing._secrets().forEach((key) => this._secrets.add(key));
    const files = this.routing._secretsAtStart();
    files.authorities.forEach((key) => this._secrets.add(key, StandIn.AUTHORITY));
    files.certificates.forEach((key) => this._secrets.add(key, StandIn.CERTIFICATE));
    files.privateKeys.forEach((key) => this._secrets.add(key, StandIn.PRIVATE_KEY));
    files.texts.forEach((key) => this._secrets.add(key, StandIn.TEXT));
  }

  private ownMonitoring(props: AlertmanagerProps): Monitoring {
    const metrics = MetricSelection.all()._proven();
    const jobName = props.jobName ?? 'alertmanager';
    return {
      jobs: [ScrapeJob.fromService({
        name: jobName,
        labels: this._selector,
        namespaces: [this.namespace],
        endpoints: [
          new ScrapeEndpoint({ port: 'web', name: 'web', path: `${urlPath(this._externalUrl)}/metrics`, metrics }),
          new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics }),
        ],
      })],
      rules: alertmanagerRules({ jobName, ...props.rules }),
    };
  }
}
