import { ApiObject, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { grantAccess } from './kube-state-access';
import { kubeStateDashboards } from './kube-state-dashboards';
import { KUBE_STATE_FLAGS, selectionFlags } from './kube-state-flags';
import { KubeStateMetricsProps } from './kube-state-metrics-props';
import { KubeStateResource } from './kube-state-resource';
import { KUBE_STATE_JOB, kubeStateRules } from './kube-state-rules';
import { exposes } from './rules-with-metrics';
import { deployment } from '../../kubernetes/deployment';
import { extraFlagArgs } from '../../kubernetes/flags';
import { imageOf } from '../../kubernetes/images';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { podTemplate } from '../../kubernetes/pod';
import { podService } from '../../kubernetes/pod-service';
import { rolesBelow } from '../../kubernetes/rbac';
import { resourcesOf } from '../../kubernetes/resources';
import { statefulSet } from '../../kubernetes/stateful-set';
import { identityOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, Monitoring, Relabeling, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob } from '../../monitoring';
import { namespacesOf } from '../../monitoring/scrape/namespaces';
import { endpointOptions } from '../monitor-endpoints';
import { servedRules } from '../served-rules';
import { checkCount, checkNamedOnce } from '../../checks';
import { checkArguments } from '../../arguments';

/** Ports by name. */
const PORTS = { 'http-metrics': 8080, telemetry: 8081 };

/** Names of the metrics about objects. Those of custom resources are whatever a user calls them. */
const OBJECT_METRICS = /^kube_(?!state_metrics_)/;

/** Names of the metrics of the exporter itself. */
const OWN_METRICS = /^(?:kube_state_metrics|http_request_duration_seconds|go|process|promhttp)_/;

/**
 * kube-state-metrics: the state of the objects of the cluster, such as replicas wanted and available, phases of Pods, requests and
 * limits, conditions of nodes.
 *
 * Its series keep the labels `namespace`, `pod`, `container` and `node` of the objects that they are about. Those of its own Pod, which
 * would appear on series that lack one, are left off; `telemetry`, where it exposes its own state, has them.
 * @see https://github.com/kubernetes/kube-state-metrics
 */
export class KubeStateMetrics extends Construct implements IMonitored {
  /** Scrape job, rules and dashboards. */
  public readonly monitoring: Monitoring;
  /** Name of the workload and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment; with several shards, the StatefulSet. */
  public readonly workload: ApiObject;
  /** The headless Service that makes the Pods discoverable. */
  public readonly service: ApiObject;
  /** Number of Pods over which the objects are spread. */
  public readonly shards: number;
  private readonly watched: readonly KubeStateResource[];

  constructor(scope: Construct, id: string, props: KubeStateMetricsProps = {}) {
    super(scope, id);
    checkArguments('KubeStateMetrics', { props }, this.node.path);
    const identity = identityOf(this, props, 'kube-state-metrics', 'exporter');
    const { name, namespace, selector } = identity;
    [this.name, this.namespace] = [name, namespace];
    this.shards = props.shards ?? 1;
    checkCount(this.shards, `${this.node.path}: shards`, 'one');
    const namespaces = namespacesOf(this.node.path, props.namespaces);
    this.watched = this.watchedOf(props);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    const parts = { replicas: this.shards, template: this.podTemplate(identity, props, namespaces) };
    this.workload = this.shards === 1
      ? deployment(this, identity, props, parts)
      : statefulSet(this, identity, props, { ...parts, podManagementPolicy: 'Parallel' });
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: Object.entries(PORTS).map(([of, port]) => ({ name: of, port })) });
    grantAccess(this, identity, {
      serviceAccountName: this.serviceAccount.name,
      resources: this.watched,
      customResources: props.customResources ?? [],
      namespaces,
      shards: this.shards,
    });
    const objects: ScrapeEndpointProps = {
      port: 'http-metrics',
      honorLabels: true,
      relabelings: [Relabeling.labelDrop('namespace|service|pod|container|endpoint|node')],
      ...endpointOptions(props),
    };
    const job = ScrapeJob.fromService({
      name: props.jobName ?? KUBE_STATE_JOB,
      labels: selector,
      namespaces: [namespace],
      endpoints: [
        props.customResources === undefined ? ScrapeEndpoint._exposing(OBJECT_METRICS, objects) : new ScrapeEndpoint(objects),
        ScrapeEndpoint._exposing(OWN_METRICS, { ...endpointOptions({ interval: props.interval, timeout: props.timeout }), port: 'telemetry' }),
      ],
    });
    const exposed = { resources: this.watched, metricAllowlist: props.metricAllowlist, metricDenylist: props.metricDenylist };
    const rules = kubeStateRules({ jobName: job.name, shards: this.shards }, props.rules);
    this.monitoring = {
      jobs: [job],
      rules: servedRules(this, rules, (expr) => exposes(expr, exposed), 'the metrics that they use are not exposed'),
      dashboards: kubeStateDashboards(job.name, exposed, props.rules),
    };
  }

  /** Roles and ClusterRoles with their bindings. */
  public get roles(): ApiObject[] {
    return rolesBelow(this);
  }

  /** Kinds of objects whose state is exposed. */
  public get watchedResources(): KubeStateResource[] {
    return [...this.watched];
  }

  private watchedOf({ watchedResources, namespaces }: KubeStateMetricsProps): KubeStateResource[] {
    const chosen = watchedResources ?? KubeStateResource.defaults().filter(({ namespaced }) => namespaced || namespaces === undefined);
    if (chosen.length === 0) {
      throw new Error(`${this.node.path}: watchedResources is empty; name at least one KubeStateResource, or leave it out for the default`);
    }
    checkNamedOnce(chosen.map(({ plural }) => plural), `${this.node.path}: watchedResources`, 'kind');
    return [...chosen];
  }

  private podTemplate(identity: WorkloadIdentity, props: KubeStateMetricsProps, namespaces?: readonly string[]): k8s.PodTemplateSpec {
    const own = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    const sharded = this.shards > 1;
    return podTemplate(identity, props, {
      program: 'kubeStateMetrics',
      serviceAccountName: this.serviceAccount.name,
      usesToken: true,
      containers: [{
        name: 'kube-state-metrics',
        image: imageOf('kubeStateMetrics', props),
        args: [
          `--port=${PORTS['http-metrics']}`,
          `--telemetry-port=${PORTS.telemetry}`,
          ...selectionFlags(this.node.path, { ...props, resources: this.watched, namespaces }),
          ...extraFlagArgs(this.node.path, props, KUBE_STATE_FLAGS),
          ...(sharded ? ['--pod=$(POD_NAME)', '--pod-namespace=$(POD_NAMESPACE)'] : []),
        ],
        env: sharded ? [own('POD_NAME', 'metadata.name'), own('POD_NAMESPACE', 'metadata.namespace')] : undefined,
        ports: Object.entries(PORTS).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
        resources: resourcesOf(identity.where, props.resources, {
          cpuRequest: cpuMillis(10), memoryRequest: Size.mebibytes(100), memoryLimit: Size.gibibytes(1),
        }),
        readinessProbe: { httpGet: { path: '/readyz', port: numberOrText('telemetry') }, timeoutSeconds: 5 },
        // not /livez, which asks the API server: its outage must not restart the exporter
        livenessProbe: { httpGet: { path: '/healthz', port: numberOrText('http-metrics') }, timeoutSeconds: 5, failureThreshold: 5 },
      }],
    });
  }
}
