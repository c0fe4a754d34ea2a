import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { KIND } from '../kubernetes/kinds';
import { CertificateObjects, PlacedCertificate } from './api-service-tls';
import { MetricsApiOptions } from './metrics-api-options';
import { checkCount, checkPortNumber } from '../checks';
import { endpointOptions, UNUSED_KUBERNETES_METRICS } from '../components/monitor-endpoints';
import { apiObject, clusterScoped } from '../kubernetes/api-object';
import { disruptionBudget } from '../kubernetes/availability';
import { podService } from '../kubernetes/pod-service';
import { bindRole, unboundRole } from '../kubernetes/rbac';
import { TLS_DIR, tlsVolume } from '../kubernetes/serving-certificate';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { Authorization, MetricSelection, Scheme, ScrapeEndpoint, ScrapeJob } from '../monitoring';

/** Folder of the certificate that a server signs itself. */
const OWN_CERTIFICATE_DIR = '/tmp/certificates';

/** A version of an API group. */
export interface ApiVersion {
  readonly group: string;
  readonly version: string;
  /** Priority among the versions of the group; the highest is preferred. */
  readonly priority?: number;
}

/** Defaults of a server. */
export interface ServerDefaults {
  readonly jobName: string;
  readonly port: number;
  /** Port in the network of the node, where others are taken by the kubelet and the API server. */
  readonly hostPort: number;
}

/** What all servers that extend the API server have in common: certificate, port, Service, APIServices, delegated authentication, scrape job. */
export class ExtensionServer {
  public readonly service: ApiObject;
  public readonly disruptionBudget?: ApiObject;
  public readonly job: ScrapeJob;
  private readonly certificate: PlacedCertificate;
  private readonly port: number;

  constructor(
    private readonly scope: Construct,
    private readonly identity: WorkloadIdentity,
    private readonly options: MetricsApiOptions,
    defaults: ServerDefaults,
  ) {
    const { where, selector, namespace } = identity;
    checkCount(options.replicas, `${where}: replicas`, 'one');
    this.port = this.portOf(defaults);
    this.certificate = options.tls._place(scope, identity);
    this.service = podService(scope, 'Service', identity, { options, ports: [{ name: 'https', port: 443 }] });
    this.disruptionBudget = disruptionBudget(scope, identity, this.replicas, options.maxUnavailable);
    this.job = ScrapeJob.fromService({
      name: options.jobName ?? defaults.jobName,
      labels: selector,
      namespaces: [namespace],
      endpoints: [new ScrapeEndpoint({
        ...endpointOptions(options, MetricSelection.drop(...UNUSED_KUBERNETES_METRICS)),
        port: 'https',
        scheme: Scheme.HTTPS,
        tls: options.scrapeTls ?? this.certificate.client,
        authorization: Authorization.serviceAccountToken(),
      })],
    });
  }

  public get replicas(): number {
    return this.options.replicas ?? 1;
  }

  /** Objects of cert-manager. */
  public get certificateObjects(): CertificateObjects {
    return { certificate: this.certificate.serving?.object, issuer: this.certificate.serving?.issuer };
  }

  /** Flags of the port and the certificate. */
  public get args(): string[] {
    return [
      `--secure-port=${this.port}`,
      ...(this.certificate.serving === undefined
        ? [`--cert-dir=${OWN_CERTIFICATE_DIR}`]
        : [`--tls-cert-file=${TLS_DIR}/tls.crt`, `--tls-private-key-file=${TLS_DIR}/tls.key`]),
    ];
  }

  /** Port and probes of the container. A server that is alive and has nothing to serve yet is not restarted for it. */
  public get container(): Pick<k8s.Container, 'ports' | 'readinessProbe' | 'livenessProbe'> {
    const probe = (path: string) => ({ httpGet: { path, port: numberOrText('https'), scheme: 'HTTPS' }, timeoutSeconds: 5 });
    return {
      ports: [{ name: 'https', containerPort: this.port, protocol: 'TCP' }],
      readinessProbe: probe('/readyz'),
      livenessProbe: { ...probe('/livez'), failureThreshold: 5 },
    };
  }

  public get volumeMounts(): k8s.VolumeMount[] {
    return this.certificate.serving === undefined
      ? [{ name: 'certificates', mountPath: OWN_CERTIFICATE_DIR }]
      : [{ name: 'tls', mountPath: TLS_DIR, readOnly: true }];
  }

  public get volumes(): k8s.Volume[] {
    return this.certificate.serving === undefined ? [{ name: 'certificates', emptyDir: {} }] : [tlsVolume(this.certificate.serving)];
  }

