import { ApiObject, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { cpuMillis } from '../kubernetes/resources';
import { CertificateObjects } from './api-service-tls';
import { claimResourceMetrics } from './claims';
import { ExtensionServer } from './extension-server';
import { kubeletClient, KubeletClientOptions } from './kubelet-client';
import { MetricsApiOptions } from './metrics-api-options';
import { componentDashboards } from '../components/component-dashboards';
import { METRICS_SERVER_JOB, metricsServerRules } from '../components/metrics-server/metrics-server-rules';
import { imageOf } from '../kubernetes/images';
import { note } from '../kubernetes/notes';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { podTemplate } from '../kubernetes/pod';
import { makeRole, rolesBelow } from '../kubernetes/rbac';
import { resourcesOf } from '../kubernetes/resources';
import { identityOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { IMonitored, Monitoring } from '../monitoring';
import { checkArguments } from '../arguments';

/** Kubelets, certificate and workload of metrics-server. */
export interface MetricsServerProps extends MetricsApiOptions, KubeletClientOptions {}

/**
 * metrics-server: the resource metrics API `metrics.k8s.io`, the current CPU and memory usage of Pods and nodes. `kubectl top`,
 * HorizontalPodAutoscalers and VerticalPodAutoscalers need it. Many clusters include one, and a cluster can have only one.
 *
 * The default resources suffice for 100 nodes; each further node needs 1m of CPU and 2 MiB of memory.
 * @see https://github.com/kubernetes-sigs/metrics-server
 */
export class MetricsServer extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service that the API server calls. */
  public readonly service: ApiObject;
  /** The APIService `v1beta1.metrics.k8s.io`. */
  public readonly apiService: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;
  /** Certificate and Issuer, where cert-manager makes the certificate. */
  public readonly certificate: CertificateObjects;

  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id);
    checkArguments('MetricsServer', { props }, this.node.path);
    const identity = identityOf(this, props, 'metrics-server', 'metrics-api');
    [this.name, this.namespace] = [identity.name, identity.namespace];
    claimResourceMetrics(this);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    const server = new ExtensionServer(this, identity, props, { jobName: METRICS_SERVER_JOB, port: 10250, hostPort: 4443 });
    this.workload = server.deployment(this.podTemplate(identity, props, server));
    this.service = server.service;
    this.disruptionBudget = server.disruptionBudget;
    this.certificate = server.certificateObjects;
    this.apiService = server.apiService('ApiService', { group: 'metrics.k8s.io', version: 'v1beta1' });
    server.delegateAuthentication(this.serviceAccount.name);
    makeRole(this, identity, {
      ids: ['ClusterRole', 'ClusterRoleBinding'],
      name: `${this.namespace}-${this.name}`,
      rules: () => [
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
        { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
      ],
      serviceAccountName: this.serviceAccount.name,
    });
    server.readerRole('ReaderRole', 'reader', [{ apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list'] }]);
    const { name: jobName } = server.job;
    this.monitoring = {
      jobs: [server.job],
      rules: metricsServerRules({ jobName }, props.rules),
      dashboards: componentDashboards({ component: METRICS_SERVER_JOB, jobName, folder: 'Monitoring', files: ['metrics-server/metrics-server'] }),
    };
    this.noteSkipped(props);
  }

  /** Roles and ClusterRoles with their bindings, and the ClusterRole for reading the metrics. */
  public get roles(): ApiObject[] {
    return rolesBelow(this);
  }

  private podTemplate(identity: WorkloadIdentity, props: MetricsServerProps, server: ExtensionServer): k8s.PodTemplateSpec {
    const kubelets = kubeletClient(identity, props);
    // some clusters admit this class in kube-system only
    const priorityClassName = props.priorityClassName ?? (identity.namespace === 'kube-system' ? 'system-cluster-critical' : undefined);
    return podTemplate(identity, { ...props, priorityClassName }, {
      program: 'metricsServer',
      serviceAccountName: this.serviceAccount.name,
      usesToken: true,
      ownsVolumes: true,
      pods: server.replicas,
      containers: [{
        name: 'metrics-server',
        image: imageOf('metricsServer', props),
        args: [...server.args, ...kubelets.args],
        ...server.container,
        resources: resourcesOf(identity.where, props.resources, {
          cpuRequest: cpuMillis(100), memoryRequest: Size.mebibytes(200), memoryLimit: Size.gibibytes(1),
        }),
        volumeMounts: [...server.volumeMounts, ...kubelets.volumeMounts],
      }],
      volumes: [...server.volumes, ...kubelets.volumes],
    });
  }

  private noteSkipped({ tls, kubeletTls }: MetricsServerProps): void {
    if (kubeletTls?.skipsVerification) {
      note(this, 'the certificates of the kubelets are not verified: anyone who answers at a node\'s address is sent the token of metrics-server; '
        + 'set serverTLSBootstrap in the kubelets\' configuration, approve their requests, and leave \'kubeletTls\' out');
    }
    if (tls.skipsVerification) {
      note(this, 'the API server does not verify metrics-server: any Pod that can impersonate it can make autoscalers scale; '
        + 'use ApiServiceTls.certManager() or .fromSecret()');
    }
  }
}
