import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../../kubernetes/spelling';
import { KIND } from '../../kubernetes/kinds';
import { cpuMillis } from '../../kubernetes/resources';
import { AdmissionWebhook, AdmissionWebhookObjects } from './admission-webhook';
import { GROUP } from '../crds/crd-schema';
import { promqlOptions } from '../prometheus/promql-features';
import { WorkloadOptions } from '../../kubernetes';
import { disruptionBudget } from '../../kubernetes/availability';
import { apiObject, clusterScoped, lazily } from '../../kubernetes/api-object';
import { deployment } from '../../kubernetes/deployment';
import { imageOf } from '../../kubernetes/images';
import { requireOwnSecret, serviceAccountOf } from '../../kubernetes/own-namespace';
import { podTemplate } from '../../kubernetes/pod';
import { podService } from '../../kubernetes/pod-service';
import { resourcesOf } from '../../kubernetes/resources';
import { certManagerCertificate, issuerOf, ServingCertificate, TLS_DIR, tlsVolume } from '../../kubernetes/serving-certificate';
import { identityOf, WorkloadIdentity } from '../../kubernetes/workload-identity';

const PORT = 8443;

/** Settings of the objects of the admission webhook. */
export interface WebhookObjectsProps {
  readonly webhook: AdmissionWebhook;
  /** Name of the operator. */
  readonly operator: string;
  readonly namespace: string;
  /** Choices for the operator's Pods that hold for these too. */
  readonly options: WorkloadOptions;
  /** Whose objects are asked about; all when undefined. */
  readonly watchNamespaces?: readonly string[];
  readonly denyNamespaces?: readonly string[];
}

/** The webhook's program, which needs no rights at all, its Service and the webhook itself. */
export class AdmissionWebhookWorkload extends Construct {
  /** Part of the operator that the webhook needs. */
  public readonly objects: AdmissionWebhookObjects;

  constructor(scope: Construct, id: string, private readonly props: WebhookObjectsProps) {
    super(scope, id);
    const { namespace, webhook: { _options: own } } = props;
    const replicas = own.replicas ?? 1;
    const program = 'prometheus-operator-admission-webhook';
    const identity = identityOf(this, { name: `${props.operator}-admission-webhook`, namespace }, program, 'admission');
    const account = serviceAccountOf(this, {}, identity);
    const certificate = this.certificate(identity);
    this.objects = {
      workload: deployment(this, identity, {}, { replicas, template: this.podTemplate(identity, account.name, certificate) }),
      service: podService(this, 'Service', identity, { ports: [{ name: 'https', port: 443 }] }),
      disruptionBudget: disruptionBudget(this, identity, replicas),
      webhookConfiguration: this.webhooks(identity, certificate),
      certificate: certificate.object,
      issuer: certificate.issuer,
    };
  }

  private podTemplate(identity: WorkloadIdentity, serviceAccountName: string, certificate: ServingCertificate): k8s.PodTemplateSpec {
    const { webhook: { _options: own } } = this.props;
    const options = withoutAdditions(this.props.options);
    const image = { image: own.image, registry: options.registry };
    const probe = { httpGet: { path: '/healthz', port: numberOrText('https'), scheme: 'HTTPS' }, timeoutSeconds: 5 };
    return podTemplate(identity, options, {
      program: 'admissionWebhook',
      serviceAccountName,
      containers: [{
        name: 'admission-webhook',
        image: imageOf('admissionWebhook', image),
        args: lazily(() => [
          `--web.listen-address=:${PORT}`,
          '--web.enable-tls=true',
          `--web.cert-file=${TLS_DIR}/tls.crt`,
          `--web.key-file=${TLS_DIR}/tls.key`,
          // names of metrics as Prometheus 3 takes them
          '--name-validation-scheme=utf8',
          ...promqlArgs(this),
        ]),
        ports: [{ name: 'https', containerPort: PORT, protocol: 'TCP' }],
        resources: resourcesOf(identity.where, own.resources, {
          cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(50), memoryLimit: Size.mebibytes(200),
        }),
        readinessProbe: probe,
        livenessProbe: { ...probe, failureThreshold: 5 },
        volumeMounts: [{ name: 'tls', mountPath: TLS_DIR, readOnly: true }],
      }],
      volumes: [tlsVolume(certificate)],
      ownsVolumes: true,
      pods: own.replicas ?? 1,
    });
  }

  private certificate(identity: WorkloadIdentity): ServingCertificate {
    const { _certManager: certManager, _secret: given } = this.props.webhook;
    if (given === undefined) {
      return certManagerCertificate(this, identity, certManager ?? issuerOf(identity.where));
    }
    const { certificate: { secret, key }, privateKey, caBundle } = given;
    requireOwnSecret(`${this.node.scope?.node.path}`, secret, identity.namespace);
    return { secretName: secret.name, certificateKey: key, privateKeyKey: privateKey.key, caBundle: Buffer.from(caBundle).toString('base64') };
  }

  private webhooks({ name, namespace, labels }: WorkloadIdentity, { annotations, caBundle }: ServingCertificate): ApiObject {
    const { watchNamespaces, denyNamespaces } = this.props;
    const key = 'kubernetes.io/metadata.name';
    const [operator, values] = watchNamespaces === undefined ? ['NotIn', denyNamespaces] : ['In', watchNamespaces];
    const webhook = (kind: string, resource: string, apiVersions: string[]) => ({
      name: `${resource}.${GROUP}`,
      clientConfig: { service: { name, namespace, path: `/admission-${kind}/validate`, port: 443 }, caBundle },
      rules: [{ apiGroups: [GROUP], apiVersions, resources: [resource], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' }],
      namespaceSelector: values === undefined ? undefined : { matchExpressions: [{ key, operator, values: [...values] }] },
      // An apply neither waits for the webhook for long nor fails because it is down.
      failurePolicy: 'Ignore',
      timeoutSeconds: 5,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    });
    return apiObject(this, 'Webhook', KIND.ValidatingWebhookConfiguration, {
      metadata: clusterScoped({ name: `${namespace}-${name}`, labels, annotations }),
      webhooks: [
        webhook('prometheusrules', 'prometheusrules', ['v1']),
        webhook('alertmanagerconfigs', 'alertmanagerconfigs', ['v1alpha1', 'v1beta1']),
      ],
    });
  }
}

/** Options of the operator's Pods that hold for the webhook's too: not what is added to the operator's own. */
function withoutAdditions(options: WorkloadOptions): WorkloadOptions {
  const nothing = undefined;
  return {
    ...options,
    containers: nothing, initContainers: nothing, volumes: nothing, volumeMounts: nothing, env: nothing, envFrom: nothing,
    topologySpreadConstraints: nothing,
  };
}

/** The webhook refuses what it cannot read, though a Prometheus could. */
function promqlArgs(webhook: Construct): string[] {
  const options = promqlOptions(webhook);
  return options.length === 0 ? [] : [`--promql-options=${options.join()}`];
}
