import { ApiObject, Chart, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { AdmissionWebhookObjects } from './admission-webhook';
import { AdmissionWebhookWorkload } from './admission-webhook-workload';
import { KubeletService } from './kubelet-service';
import { grantOperatorAccess } from './prometheus-operator-access';
import { OperatorController, OperatorRepair } from './prometheus-operator-controller';
import { operatorArgs } from './prometheus-operator-flags';
import { PrometheusOperatorProps } from './prometheus-operator-props';
import { unmanaged } from './unmanaged-resources';
import { componentDashboards } from '../../components/component-dashboards';
import { endpointOptions } from '../../components/monitor-endpoints';
import { OPERATOR_JOB, prometheusOperatorRules, prometheusOperatorThresholds } from '../../components/operator/prometheus-operator-rules';
import { deployment } from '../../kubernetes/deployment';
import { imageOf } from '../../kubernetes/images';
import { requireOwnSecret, serviceAccountOf } from '../../kubernetes/own-namespace';
import { podTemplate } from '../../kubernetes/pod';
import { podService } from '../../kubernetes/pod-service';
import { rolesBelow } from '../../kubernetes/rbac';
import { resourcesOf } from '../../kubernetes/resources';
import { TLS_DIR, tlsVolume } from '../../kubernetes/serving-certificate';
import { identityOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, Monitoring, Scheme, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { namespacesOf } from '../../monitoring/scrape/namespaces';
import { checkArguments } from '../../arguments';

const PORT = 8080;

/**
 * The Prometheus Operator: it makes StatefulSets and configurations of Prometheus, Alertmanager, ServiceMonitor and the like. Their CRDs
 * have to be there before it starts (`PrometheusOperatorCrds`): it waits for some, and leaves others alone until it starts again.
 *
 * There is one to a namespace: two that make workloads in one fight over it, which is an error where both are in a chart.
 * @see https://prometheus-operator.dev/docs/platform/operator/
 */
export class PrometheusOperator extends Construct implements IMonitored {
  /** Scrape jobs, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pod. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The headless Service that makes the Pod discoverable. */
  public readonly service: ApiObject;
  /** The Service of the kubelets, and whether it is kept. */
  public readonly kubeletService: KubeletService;
  /** The objects of the admission webhook, if there is one. */
  public readonly admissionWebhook?: AdmissionWebhookObjects;
  private readonly watched?: readonly string[];
  private readonly denied?: readonly string[];
  private readonly instances?: readonly string[];
  private readonly controllers: readonly OperatorController[];
  /** Operators of different ids share namespaces: each takes the resources that are annotated with its own. */
  private readonly controllerId: string;

  constructor(scope: Construct, id: string, props: PrometheusOperatorProps = {}) {
    super(scope, id);
    checkArguments('PrometheusOperator', { props }, this.node.path);
    const identity = identityOf(this, props, 'prometheus-operator', 'operator');
    const { selector } = identity;
    [this.name, this.namespace] = [identity.name, identity.namespace];
    this.kubeletService = props.kubeletService ?? KubeletService.of();
    this.watched = namespacesOf(`${this.node.path}: watchNamespaces`, props.watchNamespaces);
    this.denied = props.denyNamespaces?.length === 0 ? undefined : namespacesOf(`${this.node.path}: denyNamespaces`, props.denyNamespaces);
    this.instances = namespacesOf(`${this.node.path}: instanceNamespaces`, props.instanceNamespaces) ?? this.watched;
    if (this.watched !== undefined && this.denied !== undefined) {
      throw new Error(`${this.node.path}: got both watchNamespaces and denyNamespaces, of which the operator takes one; leave one of them out`);
    }
    this.controllers = this.controllersOf(props.controllers);
    this.controllerId = props.extraFlags?.['controller-id'] ?? '';
    this.requireAlone();
    if (props.updateStrategy !== undefined && props.updateStrategy._type !== 'Recreate') {
      throw new Error(`${this.node.path}: 'updateStrategy' is ${props.updateStrategy._type}, and two operators would write the same objects; leave it out for UpdateStrategy.recreate()`);
    }
    this.serviceAccount = serviceAccountOf(this, props, identity);
    grantOperatorAccess(this, identity, {
      serviceAccountName: this.serviceAccount.name,
      controllers: this.controllers,
      features: props.features ?? [],
      repair: props.repair ?? OperatorRepair.NONE,
      kubeletService: this.kubeletService,
      instances: this.instances,
      configurations: this.watched,
    });
    // It has no leader election: two of them, even for the time of an update, write the same objects.
    this.workload = deployment(this, identity, props, { replicas: 1, template: this.podTemplate(identity, props), strategy: { type: 'Recreate' } });
    const portName = props.webTls === undefined ? 'http' : 'https';
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [{ name: portName, port: PORT }] });
    if (props.admissionWebhook !== undefined) {
      this.admissionWebhook = new AdmissionWebhookWorkload(this, 'AdmissionWebhook', {
        webhook: props.admissionWebhook,
        operator: this.name,
        namespace: this.namespace,
        options: props,
        watchNamespaces: this.watched,
        denyNamespaces: this.denied,
      }).objects;
    }
    this.monitoring = this.monitoringOf(props, selector, portName);
    this.node.addValidation({ validate: () => this.unmanaged() });
  }

  /** Roles and ClusterRoles with their bindings. */
  public get roles(): ApiObject[] {
    return rolesBelow(this);
  }

  /** Namespaces that it looks at, or undefined for all. */
  public get watchNamespaces(): string[] | undefined {
    return this.watched === undefined ? undefined : [...this.watched];
  }

  /** Namespaces whose Prometheus and Alertmanager resources it makes workloads of, or undefined for all. */
  public get instanceNamespaces(): string[] | undefined {
    return this.instances === undefined ? undefined : [...this.instances];
  }

  /** Whether the operator manages resources in this namespace. */
  public manages(namespace: string): boolean {
    checkArguments('PrometheusOperator.manages', { namespace }, this.node.path);
    return this.instances === undefined ? !(this.denied ?? []).includes(namespace) : this.instances.includes(namespace);
  }

  private looksAt(namespace: string): boolean {
    return this.watched === undefined ? !(this.denied ?? []).includes(namespace) : this.watched.includes(namespace);
  }

  private unmanaged(): string[] {
    const operators = operatorsBelow(this.node.root);
    return unmanaged(this, {
      managers: (namespace) => operators.filter((operator) => operator.manages(namespace)).map(({ controllerId }) => controllerId),
      looksAt: (namespace) => operators.some((operator) => operator.looksAt(namespace)),
      denies: this.denied !== undefined,
    });
  }

  /** Another chart may be for another cluster. */
  private requireAlone(): void {
    operatorsBelow(Chart.of(this)).filter((other) => other !== this).forEach((other) => {
      const where = this.sharedWith(other);
      if (where !== undefined) {
        throw new Error(`${this.node.path}: operator '${other.node.path}' makes workloads in ${where} too, and the two would fight; give each its own by 'watchNamespaces' or 'instanceNamespaces'`);
      }
      const { kubeletService: { isKept, namespace, name } } = other;
      if (isKept && this.kubeletService.isKept && namespace === this.kubeletService.namespace) {
        // Whatever its name, it has the same labels, by which monitors would find the kubelets twice.
        throw new Error(`${this.node.path}: operator '${other.node.path}' keeps Service '${namespace}/${name}' of the kubelets already; set 'kubeletService' to KubeletService.none()`);
      }
    });
  }

  /** Namespaces in which the other operator manages the same resources, if any. */
  private sharedWith(other: PrometheusOperator): string | undefined {
    if (this.controllerId !== other.controllerId || !this.controllers.some((controller) => other.controllers.includes(controller))) {
      return undefined;
    }
    const named = this.instances ?? other.instances;
    if (named === undefined) {
      return 'all namespaces';
    }
    const shared = named.find((namespace) => this.manages(namespace) && other.manages(namespace));
    return shared === undefined ? undefined : `namespace '${shared}'`;
  }

  private controllersOf(given?: readonly OperatorController[]): OperatorController[] {
    const controllers = given ?? [OperatorController.PROMETHEUS, OperatorController.PROMETHEUS_AGENT, OperatorController.ALERTMANAGER];
    if (controllers.length === 0) {
      throw new Error(`${this.node.path}: controllers is empty; name at least one OperatorController, or leave it out for the default`);
    }
    return [...new Set(controllers)];
  }

  private podTemplate(identity: WorkloadIdentity, props: PrometheusOperatorProps): k8s.PodTemplateSpec {
    const { webTls } = props;
    const certificate = webTls;
    if (webTls !== undefined) {
      requireOwnSecret(identity.where, webTls.certificate.secret, identity.namespace);
    }
    const portName = certificate === undefined ? 'http' : 'https';
    const httpGet = { path: '/healthz', port: numberOrText(portName), ...(certificate === undefined ? {} : { scheme: 'HTTPS' }) };
    const files = certificate === undefined ? undefined : { certificate: `${TLS_DIR}/tls.crt`, privateKey: `${TLS_DIR}/tls.key` };
    return podTemplate(identity, props, {
      program: 'prometheusOperator',
      serviceAccountName: this.serviceAccount.name,
      usesToken: true,
      containers: [{
        name: 'prometheus-operator',
        image: imageOf('prometheusOperator', props),
        args: operatorArgs(this.node.path, props, {
          controllers: this.controllers,
          watchNamespaces: this.watched,
          denyNamespaces: this.denied,
          instanceNamespaces: props.instanceNamespaces === undefined ? undefined : this.instances,
          kubeletService: this.kubeletService,
          port: PORT,
          webTls: files,
        }),
        ports: [{ name: portName, containerPort: PORT, protocol: 'TCP' }],
        resources: resourcesOf(identity.where, props.resources, {
          cpuRequest: cpuMillis(50), memoryRequest: Size.mebibytes(100), memoryLimit: Size.mebibytes(500),
        }),
        readinessProbe: { httpGet, timeoutSeconds: 5 },
        livenessProbe: { httpGet, timeoutSeconds: 5, failureThreshold: 5 },
        volumeMounts: certificate === undefined ? undefined : [{ name: 'tls', mountPath: TLS_DIR, readOnly: true }],
      }],
      ...(certificate === undefined ? {} : {
        volumes: [tlsVolume({
          secretName: certificate.certificate.secret.name,
          certificateKey: certificate.certificate.key,
          privateKeyKey: certificate.privateKey.key,
        })],
        ownsVolumes: true,
      }),
    });
  }

  private monitoringOf(props: PrometheusOperatorProps, selector: { [label: string]: string }, port: string): Monitoring {
    const { webTls } = props;
    const tls = webTls === undefined ? {} : { scheme: Scheme.HTTPS, tls: webTls._client(`${this.name}.${this.namespace}.svc`) };
    const job = ScrapeJob.fromService({
      name: props.jobName ?? OPERATOR_JOB,
      labels: selector,
      namespaces: [this.namespace],
      // what it tells of a Prometheus has the namespace and name of that
      endpoints: [ScrapeEndpoint._exposing(/^/, { ...endpointOptions(props), port, honorLabels: true, ...tls })],
    });
    return {
      jobs: [job],
      rules: prometheusOperatorRules({ jobName: job.name, kubeletService: this.kubeletService.isKept }, props.rules),
      dashboards: componentDashboards({
        component: OPERATOR_JOB, jobName: job.name, folder: 'Monitoring', files: ['operator/prometheus-operator'],
        thresholds: prometheusOperatorThresholds(props.rules),
      }),
    };
  }
}

function operatorsBelow(scope: IConstruct): PrometheusOperator[] {
  return scope.node.findAll().filter((construct) => construct instanceof PrometheusOperator);
}
