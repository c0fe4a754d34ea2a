import { ApiObject, Size } from 'cdk8s';
import { Cpu, k8s, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AdmissionWebhook } from './admission-webhook';
import { promqlOptions } from '../prometheus/promql-features';
import { WorkloadOptions } from '../../kubernetes';
import { disruptionBudget, spread } from '../../kubernetes/availability';
import { apiObject, clusterScoped, lazily } from '../../kubernetes/api-object';
import { imageOf } from '../../kubernetes/images';
import { recommendedLabels, selectorLabels } from '../../kubernetes/labels';
import { checkName } from '../../kubernetes/names';
import { hardenedPod, NOBODY, resourcesOf } from '../../kubernetes/pod';

const PORT = 8443;
const TLS_DIR = '/etc/tls/private';

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

/** The certificate's Secret with the keys, and how the API server gets to know its authority. */
interface Certificate {
  readonly secretName: string;
  readonly certificateKey: string;
  readonly privateKeyKey: string;
  readonly annotations?: { readonly [name: string]: string };
  readonly caBundle?: string;
}

/** The webhook's program, which needs no rights at all, its Service and the webhook itself. */
export class AdmissionWebhookObjects extends Construct {
  /** The Deployment. */
  public readonly deployment: k8s.KubeDeployment;

  constructor(scope: Construct, id: string, private readonly props: WebhookObjectsProps) {
    super(scope, id);
    const { namespace, webhook: { _options: own }, options } = props;
    const replicas = own.replicas ?? 1;
    const name = checkName(`${props.operator}-admission-webhook`, scope.node.path);
    const labels = recommendedLabels('prometheus-operator-admission-webhook', name, 'admission');
    const selector = selectorLabels('prometheus-operator-admission-webhook', name);
    const metadata = { name, namespace, labels };
    const account = new ServiceAccount(this, 'ServiceAccount', { metadata, automountToken: false });
    const certificate = this.certificate(metadata);
    const spec = hardenedPod(options, {
      serviceAccountName: account.name,
      usesToken: false,
      identity: NOBODY,
      containers: [{
        name: 'admission-webhook',
        image: imageOf('admissionWebhook', { image: own.image, registry: options.registry }),
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
        resources: resourcesOf(own.resources, { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(50), memoryLimit: Size.mebibytes(200) }),
        readinessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('https'), scheme: 'HTTPS' }, timeoutSeconds: 5 },
        livenessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('https'), scheme: 'HTTPS' }, timeoutSeconds: 5, failureThreshold: 5 },
        terminationMessagePolicy: 'FallbackToLogsOnError',
        volumeMounts: [{ name: 'tls', mountPath: TLS_DIR, readOnly: true }],
      }],
      volumes: [{
        name: 'tls',
        secret: {
          secretName: certificate.secretName,
          defaultMode: 0o440,
          items: [{ key: certificate.certificateKey, path: 'tls.crt' }, { key: certificate.privateKeyKey, path: 'tls.key' }],
        },
      }],
      ownsVolumes: true,
      more: { topologySpreadConstraints: replicas > 1 ? spread(selector) : undefined },
    });
    this.deployment = apiObject(this, 'Resource', k8s.KubeDeployment, {
      metadata,
      spec: { replicas, selector: { matchLabels: selector }, template: { metadata: { labels }, spec } },
    });
    apiObject(this, 'Service', k8s.KubeService, {
      metadata,
      spec: { selector, ports: [{ name: 'https', port: 443, targetPort: k8s.IntOrString.fromString('https'), protocol: 'TCP' }] },
    });
    disruptionBudget(this, scope.node.path, { ...metadata, selector, replicas, maxUnavailable: 1 });
    this.webhooks(metadata, certificate);
  }

  private certificate(metadata: { readonly name: string; readonly namespace: string; readonly labels: { [label: string]: string } }): Certificate {
    const { _certManager: certManager, _secret: given } = this.props.webhook;
    if (given !== undefined) {
      const { certificate: { secret, key }, privateKey, caBundle } = given;
      if (secret instanceof Secret && (secret.metadata.namespace ?? 'default') !== metadata.namespace) {
        throw new Error(`${this.node.scope?.node.path}: Secret '${secret.name}' is made in namespace '${secret.metadata.namespace ?? 'default'}', and Pods mount only Secrets of their own, '${metadata.namespace}'; make it there`);
      }
      return { secretName: secret.name, certificateKey: key, privateKeyKey: privateKey.key, caBundle: Buffer.from(caBundle).toString('base64') };
    }
    const { name, namespace } = metadata;
    if (certManager?.issuer === undefined) {
      new ApiObject(this, 'Issuer', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata, spec: { selfSigned: {} } });
    }
    new ApiObject(this, 'Certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: {
        secretName: `${name}-tls`,
        commonName: name,
        dnsNames: [`${name}.${namespace}.svc`],
        issuerRef: { name: certManager?.issuer ?? name, kind: certManager?.issuerKind, group: 'cert-manager.io' },
      },
    });
    return {
      secretName: `${name}-tls`,
      certificateKey: 'tls.crt',
      privateKeyKey: 'tls.key',
      annotations: { 'cert-manager.io/inject-ca-from': `${namespace}/${name}` },
    };
  }

  private webhooks({ name, namespace, labels }: k8s.ObjectMeta & { name: string }, { annotations, caBundle }: Certificate): void {
    const { watchNamespaces, denyNamespaces } = this.props;
    const key = 'kubernetes.io/metadata.name';
    const [operator, values] = watchNamespaces === undefined ? ['NotIn', denyNamespaces] : ['In', watchNamespaces];
    const webhook = (kind: string, resource: string, apiVersions: string[]) => ({
      name: `${resource}.monitoring.coreos.com`,
      clientConfig: { service: { name, namespace: namespace ?? '', path: `/admission-${kind}/validate`, port: 443 }, caBundle },
      rules: [{ apiGroups: ['monitoring.coreos.com'], apiVersions, resources: [resource], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' }],
      namespaceSelector: values === undefined ? undefined : { matchExpressions: [{ key, operator, values: [...values] }] },
      // An apply never waits for the webhook, nor fails for it is down.
      failurePolicy: 'Ignore',
      timeoutSeconds: 5,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    });
    apiObject(this, 'Webhook', k8s.KubeValidatingWebhookConfiguration, {
      metadata: clusterScoped({ name: `${namespace}-${name}`, labels, annotations }),
      webhooks: [
        webhook('prometheusrules', 'prometheusrules', ['v1']),
        webhook('alertmanagerconfigs', 'alertmanagerconfigs', ['v1alpha1', 'v1beta1']),
      ],
    });
  }
}

/** The webhook refuses what it cannot read, though a Prometheus could. */
function promqlArgs(webhook: Construct): string[] {
  const options = promqlOptions(webhook);
  return options.length === 0 ? [] : [`--promql-options=${options.join()}`];
}
