import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { withAllFields } from '../../kubernetes/unknown-fields';
import { KIND } from '../../kubernetes/kinds';
import { configurationText } from './alertmanager-configuration';
import { alertmanagerSpec } from './alertmanager-spec';
import { Credentials } from '../credentials';
import { typed } from '../crd-spec';
import { OperatedAlertmanagerProps } from './operated-alertmanager-props';
import { checkOperatedStorage } from '../operated-storage';
import { noteClaimLoss, operatorClashes } from '../operator-objects';
import { checkPods } from '../pod-spec';
import { webCertificate } from '../web-certificate';
import { Alertmanager, AlertmanagerSpec } from '../../../imports/alertmanager';
import { AlertmanagerBase } from '../../backend/alertmanager-base';
import { CONFIG_FILE } from '../../backend/alertmanager-settings';
import { replicaServices } from '../../backend/replica-services';
import { namesOfAlertmanager } from '../../backend/taken-names';
import { apiObject, lazily } from '../../kubernetes/api-object';
import { disruptionBudget } from '../../kubernetes/availability';
import { exposedService } from '../../kubernetes/exposed-service';
import { checkTagged, atLeast } from '../../kubernetes/images';
import { note } from '../../kubernetes/notes';
import { podService } from '../../kubernetes/pod-service';
import { metadataOf } from '../../kubernetes/workload-identity';
import { PlainMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** The Service that the operator makes for Alertmanager resources that name none. */
const SHARED_SERVICE = 'alertmanager-operated';
const PREFIX = 'alertmanager-';

/**
 * An Alertmanager that the Prometheus Operator runs: a resource `Alertmanager`, its configuration in a Secret, and Services of its own. The
 * operator and its CRDs have to be in the cluster: `PrometheusOperator`, `PrometheusOperatorCrds`. The reloader beside it is the operator's,
 * whose `registry` and `configReloader` say which.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Alertmanager
 */
export class OperatedAlertmanager extends AlertmanagerBase {
  /** The resource `Alertmanager`. */
  public readonly resource: ApiObject;
  /** The Secret with the configuration; undefined where that is made elsewhere. */
  public readonly configSecret?: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service by which replicas find each other and Prometheus finds the config-reloader. */
  public readonly headlessService: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The Services of single replicas, with `replicaServices`. */
  public readonly replicaServices: ApiObject[];
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, private readonly props: OperatedAlertmanagerProps = {}) {
    super(scope, id, props, { reloaderHasCertificate: true });
    checkArguments('OperatedAlertmanager', { props }, this.node.path);
    checkTagged(this.node.path, props.image);
    const { _identity: identity, _settings: settings } = this;
    const { name, namespace, labels } = identity;
    this.checkOperated();
    this.configSecret = this.makeConfiguration();
    this.headlessService = podService(this, 'Peers', identity, {
      suffix: '-peers',
      headless: true,
      // A replica has to find the others to become ready.
      withNotReady: true,
      ports: settings.peerPorts({ tcp: 'mesh-tcp', udp: 'mesh-udp' }),
    });
    this.resource = apiObject(this, 'Resource', withAllFields(Alertmanager), {
      metadata: metadataOf(identity),
      spec: typed<AlertmanagerSpec>(alertmanagerSpec({
        props, identity, settings,
        serviceAccountName: this.serviceAccount.name,
        secrets: this._secrets,
        configSecret: this.configSecret?.name ?? props.configuration?.secret.name,
        peers: this.headlessService.name,
        certificate: webCertificate(props.web, new Credentials(this, 'Credentials', { name, namespace, labels })),
      })),
    });
    // The operator fails, and tries again, as long as the Service that the resource names is missing.
    this.resource.addDependency(...this.configSecret === undefined ? [] : [this.configSecret], this.headlessService);
    const exposed = exposedService(this, identity, { name: this.portName, port: this.port }, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
    this.replicaServices = replicaServices(this, identity, {
      sets: [{ name: this.name, statefulSet: `${PREFIX}${this.name}` }],
      replicas: settings.replicas, port: { name: this.portName, port: this.port }, options: props,
    });
    this.disruptionBudget = disruptionBudget(this, identity, settings.replicas, props.maxUnavailable);
    noteClaimLoss(this, settings.storage);
    if (settings.routing._readAtStart().length > 0) {
      note(this, 'a receiver reads a Secret only when Alertmanager loads its configuration, which a change of the Secret does not bring about here: restart the Pods then');
    }
    this.node.addValidation({ validate: () => [...this.clashes(), ...this.refusals()] });
  }

  private makeConfiguration(): ApiObject | undefined {
    const { props, _settings: { routing } } = this;
    if (props.configuration === undefined) {
      const text = this.configurationText();
      return apiObject(this, 'Configuration', KIND.Secret, {
        metadata: metadataOf(this._identity, '-config'),
        type: 'Opaque',
        // The operator mounts everything else in the Secret beside the configuration.
        stringData: { ...routing._templates(), [CONFIG_FILE]: lazily(() => this.patchedText() ?? text) },
      });
    }
    const { key, secret } = props.configuration;
    if (key !== CONFIG_FILE) {
      throw new Error(`${this.node.path}: 'configuration' is key '${key}' of Secret '${secret.name}', and the operator reads '${CONFIG_FILE}' alone; call the key that, or use AlertmanagerServer`);
    }
    if (props.teamConfigs !== undefined) {
      note(this, `the operator reads the configuration of Secret '${secret.name}' itself because of 'teamConfigs', and changes nothing as long as that has a setting that it `
        + 'does not know; routes of teams come before its own, and nothing keeps the alert InfoInhibitor from them: inhibit it there');
    }
    return undefined;
  }

  private configurationText(patched?: PlainMap): string {
    return configurationText(this.node.path, this._settings.routing, this.props.teamConfigs, patched);
  }

  /** The configuration with patches; undefined without any, and where the operator refuses it, which `refusals` says. */
  private patchedText(): string | undefined {
    const patched = this._patchedConfiguration();
    return patched === undefined || this.refusals().length > 0 ? undefined : this.configurationText(patched);
  }

  private checkOperated(): void {
    const { name, _settings: { storage, version, image } } = this;
    const where = this.node.path;
    // Of the name the operator makes that of a StatefulSet, and of it a label of Pods that has 11 characters more.
    const longest = 52 - PREFIX.length;
    if (name.length > longest) {
      throw new Error(`${where}: '${name}' has ${name.length} characters, and an Alertmanager of the operator has at most ${longest}; give a shorter one by the prop 'name'`);
    }
    if (name === SHARED_SERVICE) {
      throw new Error(`${where}: '${name}' is the name of the Service that the operator makes for other Alertmanager resources; give another one by the prop 'name'`);
    }
    if (atLeast(version, '1.0')) {
      throw new Error(`${where}: image '${image}' is Alertmanager ${version}, and the operator runs none from 1.0 on; choose an older image, or AlertmanagerServer`);
    }
    if (this.props.web !== undefined && this.props.web._certificate === undefined) {
      throw new Error(`${where}: the operator takes no whole web configuration and no passwords from 'web'; use WebConfig.tls(), or AlertmanagerServer`);
    }
    checkOperatedStorage(where, 'alertmanager', storage);
    checkPods(this, this._identity, this.props, {
      plain: 'AlertmanagerServer',
      labels: { alertmanager: name },
      annotations: { 'kubectl.kubernetes.io/default-container': 'alertmanager' },
      names: namesOfAlertmanager(this._identity, this._settings, 'operator'),
    });
  }

  /** What the operator refuses of a configuration that has been patched. */
  private refusals(): string[] {
    const patched = this._patchedConfiguration();
    if (patched === undefined) {
      return [];
    }
    try {
      this.configurationText(patched);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  /** Objects of the chart that the operator would overwrite. */
  private clashes(): string[] {
    const workload = `${PREFIX}${this.name}`;
    const secrets = ['generated', 'web-config', 'cluster-tls-config', 'tls-assets-0'].map((suffix) => `${workload}-${suffix}`);
    return operatorClashes(this, { namespace: this.namespace, objects: { StatefulSet: [workload], Secret: secrets } });
  }
}
