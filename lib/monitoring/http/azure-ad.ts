import { NewerSetting, Variables } from './cloud-credentials';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, unlessDefault, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Cloud of Azure. */
export enum AzureCloud {
  /** The public cloud. */
  PUBLIC = 'AzurePublic',
  /** Azure Government. */
  GOVERNMENT = 'AzureGovernment',
  /** Azure China. */
  CHINA = 'AzureChina',
}

/** Options of tokens of Microsoft Entra ID. */
export interface AzureAdOptions {
  /**
   * Cloud that issues the tokens.
   * @default AzureCloud.PUBLIC
   */
  readonly cloud?: AzureCloud;
  /**
   * Scope of the tokens. Known from Prometheus 3.9 on.
   * @default - Azure Monitor's in the cloud
   */
  readonly scope?: string;
}

/** Options of a managed identity. */
export interface AzureManagedIdentityOptions extends AzureAdOptions {
  /**
   * Client id of the identity, a UUID.
   * @default - the identity that the node has; Prometheus before 3.5 needs one
   */
  readonly clientId?: string;
}

/** Options of an identity of a tenant. */
export interface AzureIdentityOptions extends AzureAdOptions {
  /** Client id of the application or the managed identity, a UUID. */
  readonly clientId: string;
  /** Id of the tenant, a UUID. */
  readonly tenantId: string;
}

/** Options of an application with a client secret. */
export interface AzureClientSecretOptions extends AzureIdentityOptions {
  /** Client secret of the application. */
  readonly clientSecret: SecretKey;
}

/** Options of an application with a certificate. */
export interface AzureCertificateOptions extends AzureIdentityOptions {
  /** Certificate of the application, in PEM. */
  readonly certificate: SecretKey;
  /** Private key of the certificate, RSA in PEM. */
  readonly privateKey: SecretKey;
  /**
   * Whether the chain of the certificate is sent, for an application that trusts its subject and issuer.
   * @default false
   */
  readonly sendCertificateChain?: boolean;
}

/** Way to get tokens. */
interface Method {
  readonly settings: WireMap;
  readonly settingsOfProgram?: WireMap;
  readonly variables?: Variables;
  readonly newer?: readonly NewerSetting[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Tokens of Microsoft Entra ID, formerly Azure AD.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
 */
export class AzureAd {
  /** Tokens of a managed identity of the node. Throws on a client id that is not a UUID, and on a scope with other characters than URLs have. */
  public static managedIdentity(options: AzureManagedIdentityOptions = {}): AzureAd {
    checkArguments('AzureAd.managedIdentity', { options });
    const { clientId } = options;
    return new AzureAd('AzureAd.managedIdentity', options, { clientId }, {
      settings: { managedIdentity: { clientId } },
      newer: clientId === undefined ? [["a managed identity without 'clientId'", '3.5']] : [],
    });
  }

  /**
   * Tokens for a workload identity: `serviceAccountAnnotations` have to name the client id, `azure.workload.identity/client-id`, and `podLabels` ask
   * for a token, `azure.workload.identity/use: 'true'`. Known from Prometheus 3.7 on. Throws on ids that are not UUIDs, and on a scope with other
   * characters than URLs have.
   */
  public static workloadIdentity(options: AzureIdentityOptions): AzureAd {
    checkArguments('AzureAd.workloadIdentity', { options });
    const { clientId, tenantId } = options;
    return new AzureAd('AzureAd.workloadIdentity', options, { clientId, tenantId }, {
      settings: { workloadIdentity: { clientId, tenantId } },
      newer: [['AzureAd.workloadIdentity', '3.7']],
    });
  }

  /**
   * Tokens for an application with a client secret. With `PrometheusServer` the secret is in its environment, because Prometheus reads none from
   * files: the Pod starts once the Secret exists, reads it then, and has one application for all its remote writes. Throws as `workloadIdentity`
   * does.
   */
  public static clientSecret(options: AzureClientSecretOptions): AzureAd {
    checkArguments('AzureAd.clientSecret', { options });
    const { clientId, tenantId, clientSecret } = options;
    return new AzureAd(`AzureAd.clientSecret('${clientSecret._id}')`, options, { clientId, tenantId }, {
      settings: { oauth: { clientId, tenantId, clientSecret: Leaf.secret(clientSecret) } },
      // Prometheus's configuration has no file for the client secret, but the SDK has variables.
      settingsOfProgram: { sdk: { tenantId } },
      variables: { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret },
    });
  }

  /**
   * Tokens for an application with a certificate. Custom resources of the operator have no field for it. Prometheus reads the files when it loads its
   * configuration: as long as they are missing it does not start. Known from Prometheus 3.13 on. Throws as `workloadIdentity` does.
   */
  public static certificate(options: AzureCertificateOptions): AzureAd {
    checkArguments('AzureAd.certificate', { options });
    const { clientId, tenantId, certificate, privateKey, sendCertificateChain = false } = options;
    return new AzureAd(`AzureAd.certificate('${certificate._id}')`, options, { clientId, tenantId }, {
      settings: { certificate: {
        clientId, tenantId,
        certificatePath: Leaf.secret(certificate),
        certificateKeyPath: Leaf.secret(privateKey),
        sendCertificateChain: unlessDefault(sendCertificateChain, false),
      } },
      newer: [['AzureAd.certificate', '3.13']],
    });
  }

  private readonly options: WireMap;

  private constructor(
    where: string,
    { cloud = AzureCloud.PUBLIC, scope }: AzureAdOptions,
    ids: { readonly clientId?: string; readonly tenantId?: string },
    private readonly method: Method,
  ) {
    Object.entries(ids).forEach(([name, id]) => {
      if (id !== undefined && !UUID.test(id)) {
        throw new Error(`${where}: ${name} '${id}' is not a UUID; write it as '00000000-0000-0000-0000-000000000000'`);
      }
    });
    if (scope !== undefined && !/^[-\w\s:/.]+$/.test(scope)) {
      throw new Error(`${where}: scope '${scope}' is not a scope; write it as 'https://monitor.azure.com//.default'`);
    }
    this.options = { cloud: unlessDefault(cloud, AzureCloud.PUBLIC), scope };
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    return { ...this.options, ...this.method.settings };
  }

  /** The wire form without a client secret. @internal */
  public _settings(): WireMap {
    return { ...this.options, ...this.method.settingsOfProgram ?? this.method.settings };
  }

  /** The client secret and whose it is. @internal */
  public _variables(): Variables {
    return this.method.variables ?? {};
  }

  /** None: the configuration names them. @internal */
  public _files(): SecretKey[] {
    return [];
  }

  /** Settings that older versions do not have. @internal */
  public _newer(): NewerSetting[] {
    return [...this.method.newer ?? [], ...(this.options.scope === undefined ? [] : [["'scope' of AzureAd", '3.9'] as const])];
  }
}
