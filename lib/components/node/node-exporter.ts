import { ApiObject, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../../kubernetes/spelling';
import { KIND } from '../../kubernetes/kinds';
import { cpuMillis } from '../../kubernetes/resources';
import { collectorFlags, HOST } from './collector-flags';
import { hasCollectors } from './collector-metrics';
import { NodeCollector } from './node-collector';
import { NODE_FLAGS } from './node-flags';
import { NodeRuleOptions } from './node-rule-options';
import { NODE_JOB, nodeRules } from './node-rules';
import { nodeThresholds } from './node-thresholds';
import { WorkloadOptions } from '../../kubernetes';
import { apiObject } from '../../kubernetes/api-object';
import { extraFlagArgs } from '../../kubernetes/flags';
import { imageOf } from '../../kubernetes/images';
import { note } from '../../kubernetes/notes';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { podTemplate } from '../../kubernetes/pod';
import { requireAdmission } from '../../kubernetes/pod-admission';
import { podService } from '../../kubernetes/pod-service';
import { resourcesOf } from '../../kubernetes/resources';
import { identityOf, metadataOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob } from '../../monitoring';
import { componentDashboards } from '../component-dashboards';
import { endpointOptions } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { servedRules } from '../served-rules';
import { checkPortNumber } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';
import { claimInApp } from '../../kubernetes/app-claims';

/** Collectors of node-exporter, and its workload. */
export interface NodeExporterDaemonSetProps extends WorkloadOptions, MonitorOptions {
  /**
   * Port that the exporter listens on, on every node, in the node's own network.
   * @default 9100
   */
  readonly port?: number;
  /**
   * Collectors that run although they are off by default, such as `NodeCollector.SYSTEMD`.
   * @default - none
   */
  readonly enabledCollectors?: NodeCollector[];
  /**
   * Collectors that do not run although they are on by default.
   * @default - none
   */
  readonly disabledCollectors?: NodeCollector[];
  /**
   * Regular expression (RE2, not anchored) of mount points whose file systems are left out.
   * @default - what is mounted for Pods and by container runtimes
   */
  readonly excludedMountPoints?: string;
  /**
   * Regular expression (RE2, not anchored) of types of file systems that are left out.
   * @default - those without blocks of their own, such as `overlay` and `proc`
   */
  readonly excludedFileSystemTypes?: string;
  /**
   * Regular expression (RE2, not anchored) of network interfaces that are left out.
   * @default - the host's ends of the Pods' interfaces
   */
  readonly excludedNetworkDevices?: string;
  /**
   * Directory of the host in which other programs leave metrics, in files `*.prom`.
   * @default - none is read
   */
  readonly textfileDirectory?: string;
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: NodeRuleOptions;
}

/**
 * node-exporter on every node: CPU, load, memory, disks, file systems, network, clock.
 *
 * It runs in the network and process namespaces of the node and mounts its file systems, read-only, so its namespace has to admit
 * Pod Security `privileged`. Otherwise it is as restricted as can be: an ordinary user, no capabilities, a read-only root.
 * @see https://github.com/prometheus/node_exporter
 */
export class NodeExporterDaemonSet extends Construct implements IMonitored {
  /** Scrape job, rules and dashboards of the nodes. */
  public readonly monitoring: Monitoring;
  /** Name of the DaemonSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Port on every node. */
  public readonly port: number;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The DaemonSet. */
  public readonly workload: ApiObject;
  /** The headless Service that makes the Pods discoverable. */
  public readonly service: ApiObject;

  constructor(scope: Construct, id: string, props: NodeExporterDaemonSetProps = {}) {
    super(scope, id);
    checkArguments('NodeExporterDaemonSet', { props }, this.node.path);
    checkOrder(this.node.path, props.rules, nodeThresholds);
    const identity = identityOf(this, props, 'node-exporter', 'exporter');
    const { name, namespace, selector } = identity;
    [this.name, this.namespace] = [name, namespace];
    this.port = props.port ?? 9100;
    checkPortNumber(this.port, `${this.node.path}: port`);
    if (props.hostNetwork !== false && props.nodeSelector === undefined && props.affinity === undefined) {
      claimInApp(this, { where: this.node.path, what: `port ${this.port} of every node` });
    }
    if (props.hostUsers === false) {
      throw new Error(`${this.node.path}: got 'hostUsers: false', and node-exporter uses the processes of the node, which the API server refuses then; leave it out`);
    }
    this.serviceAccount = serviceAccountOf(this, props, identity);
    requireAdmission(this, identity, props, { hostNetwork: props.hostNetwork ?? true, hostPid: true, volumes: HOST_VOLUMES });
    this.workload = apiObject(this, 'Resource', KIND.DaemonSet, {
      metadata: metadataOf(identity),
      spec: {
        selector: { matchLabels: selector },
        updateStrategy: this.updateStrategy(props),
        template: this.podTemplate(identity, props),
      },
    });
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [{ name: 'metrics', port: this.port }] });
    const job = ScrapeJob.fromService({
      name: props.jobName ?? NODE_JOB,
      labels: selector,
      namespaces: [namespace],
      endpoints: [new ScrapeEndpoint({ port: 'metrics', ...endpointOptions(props), ...anyFileMetrics(props) })],
    });
    const rules = nodeRules({ jobName: job.name, systemd: readsSystemd(props) }, props.rules);
    const { disabledCollectors = [] } = props;
    this.monitoring = {
      jobs: [job],
      rules: servedRules(this, rules, (expr) => hasCollectors(expr, disabledCollectors), 'the collectors of their metrics are disabled'),
      dashboards: componentDashboards({
        component: NODE_JOB,
        jobName: job.name,
        folder: 'Kubernetes',
        files: ['node/kubernetes-node', 'node/kubernetes-nodes'],
        thresholds: nodeThresholds(props.rules),
      }),
    };
    if (props.hostNetwork === false) {
      note(this, "'hostNetwork' is false, so the metrics of network interfaces and connections are those of the exporter's own Pod");
    }
    note(this, `namespace '${namespace}' has to admit Pod Security 'privileged': node-exporter uses the network, the processes and `
      + 'the file systems of the node; a MonitoringNamespace with PodSecurityLevel.PRIVILEGED does');
  }

  private updateStrategy({ updateStrategy, hostNetwork = true }: NodeExporterDaemonSetProps): k8s.DaemonSetUpdateStrategy {
    updateStrategy?._check(this.node.path, 'DaemonSet');
    if (updateStrategy?._surges === true && hostNetwork) {
      throw new Error(`${this.node.path}: 'updateStrategy' has 'maxSurge', by which two Pods of a node would listen at port ${this.port}; use 'maxUnavailable'`);
    }
    return updateStrategy?._daemonSet ?? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: numberOrText('10%') } };
  }

  private podTemplate(identity: WorkloadIdentity, props: NodeExporterDaemonSetProps): k8s.PodTemplateSpec {
    const tolerations = props.tolerations ?? [{ operator: 'Exists' }];
    const priorityClassName = props.priorityClassName ?? 'system-node-critical';
    const probe = { httpGet: { path: '/', port: numberOrText('metrics') } };
    return podTemplate(identity, { ...props, tolerations, priorityClassName }, {
      program: 'nodeExporter',
      serviceAccountName: this.serviceAccount.name,
      more: { hostNetwork: props.hostNetwork ?? true, hostPid: true },
      containers: [{
        name: 'node-exporter',
        image: imageOf('nodeExporter', props),
        args: [
          `--web.listen-address=:${this.port}`,
          `--path.procfs=${HOST.proc}`,
          `--path.sysfs=${HOST.sys}`,
          `--path.rootfs=${HOST.root}`,
          `--path.udev.data=${HOST.root}/run/udev/data`,
          ...collectorFlags(this.node.path, props),
          ...extraFlagArgs(this.node.path, props, NODE_FLAGS),
        ],
        env: readsSystemd(props) ? [{ name: 'DBUS_SYSTEM_BUS_ADDRESS', value: `unix:path=${HOST.root}/run/dbus/system_bus_socket` }] : undefined,
        ports: [{ name: 'metrics', containerPort: this.port, protocol: 'TCP' }],
        resources: resourcesOf(identity.where, props.resources, {
          cpuRequest: cpuMillis(20), memoryRequest: Size.mebibytes(40), memoryLimit: Size.mebibytes(180),
        }),
        readinessProbe: probe,
        livenessProbe: { ...probe, failureThreshold: 5 },
        volumeMounts: [mount('proc', HOST.proc), mount('sys', HOST.sys), mount('root', HOST.root)],
      }],
      volumes: HOST_VOLUMES,
    });
  }
}

/** Volumes of the file systems of the node. */
const HOST_VOLUMES = [hostPath('proc', '/proc'), hostPath('sys', '/sys'), hostPath('root', '/')];

/** Files of other programs may hold any metric, not only those of node-exporter. */
function anyFileMetrics({ textfileDirectory, metrics }: NodeExporterDaemonSetProps): ScrapeEndpointProps {
  return textfileDirectory === undefined || metrics !== undefined ? {} : { metrics: MetricSelection.all() };
}

/** Whether the collector of systemd runs, which asks it through the bus of the host. */
function readsSystemd({ enabledCollectors = [] }: NodeExporterDaemonSetProps): boolean {
  return enabledCollectors.some(({ name }) => name === NodeCollector.SYSTEMD.name);
}

/** Read-only; what the host mounts later is seen too. */
function mount(name: string, mountPath: string): k8s.VolumeMount {
  return { name, mountPath, readOnly: true, mountPropagation: 'HostToContainer' };
}

function hostPath(name: string, path: string): k8s.Volume {
  return { name, hostPath: { path } };
}
