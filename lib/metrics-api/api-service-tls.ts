import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateIssuerKind, SecretKey } from '../kubernetes';
import { requireOwnSecret, secretMadeIn, setWayOut } from '../kubernetes/own-namespace';
import { certManagerCertificate, ExistingIssuer, issuerOf, ServingCertificate } from '../kubernetes/serving-certificate';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { TlsClient, TlsServer } from '../monitoring';
import { checkArguments } from '../arguments';

/** Issuer of the certificate of a metrics API. */
export interface CertManagerIssuer {
  /**
   * Name of an existing issuer that writes `ca.crt`, which those of public authorities do not.
   * @default - one is made, of self-signed certificates
   */
  readonly issuerName?: string;
  /**
   * Kind of the issuer that is named.
   * @default CertificateIssuerKind.ISSUER
   */
  readonly issuerKind?: CertificateIssuerKind;
}

/** Objects of cert-manager by which a metrics API has its certificate. */
export interface CertificateObjects {
  /**
   * The Certificate.
   * @default - none where the certificate is not cert-manager's
   */
  readonly certificate?: ApiObject;
  /**
   * The Issuer.
   * @default - none with an existing issuer, or where the certificate is not cert-manager's
   */
  readonly issuer?: ApiObject;
}

/** A certificate once its objects are made. */
export interface PlacedCertificate {
  /** Undefined where the server makes a certificate for itself at each start. */
  readonly serving?: ServingCertificate;
  /** Verification of the server by Prometheus. */
  readonly client: TlsClient;
}

interface Given {
  readonly server: TlsServer;
  readonly caBundle: string;
}

/**
 * Certificate of a metrics API, and its verification by the API server and by Prometheus.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/#contacting-the-extension-apiserver
 */
export class ApiServiceTls {
  /**
   * Certificate of cert-manager, which has to be installed with its CA injector. It issues and renews the certificate, and keeps the authority in
   * the APIService. Throws when `issuerKind` is given without `issuerName`.
   */
  public static certManager(issuer: CertManagerIssuer = {}): ApiServiceTls {
    checkArguments('ApiServiceTls.certManager', { issuer });
    return new ApiServiceTls(issuerOf('ApiServiceTls.certManager', issuer.issuerName, issuer.issuerKind));
  }

  /**
   * Certificate in a Secret of the server's namespace; it has to name the Service, `<name>.<namespace>.svc`. Throws when the authority is not PEM.
   * @param server certificate and private key, and the authority by which Prometheus verifies the server
   * @param caBundle certificates, as PEM, of the authority that signed the certificate; the API server verifies the server by them
   */
  public static fromSecret(server: TlsServer, caBundle: string): ApiServiceTls {
    checkArguments('ApiServiceTls.fromSecret', { server, caBundle });
    return new ApiServiceTls(undefined, { server, caBundle });
  }

  /**
   * Self-signed certificate, new at each start, which neither the API server nor Prometheus verifies: any Pod that can impersonate the server can
   * make autoscalers scale. A last resort, visible in reviews.
   */
  public static insecureSkipVerify(): ApiServiceTls {
    return new ApiServiceTls();
  }

  private constructor(private readonly issuer?: ExistingIssuer, private readonly given?: Given) {}

  /** Whether the certificate is not verified. */
  public get skipsVerification(): boolean {
    return this.issuer === undefined && this.given === undefined;
  }

  /** Makes the objects of cert-manager, if it is one of its. Throws when the app makes the Secret in another namespace. @internal */
  public _place(scope: Construct, identity: WorkloadIdentity): PlacedCertificate {
    const { name, namespace, where } = identity;
    const serviceName = `${name}.${namespace}.svc`;
    const wayOut = `give '${where}' 'scrapeTls', such as TlsClient.secretCa() with the authority in a Secret there, and serverName '${serviceName}', or choose the same 'namespace'`;
    if (this.issuer !== undefined) {
      const serving = certManagerCertificate(scope, identity, this.issuer);
      const secret = secretMadeIn(scope, serving.secretName, namespace);
      setWayOut(secret, wayOut);
      return { serving, client: TlsClient.secretCa(SecretKey.of(secret, 'ca.crt'), { serverName: serviceName }) };
    }
    if (this.given === undefined) {
      return { client: TlsClient.insecureSkipVerify() };
    }
    const { server, caBundle } = this.given;
    requireOwnSecret(where, server.certificate.secret, namespace);
    setWayOut(server.certificate.secret, wayOut);
    return {
      serving: {
        secretName: server.certificate.secret.name,
        certificateKey: server.certificate.key,
        privateKeyKey: server.privateKey.key,
        caBundle: Buffer.from(caBundle).toString('base64'),
      },
      // without an authority in the Secret it is in the configuration
      client: server.ca === undefined ? TlsClient.pemCa(caBundle, { serverName: server.serverName ?? serviceName }) : server._client(serviceName),
    };
  }
}
