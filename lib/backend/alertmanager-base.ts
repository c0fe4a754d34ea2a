import { ApiObject, JsonPatch } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AlertmanagerProps } from './alertmanager-props';
import { ALERTMANAGER_PORT, AlertmanagerSettings } from './alertmanager-settings';
import { ALERTMANAGER_FILE, ConfigurationPatches } from './configuration-patches';
import { groupIntervalNote } from './group-interval-note';
import { RELOADER_PORT_NAME } from './reloader-port';
import { SecretMounts } from './secret-mounts';
import { PlaceholderFile } from './placeholder-files';
import { componentDashboards } from '../components/component-dashboards';
import { ALERTMANAGER_JOB, alertmanagerRules, alertmanagerThresholds } from '../components/alertmanager/alertmanager-rules';
import { objectsBelow } from '../kubernetes/api-object';
import { note } from '../kubernetes/notes';
import { requireOwnSecret, serviceAccountOf } from '../kubernetes/own-namespace';
import { identityOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import {
  AlertRouting, HttpConfig, IAlertmanagerService, IMonitored, MetricSelection, Monitoring, Scheme, ScrapeEndpoint, ScrapeJob,
} from '../monitoring';
import { PlainMap } from '../wire/data';
import { checkProps } from '../arguments';

/** Traits of a kind of Alertmanager. */
export interface AlertmanagerTraits {
  /** Whether the config-reloader beside it serves its metrics with its certificate. */
  readonly reloaderHasCertificate: boolean;
}

/** Common part of all Alertmanagers of the library, whichever objects a backend makes of them. @internal */
export abstract class AlertmanagerBase extends Construct implements IAlertmanagerService, IMonitored {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Version, by the tag of the image. */
  public readonly version: string;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** Name of the Service's port. */
  public readonly portName: string = 'web';
  /** Number of the Service's port. */
  public readonly port: number = ALERTMANAGER_PORT;
  /** Protocol. */
  public readonly scheme: Scheme;
  /** Path that it is served below; `/` for the root. */
  public readonly pathPrefix: string;
  /** URL within the cluster. */
  public readonly url: string;
  /** HTTP client settings for it; undefined without `web`. */
  public readonly httpConfig?: HttpConfig;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** Routing of alerts to receivers; undefined where the configuration is made elsewhere. */
  public readonly routing?: AlertRouting;
  /** Its scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;

  /** @internal */
  protected readonly _settings: AlertmanagerSettings;
  /** @internal */
  protected readonly _identity: WorkloadIdentity;
  /** @internal */
  protected readonly _secrets: SecretMounts;
  private readonly patches = new ConfigurationPatches(ALERTMANAGER_FILE);

  protected constructor(scope: Construct, id: string, props: AlertmanagerProps, traits: AlertmanagerTraits) {
    super(scope, id);
    checkProps('AlertmanagerProps', props, this.node.path);
    const identity = identityOf(this, props, 'alertmanager', 'alert-router');
    const { where, name, namespace, labels } = identity;
    const settings = new AlertmanagerSettings(where, props);
    settings.storage._claimFolder(this, identity, 'alertmanager');
    this._identity = identity;
    this._settings = settings;
    [this.name, this.namespace, this.serviceName] = [name, namespace, name];
    this.version = settings.version;
    this.routing = props.configuration === undefined ? settings.routing : undefined;
    this.pathPrefix = settings.path || '/';
    this.scheme = settings.scheme;
    this.url = `${settings.scheme}://${name}.${namespace}.svc:${ALERTMANAGER_PORT}${settings.path}`;
    this.httpConfig = props.web?._client(`${name}.${namespace}.svc`);
    this._secrets = new SecretMounts(this, 'Secrets', { program: 'alertmanager', name, namespace, labels });
    this.addSecrets(props);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.monitoring = this.ownMonitoring(traits);
    const text = groupIntervalNote(settings.routing, settings.replicas, props.gossip?.peerTimeout);
    if (text !== undefined) {
      note(this, text);
    }
    this.node.addValidation({ validate: () => this.patches.problems(settings.routing._render()) });
  }

  /** The ConfigMap with placeholder files for Secrets that are missing, if any may be. */
  public get placeholderConfigMap(): ApiObject | undefined {
    return objectsBelow(this._secrets, 'ConfigMap')[0];
  }

  /**
   * Patches `alertmanager.yaml` where no prop says it: the paths are those of the file, as `/global/resolve_timeout` or
   * `/receivers/0/slack_configs/0/color`. The synthesis fails where a patch does not apply, adds what Alertmanager does not know at the top, or
   * writes a secret: name a file of a Secret that the prop `secrets` mounts. Throws where the configuration is made elsewhere.
   * @param patches the changes, in order
   */
  public patchConfiguration(...patches: JsonPatch[]): void {
    if (this.routing === undefined) {
      throw new Error(`${this.node.path}: the configuration is in a Secret that is made elsewhere; change it there`);
    }
    this.patches.add(...patches);
  }

  /** The patched configuration; undefined as long as there are no patches. @internal */
  protected _patchedConfiguration(): PlainMap | undefined {
    return this.patches.patched(this._settings.routing._render());
  }

  private addSecrets({ configuration, secrets = [] }: AlertmanagerProps): void {
    const { routing } = this._settings;
    if (configuration !== undefined) {
      requireOwnSecret(this.node.path, configuration.secret, this.namespace);
    }
    this._secrets.addFilesOf(routing._files());
    routing._readAtStart().forEach((key) => this._secrets.add(key, PlaceholderFile.TEXT));
    secrets.forEach((secret) => this._secrets.addSecret(secret));
  }

  private ownMonitoring({ reloaderHasCertificate }: AlertmanagerTraits): Monitoring {
    const { jobName, path, props, hasPassword } = this._settings;
    const metrics = MetricSelection.all()._asDefault();
    const reloaderTls = reloaderHasCertificate ? this.httpConfig?.tls : undefined;
    return {
      jobs: [ScrapeJob.fromService({
        name: jobName,
        labels: this._identity.selector,
        namespaces: [this.namespace],
        endpoints: [
          new ScrapeEndpoint({ port: 'web', name: 'web', path: `${path}/metrics`, metrics, ...this.httpConfig }),
          ...hasPassword ? [] : [new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics, tls: reloaderTls })],
        ],
      })],
      rules: alertmanagerRules({ jobName, configReloader: !hasPassword }, props.rules),
      dashboards: componentDashboards({
        component: ALERTMANAGER_JOB, jobName, folder: 'Monitoring', files: ['alertmanager/alertmanager'], thresholds: alertmanagerThresholds(),
      }),
    };
  }
}
