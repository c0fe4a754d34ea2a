import { ApiObject } from 'cdk8s';
import { CertificateIssuerKind, ComputeResources } from '../../kubernetes';
import { SecretKey } from '../../kubernetes/secret-key';
import { ExistingIssuer, issuerOf } from '../../kubernetes/serving-certificate';
import { checkCount } from '../../checks';
import { TlsServer } from '../../monitoring';
import { checkArguments } from '../../arguments';

/** Options of the admission webhook. */
export interface AdmissionWebhookOptions {
  /**
   * Image with its tag or digest.
   * @default - upstream's, in the version that the library was tested with
   */
  readonly image?: string;
  /**
   * Number of Pods.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Resource requests and limits of a Pod.
   * @default - requests 10m CPU and 50 MiB, limit 200 MiB
   */
  readonly resources?: ComputeResources;
}

/** Issuer of the webhook's certificate. */
export interface CertManagerWebhookOptions extends AdmissionWebhookOptions {
  /**
   * Name of an issuer that is there already and writes `ca.crt`, which those of public authorities do not.
   * @default - one is made that has the certificate sign itself
   */
  readonly issuerName?: string;
  /**
   * Kind of the issuer that is named.
   * @default CertificateIssuerKind.ISSUER
   */
  readonly issuerKind?: CertificateIssuerKind;
}

/** Webhook with a certificate from Secrets. */
export interface TlsWebhookOptions extends AdmissionWebhookOptions {
  /** The certificates, as PEM, of the authority that signed the certificate; the API server verifies the webhook by them. */
  readonly caBundle: string;
}

/** Objects of an admission webhook. */
export interface AdmissionWebhookObjects {
  /** The Deployment. */
  readonly workload: ApiObject;
  /** The Service that the API server calls. */
  readonly service: ApiObject;
  /** The ValidatingWebhookConfiguration. */
  readonly webhookConfiguration: ApiObject;
  /**
   * The PodDisruptionBudget.
   * @default - none with a single replica
   */
  readonly disruptionBudget?: ApiObject;
  /**
   * The Certificate of cert-manager.
   * @default - none where the certificate comes from a Secret
   */
  readonly certificate?: ApiObject;
  /**
   * The Issuer of the certificate.
   * @default - none where the certificate comes from a Secret or an existing issuer
   */
  readonly issuer?: ApiObject;
}

/**
 * A webhook by which the API server refuses rules and Alertmanager configurations that are not valid. What it cannot ask about, while the
 * webhook is down or its certificate is not there yet, it takes: no apply fails for that.
 *
 * Rules may have the PromQL that `enableFeatures` of a Prometheus of the app enables; the operator judges them again for each Prometheus.
 * Names of metrics and labels are UTF-8, as Prometheus 3 takes them.
 * @see https://prometheus-operator.dev/docs/platform/webhook/
 */
export class AdmissionWebhook {
  /**
   * Serves with a certificate that cert-manager, which must be installed, makes and renews. Throws when the kind of an issuer is named and not the
   * issuer.
   */
  public static certManager(options: CertManagerWebhookOptions = {}): AdmissionWebhook {
    checkArguments('AdmissionWebhook.certManager', { options });
    return new AdmissionWebhook(options, issuerOf('AdmissionWebhook.certManager', options.issuerName, options.issuerKind));
  }

  /**
   * Serves with a certificate from a Secret in the operator's namespace; it has to name `<operator>-admission-webhook.<namespace>.svc`. Throws when
   * the authority is not PEM.
   */
  public static tls(server: TlsServer, options: TlsWebhookOptions): AdmissionWebhook {
    checkArguments('AdmissionWebhook.tls', { server, options });
    const { certificate, privateKey } = server;
    return new AdmissionWebhook(options, undefined, { certificate, privateKey, caBundle: options.caBundle });
  }

  private constructor(
    /** @internal */
    public readonly _options: AdmissionWebhookOptions,
    /** @internal */
    public readonly _certManager: ExistingIssuer | undefined,
    /** @internal */
    public readonly _secret?: { readonly certificate: SecretKey; readonly privateKey: SecretKey; readonly caBundle: string },
  ) {
    const { replicas = 1 } = _options;
    checkCount(replicas, 'AdmissionWebhook: replicas', 'one');
  }
}