  /**
   * The APIService by which the API server sends requests for a version of an API here. Names of APIServices are
   * fixed, so that a cluster has one server for each.
   * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/
   */
  public apiService(id: string, { group, version, priority = 100 }: ApiVersion): ApiObject {
    const { name, namespace, labels } = this.identity;
    const { serving } = this.certificate;
    return apiObject(this.scope, id, KIND.APIService, {
      metadata: clusterScoped({ name: `${version}.${group}`, labels, annotations: serving?.annotations }),
      spec: {
        group,
        version,
        groupPriorityMinimum: 100,
        versionPriority: priority,
        service: { name, namespace, port: 443 },
        caBundle: serving?.caBundle,
        insecureSkipTlsVerify: serving === undefined ? true : undefined,
      },
    });
  }

  /**
   * Lets the server ask the API server who sends a request and whether it is allowed.
   * @see https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/
   */
  public delegateAuthentication(serviceAccountName: string): void {
    const { name, namespace } = this.identity;
    bindRole(this.scope, this.identity, {
      id: 'AuthDelegatorBinding', name: `${namespace}-${name}-auth-delegator`, role: 'system:auth-delegator', serviceAccountName,
    });
    // it holds the authority of the certificate by which the API server calls
    bindRole(this.scope, this.identity, {
      id: 'AuthReaderBinding',
      name: `${namespace}-${name}-auth-reader`,
      namespace: 'kube-system',
      role: 'extension-apiserver-authentication-reader',
      serviceAccountName,
    });
  }

  /** A ClusterRole that lets everyone with the roles `view`, `edit` or `admin` read the metrics. */
  public readerRole(id: string, suffix: string, rule: k8s.PolicyRule): void {
    const { name, namespace, labels } = this.identity;
    const aggregated = Object.fromEntries(['view', 'edit', 'admin'].map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']));
    unboundRole(this.scope, { id, name: `${namespace}-${name}-${suffix}`, labels: { ...labels, ...aggregated }, rules: () => [rule] });
  }

  private portOf({ port: defaultPort, hostPort }: ServerDefaults): number {
    const { hostNetwork = false, port = hostNetwork ? hostPort : defaultPort } = this.options;
    const { where } = this.identity;
    checkPortNumber(port, `${where}: port`);
    if (hostNetwork && [6443, 10250].includes(port)) {
      throw new Error(`${where}: port ${port} is taken on nodes by the ${port === 6443 ? 'API server' : 'kubelet'}; choose another, or leave it out for ${hostPort}`);
    }
    if (port < 1024) {
      throw new Error(`${where}: port ${port} is below 1024, where a server without privileges cannot listen; choose a higher one, or leave it out for ${hostNetwork ? hostPort : defaultPort}`);
    }
    return port;
  }
}

/** What serves the resource metrics API, by the app. */
const CLAIMS = new WeakMap<IConstruct, Construct>();

/** What serves other metrics APIs, by the app and the group. */
const OTHER_CLAIMS = new WeakMap<IConstruct, Map<string, Construct>>();

/**
 * Claims another metrics API, of which a cluster has one server too. Throws when another construct of the app has it.
 * @param wayOut what to do then, with the path of the other construct in front of it
 */
export function claimMetrics(claimant: Construct, group: string, wayOut: string): void {
  const { root } = claimant.node;
  const claims = OTHER_CLAIMS.get(root) ?? new Map<string, Construct>();
  OTHER_CLAIMS.set(root, claims);
  const other = claims.get(group);
  if (other !== undefined && other !== claimant) {
    throw new Error(`${claimant.node.path}: '${other.node.path}' serves ${group} already, and a cluster has one server of an API; `
      + `give '${other.node.path}' ${wayOut}, or make an App of its own for charts of another cluster`);
  }
  claims.set(group, claimant);
}

/** Claims `metrics.k8s.io`, of which a cluster has one server. Throws when another construct of the app has it: its charts are of one cluster. */
export function claimResourceMetrics(claimant: Construct): void {
  const { root } = claimant.node;
  const other = CLAIMS.get(root);
  if (other !== undefined) {
    throw new Error(`${claimant.node.path}: '${other.node.path}' serves metrics.k8s.io already, and a cluster has one server of an API; `
      + "leave out MetricsServer, or 'resourceMetrics' of PrometheusAdapter, or make an App of its own for charts of another cluster");
  }
  CLAIMS.set(root, claimant);
}
