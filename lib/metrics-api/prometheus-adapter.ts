import { createHash } from 'node:crypto';
import { ApiObject, Duration, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { cpuMillis } from '../kubernetes/resources';
import { CertificateObjects } from './api-service-tls';
import { CustomMetric } from './custom-metric';
import { claimMetrics, claimResourceMetrics, ExtensionServer } from './extension-server';
import { ExternalMetric } from './external-metric';
import { SeriesUse, sourceProblems } from '../backend/metric-sources';
import { PrometheusClient, prometheusClient } from './prometheus-client';
import { PrometheusAdapterProps, ResourceMetrics } from './prometheus-adapter-props';
import { ResourceMetric } from './resource-metric';
import { PlannedPrometheus } from '../backend/planned-prometheus';
import { checkPositive } from '../checks';
import { componentDashboards } from '../components/component-dashboards';
import { PROMETHEUS_ADAPTER_JOB, prometheusAdapterRules } from '../components/prometheus-adapter/prometheus-adapter-rules';
import { apiObject, lazily, objectsBelow } from '../kubernetes/api-object';
import { deployment } from '../kubernetes/deployment';
import { imageOf } from '../kubernetes/images';
import { configDir } from '../kubernetes/mount-paths';
import { note } from '../kubernetes/notes';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { podTemplate } from '../kubernetes/pod';
import { makeRole, rolesBelow } from '../kubernetes/rbac';
import { resourcesOf } from '../kubernetes/resources';
import { identityOf, metadataOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { IMonitored, IPrometheus, Monitoring } from '../monitoring';
import { goDuration, promDuration } from '../units';
import { yamlText } from '../yaml';
import { checkArguments } from '../arguments';

const CONFIG_DIR = configDir('prometheus-adapter');
const CONFIG_FILE = 'config.yaml';
const KUBECONFIG_FILE = 'prometheus.kubeconfig';

const WATCH = ['list', 'watch'];

/**
 * prometheus-adapter: serves queries of Prometheus as metrics of the Kubernetes API, on which HorizontalPodAutoscalers scale. `Autoscaling` adds its
 * metrics to the adapter.
 *
 * A cluster has one server of each API: where KEDA or another adapter already serves `external.metrics.k8s.io` or `custom.metrics.k8s.io`, add no
 * external or no custom metric.
 * @see https://github.com/kubernetes-sigs/prometheus-adapter
 */
export class PrometheusAdapter extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment, its Service and its ConfigMap. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service that the API server calls. */
  public readonly service: ApiObject;
  /** The ConfigMap with the rules. */
  public readonly configMap: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;
  /** Certificate and Issuer, where cert-manager makes the certificate. */
  public readonly certificate: CertificateObjects;
  private readonly server: ExtensionServer;
  private readonly client: PrometheusClient;
  private readonly prometheus: IPrometheus;
  private readonly resourceMetrics?: ResourceMetrics;
  private readonly custom = new Map<string, CustomMetric>();
  private readonly external = new Map<string, ExternalMetric>();

  constructor(scope: Construct, id: string, props: PrometheusAdapterProps) {
    super(scope, id);
    checkArguments('PrometheusAdapter', { props }, this.node.path);
    const identity = identityOf(this, props, 'prometheus-adapter', 'metrics-api');
    [this.name, this.namespace] = [identity.name, identity.namespace];
    this.resourceMetrics = props.resourceMetrics === undefined ? undefined : { ...props.resourceMetrics };
    this.serviceAccount = serviceAccountOf(this, props, identity);
    this.server = new ExtensionServer(this, identity, props, { jobName: PROMETHEUS_ADAPTER_JOB, port: 6443, hostPort: 6444 });
    this.client = this.clientOf(identity, props);
    this.prometheus = props.prometheus;
    this.configMap = apiObject(this, 'Config', KIND.ConfigMap, { metadata: metadataOf(identity), data: lazily(() => this.files()) });
    this.workload = deployment(this, identity, props, { replicas: this.server.replicas, template: this.podTemplate(identity, props) });
    this.service = this.server.service;
    this.disruptionBudget = this.server.disruptionBudget;
    this.certificate = this.server.certificateObjects;
    this.server.delegateAuthentication(this.serviceAccount.name);
    makeRole(this, identity, {
      ids: ['ClusterRole', 'ClusterRoleBinding'],
      name: `${this.namespace}-${this.name}`,
      rules: () => this.access(),
      serviceAccountName: this.serviceAccount.name,
    });
    if (this.resourceMetrics !== undefined) {
      claimResourceMetrics(this);
      checkPositive(this.resourceMetrics.window, `${this.node.path}: resourceMetrics.window`, 'leave it out for the time over which CPU is averaged');
      this.serve('metrics.k8s.io', 'reader', ['pods', 'nodes'], 'v1beta1');
    }
    props.customMetrics?.forEach((metric) => this.addCustomMetric(metric));
    props.externalMetrics?.forEach((metric) => this.addExternalMetric(metric));
    const { name: jobName } = this.server.job;
    this.monitoring = {
      jobs: [this.server.job],
      rules: prometheusAdapterRules({ jobName, resourceMetrics: this.resourceMetrics !== undefined }, props.rules),
      dashboards: componentDashboards({
        component: PROMETHEUS_ADAPTER_JOB, jobName, folder: 'Monitoring', files: ['prometheus-adapter/prometheus-adapter'],
      }),
    };
    this.node.addValidation({ validate: () => this.problems() });
    if (props.prometheus instanceof PlannedPrometheus && props.prometheus._isSharded) {
      note(this, `a query sees the shard of '${props.prometheus.node.path}' that answers, so that autoscalers get the values of a part of the Pods, each time of another one; `
        + "name a Prometheus without shards, or keep the targets in all of them by '__tmp_disable_sharding'");
    }
    if (props.tls.skipsVerification) {
      note(this, 'the API server does not verify prometheus-adapter: any Pod that can impersonate it can make autoscalers scale; '
        + 'use ApiServiceTls.certManager() or .fromSecret()');
    }
  }

  /** Roles and ClusterRoles with their bindings, and the ClusterRoles for reading the metrics. */
  public get roles(): ApiObject[] {
    return rolesBelow(this);
  }

  /** APIServices of the metrics so far: one for resource metrics, two for custom ones, one for external ones. */
  public get apiServices(): ApiObject[] {
    return objectsBelow(this, 'APIService');
  }

  /** Custom metrics so far. */
  public get customMetrics(): CustomMetric[] {
    return [...this.custom.values()];
  }

  /** External metrics so far. */
  public get externalMetrics(): ExternalMetric[] {
    return [...this.external.values()];
  }

  /**
   * Adds a metric of objects in the cluster. Adding an equal metric again changes nothing. Throws when another metric has its name, and when another
   * adapter of the app serves custom metrics.
   */
  public addCustomMetric(metric: CustomMetric): CustomMetric {
    checkArguments('PrometheusAdapter.addCustomMetric', { metric }, this.node.path);
    this.requireSame('custom', metric, this.custom.get(metric.name));
    if (this.custom.size === 0) {
      claimMetrics(this, 'custom.metrics.k8s.io', "the custom metrics, by 'customMetrics' or addCustomMetric()");
      this.serve('custom.metrics.k8s.io', 'custom-reader', ['*'], 'v1beta1', 'v1beta2');
    }
    this.custom.set(metric.name, metric);
    return metric;
  }

  /**
   * Adds an external metric. Adding an equal metric again changes nothing. Throws when another metric has its name, and when another
   * adapter of the app serves external metrics.
   */
  public addExternalMetric(metric: ExternalMetric): ExternalMetric {
    checkArguments('PrometheusAdapter.addExternalMetric', { metric }, this.node.path);
    this.requireSame('external', metric, this.external.get(metric.name));
    if (this.external.size === 0) {
      claimMetrics(this, 'external.metrics.k8s.io', "the external metrics, by 'externalMetrics' or addExternalMetric()");
      this.serve('external.metrics.k8s.io', 'external-reader', ['*'], 'v1beta1');
    }
    this.external.set(metric.name, metric);
    return metric;
  }

  private requireSame(kind: string, metric: CustomMetric | ExternalMetric, before?: CustomMetric | ExternalMetric): void {
    if (before !== undefined && yamlText(before._rule()) !== yamlText(metric._rule())) {
      throw new Error(`${this.node.path}: ${kind} metric '${metric.name}' exists already with another series or query; give one of the two another 'name'`);
    }
  }

  private serve(group: string, role: string, resources: string[], ...versions: string[]): void {
    versions.forEach((version, i) => this.server.apiService(`ApiService-${version}-${group}`, { group, version, priority: 100 * (i + 1) }));
    this.server.readerRole(`Role-${role}`, role, { apiGroups: [group], resources, verbs: ['get', 'list'] });
  }

  /** The adapter lists the objects that a selector of an autoscaler selects, to ask for the metric of each. */
  private access(): k8s.PolicyRule[] {
    const listed = this.customMetrics.flatMap(({ resources }) => resources);
    return [
      ...(this.resourceMetrics === undefined ? [] : [{ apiGroups: [''], resources: ['nodes', 'pods'], verbs: WATCH }]),
      ...listed.map(({ group, resource }) => ({ apiGroups: [group], resources: [resource], verbs: ['list'] })),
    ];
  }

  private clientOf(identity: WorkloadIdentity, props: PrometheusAdapterProps): PrometheusClient {
    const { where } = identity;
    const { prometheus, prometheusHttp, prometheusKubeconfig: kubeconfig } = props;
    if (prometheus instanceof PlannedPrometheus && prometheus._isAgent) {
      throw new Error(`${where}: Prometheus '${prometheus.node.path}' is an agent, which answers no queries; name one that is not`);
    }
    if (prometheusHttp !== undefined && kubeconfig !== undefined) {
      throw new Error(`${where}: got both 'prometheusHttp' and 'prometheusKubeconfig'; keep one of them`);
    }
    const askedBy = prometheusHttp === undefined ? prometheus.node.path : undefined;
    const asked = { url: prometheus.url, http: prometheusHttp ?? prometheus.httpConfig ?? {}, kubeconfig, askedBy };
    return prometheusClient(identity, asked, `${CONFIG_DIR}/${KUBECONFIG_FILE}`);
  }

  private files(): { [file: string]: string } {
    const { kubeconfig } = this.client;
    const { resourceMetrics: { cpu = ResourceMetric.cpu(), memory = ResourceMetric.memory(), window } = {} } = this;
    const config = {
      rules: this.customMetrics.map((metric) => metric._rule()),
      externalRules: this.external.size === 0 ? undefined : this.externalMetrics.map((metric) => metric._rule()),
      resourceRules: this.resourceMetrics === undefined ? undefined : {
        cpu: cpu._rule(), memory: memory._rule(), window: promDuration(window ?? cpu._window ?? Duration.minutes(2)),
      },
    };
    return { [CONFIG_FILE]: yamlText(config), ...(kubeconfig === undefined ? {} : { [KUBECONFIG_FILE]: kubeconfig }) };
  }

  private problems(): string[] {
    const isEmpty = this.resourceMetrics === undefined && this.custom.size === 0 && this.external.size === 0;
    return [
      ...(isEmpty ? ["serves no metric; add one by 'resourceMetrics', 'customMetrics' or 'externalMetrics', or an Autoscaling, or leave the adapter out"] : []),
      ...(this.prometheus instanceof PlannedPrometheus ? sourceProblems(this.prometheus, this.served()) : []),
    ];
  }

  private served(): SeriesUse[] {
    const { cpu = ResourceMetric.cpu(), memory = ResourceMetric.memory() } = this.resourceMetrics ?? {};
    const resources = this.resourceMetrics === undefined ? [] : [
      { what: 'resourceMetrics.cpu', metric: cpu }, { what: 'resourceMetrics.memory', metric: memory },
    ];
    return [
      ...this.customMetrics.map(({ name, _made }) => ({ what: `custom metric '${name}'`, ..._made })),
      ...this.externalMetrics.map(({ name, _made }) => ({ what: `external metric '${name}'`, ..._made })),
      ...resources.flatMap(({ what, metric }) => metric._made.map((made) => ({ what, ...made }))),
    ];
  }

  private podTemplate(identity: WorkloadIdentity, props: PrometheusAdapterProps): k8s.PodTemplateSpec {
    return podTemplate(identity, props, {
      program: 'prometheusAdapter',
      serviceAccountName: this.serviceAccount.name,
      usesToken: true,
      ownsVolumes: true,
      pods: this.server.replicas,
      // the adapter reads its configuration at its start only, so a change has to roll the Pods
      annotations: { 'checksum/config': lazily(() => createHash('sha256').update(yamlText(this.files())).digest('hex').slice(0, 16)) },
      containers: [{
        name: 'prometheus-adapter',
        image: imageOf('prometheusAdapter', props),
        args: [
          ...this.server.args,
          `--config=${CONFIG_DIR}/${CONFIG_FILE}`,
          ...this.client.args,
          // a query names every Pod that is asked for, and a URL has an end
          '--prometheus-verb=POST',
          ...timeArgs(identity.where, props),
        ],
        ...this.server.container,
        resources: resourcesOf(identity.where, props.resources, {
          cpuRequest: cpuMillis(50), memoryRequest: Size.mebibytes(100), memoryLimit: Size.mebibytes(500),
        }),
        volumeMounts: [{ name: 'config', mountPath: CONFIG_DIR, readOnly: true }, ...this.server.volumeMounts, ...this.client.volumeMounts],
      }],
      volumes: [{ name: 'config', configMap: { name: identity.name } }, ...this.server.volumes, ...this.client.volumes],
    });
  }
}

/** The adapter ends at its start when it would forget series before it looks for them again. */
function timeArgs(where: string, { relistInterval = Duration.minutes(1), maxAge }: PrometheusAdapterProps): string[] {
  checkPositive(relistInterval, `${where}: relistInterval`, 'leave it out for 1 minute');
  const [relist, defaultAge] = [relistInterval.toMilliseconds(), Duration.minutes(5)];
  const age = maxAge ?? (relist > defaultAge.toMilliseconds() ? relistInterval : defaultAge);
  if (age.toMilliseconds() < relist) {
    throw new Error(`${where}: maxAge ${goDuration(age)} is shorter than relistInterval ${goDuration(relistInterval)}; make it as long or longer`);
  }
  return [`--metrics-relist-interval=${goDuration(relistInterval)}`, `--metrics-max-age=${goDuration(age)}`];
}
