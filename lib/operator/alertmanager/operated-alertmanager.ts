import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { configurationText } from './alertmanager-configuration';
import { alertmanagerSpec } from './alertmanager-spec';
import { apiObject } from '../../kubernetes/api-object';
import { typed } from '../crd-spec';
import { noteLostClaims } from '../claim-loss-note';
import { OperatedAlertmanagerProps } from './operated-alertmanager-props';
import { operatorClashes } from '../operator-objects';
import { Alertmanager, AlertmanagerSpec } from '../../../imports/alertmanager';
import { AlertmanagerBase } from '../../backend';
import { ALERTMANAGER_PORT } from '../../backend/alertmanager-base';
import { reloaderServicePort } from '../../backend/reloader-port';
import { Exposure } from '../../kubernetes';
import { disruptionBudget } from '../../kubernetes/availability';
import { exposedService } from '../../kubernetes/exposed-service';
import { atLeast } from '../../kubernetes/images';
import { note } from '../../kubernetes/notes';

const GOSSIP_PORT = 9094;
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
  constructor(scope: Construct, id: string, private readonly props: OperatedAlertmanagerProps = {}) {
    super(scope, id, props);
    const { name, namespace, _labels: labels, _selector: selector, _replicas: replicas } = this;
    this.checkOperated();
    this.makeResource();
    const ports = [{ name: 'web', port: ALERTMANAGER_PORT }];
    exposedService(this, { name, namespace, labels, selector, ports, exposure: props.exposure ?? Exposure.clusterIp() });
    disruptionBudget(this, this.node.path, { name, namespace, labels, selector, replicas, maxUnavailable: props.maxUnavailable ?? 1 });
    noteLostClaims(this, this._storage);
    if (this.routing._secretsAtStart().texts.length > 0) {
      note(this, 'a receiver reads a Secret only when Alertmanager loads its configuration, which a change of the Secret does not bring about here: restart the Pods then');
    }
    this.node.addValidation({ validate: () => this.clashes() });
  }

  private checkOperated(): void {
    const { name, props, _storage: storage } = this;
    const where = this.node.path;
    // Of the name the operator makes that of a StatefulSet, and of it a label of Pods that has 11 characters more.
    const longest = 52 - PREFIX.length;
    if (name.length > longest) {
      throw new Error(`${where}: '${name}' has ${name.length} characters, and an Alertmanager of the operator has at most ${longest}; give a shorter one by the prop 'name'`);
    }
    if (name === SHARED_SERVICE) {
      throw new Error(`${where}: '${name}' is the name of the Service that the operator makes for other Alertmanager resources; give another one by the prop 'name'`);
    }
    if (atLeast(this.version, '1.0')) {
      throw new Error(`${where}: image '${this._image}' is Alertmanager ${this.version}, and the operator runs none from 1.0 on; choose an older image, or AlertmanagerServer`);
    }
    if (storage._kind === 'existingClaim') {
      throw new Error(`${where}: the operator makes its own claims and takes no existing one, such as '${storage._claimName}'; use PrometheusStorage.volumeClaimTemplate(), or AlertmanagerServer`);
    }
    const made = { ...this._selector, 'app.kubernetes.io/managed-by': 'prometheus-operator', alertmanager: name };
    this.checkOwn('podLabels', props.podLabels ?? {}, made);
    this.checkOwn('podAnnotations', props.podAnnotations ?? {}, { 'kubectl.kubernetes.io/default-container': 'alertmanager' });
  }

  private checkOwn(prop: string, given: { readonly [key: string]: string }, made: { readonly [key: string]: string }): void {
    const taken = Object.keys(made).find((key) => (given[key] ?? made[key]) !== made[key]);
    if (taken !== undefined) {
      throw new Error(`${this.node.path}: ${prop} has '${taken}: ${given[taken]}', which the operator sets to '${made[taken]}'; leave it out`);
    }
  }

  private makeResource(): void {
    const { name, namespace, _labels: labels, _selector: selector, routing, props } = this;
    const [configSecret, peers] = [`${name}-config`, `${name}-peers`];
    const configuration = apiObject(this, 'Configuration', k8s.KubeSecret, {
      metadata: { name: configSecret, namespace, labels },
      type: 'Opaque',
      // The operator lays whatever else is in the Secret beside the configuration.
      stringData: { ...routing._templates(), 'alertmanager.yaml': configurationText(this.node.path, routing, props.teamConfigs) },
    });
    const gossips = this._replicas > 1;
    const service = apiObject(this, 'Peers', k8s.KubeService, {
      metadata: { name: peers, namespace, labels },
      spec: {
        clusterIp: 'None',
        selector,
        // A replica has to find the others to become ready.
        publishNotReadyAddresses: true,
        // The reloader is for Prometheus alone, and not for whoever the main Service is exposed to.
        ports: [reloaderServicePort(), ...(gossips ? [gossipPort('TCP'), gossipPort('UDP')] : [])],
      },
    });
    const resource = apiObject(this, 'Resource', Alertmanager, {
      metadata: { name, namespace, labels },
      spec: typed<AlertmanagerSpec>(alertmanagerSpec({
        props, name, namespace, labels, selector, configSecret, peers,
        image: this._image,
        version: this.version,
        replicas: this._replicas,
        storage: this._storage,
        externalUrl: this._externalUrl,
        serviceAccountName: this.serviceAccount.name,
        secrets: this._secrets,
        environment: routing._environment(),
      })),
    });
    // The operator fails, and tries again, as long as the Service that the resource names is missing.
    resource.node.addDependency(configuration, service);
  }

  /** Objects of the chart that the operator would overwrite. */
  private clashes(): string[] {
    const workload = `${PREFIX}${this.name}`;
    const secrets = ['generated', 'web-config', 'cluster-tls-config', 'tls-assets-0'].map((suffix) => `${workload}-${suffix}`);
    return operatorClashes(this, { namespace: this.namespace, objects: { StatefulSet: [workload], Secret: secrets } });
  }
}

function gossipPort(protocol: 'TCP' | 'UDP'): k8s.ServicePort {
  const name = `gossip-${protocol.toLowerCase()}`;
  return { name, port: GOSSIP_PORT, targetPort: k8s.IntOrString.fromString(`mesh-${protocol.toLowerCase()}`), protocol };
}
