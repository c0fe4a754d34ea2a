import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { cpuMillis } from '../kubernetes/resources';
import { ObjectStorageMount } from './object-storage-mount';
import { PrometheusSettings, WEB_PORT } from './prometheus-settings';
import { THANOS_GRPC_PORT, THANOS_HTTP_PORT, thanosImage } from './thanos-images';
import { ThanosSidecarOptions } from './thanos-sidecar-options';
import { ThanosTlsMount } from './thanos-tls-mount';
import { delaysCompaction, SHIPPER_FILE, uploads } from './thanos-uploads';
import { thanosSidecarDashboards } from '../components/thanos/thanos-dashboards';
import { THANOS_SIDECAR_JOB, thanosSidecarRules } from '../components/thanos/thanos-sidecar-rules';
import { podService } from '../kubernetes/pod-service';
import { resourcesOf } from '../kubernetes/resources';
import { WorkloadIdentity } from '../kubernetes/workload-identity';
import { MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { REPLICA_LABEL } from '../monitoring/remote-write/replica-deduplication';
import { ThanosEndpoint } from '../monitoring/thanos/thanos-store';
import { urlPath } from '../text';

/** Name of the container, which the operator gives it too. */
export const SIDECAR = 'thanos-sidecar';

const PORTS = [{ name: 'grpc', port: THANOS_GRPC_PORT }, { name: 'http', port: THANOS_HTTP_PORT }];

function probe(page: 'healthy' | 'ready'): k8s.Probe {
  return { httpGet: { path: `/-/${page}`, port: numberOrText('http') }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 };
}

/** Settings of the container that a Prometheus without an operator gives it. */
export interface SidecarPlace {
  /** Folder and mount of the database. */
  readonly dataDir: string;
  readonly dataMount: k8s.VolumeMount;
  /** File with the HTTP client settings for Prometheus, where it needs any, and its mounts. */
  readonly clientFile?: string;
  readonly clientMounts: readonly k8s.VolumeMount[];
}

/** The sidecar of Thanos beside a Prometheus: its parts, whichever backend makes the Pods. */
export class ThanosSidecar {
  public readonly image: string;
  public readonly version: string;
  public readonly resources: k8s.ResourceRequirements;
  public readonly storage?: ObjectStorageMount;
  public readonly tls?: ThanosTlsMount;
  private readonly options: ThanosSidecarOptions;

  constructor(scope: Construct, identity: WorkloadIdentity, private readonly settings: PrometheusSettings, options: ThanosSidecarOptions) {
    const where = `${identity.where}: thanos`;
    this.options = options;
    ({ image: this.image, version: this.version } = thanosImage(where, { image: options.image, registry: settings.props.registry }));
    this.resources = resourcesOf(where, options.resources, {
      cpuRequest: cpuMillis(20), memoryRequest: Size.mebibytes(128), memoryLimit: Size.gibibytes(1),
    });
    this.storage = options.objectStorage === undefined ? undefined : new ObjectStorageMount(scope, 'ObjectStorage', identity, options.objectStorage);
    this.tls = options.tls === undefined ? undefined : new ThanosTlsMount({ ...identity, where }, options.tls);
  }

  public get volumes(): k8s.Volume[] {
    return [...this.storage?.volumes ?? [], ...this.tls?.volumes ?? []];
  }

  public get mounts(): k8s.VolumeMount[] {
    return [...this.storage?.mounts ?? [], ...this.tls?.mounts ?? []];
  }

  /** Annotations of the Pods. */
  public get annotations(): { readonly [name: string]: string } {
    return this.storage?.annotations ?? {};
  }

  /** Environment and probes, which the operator lets be added to its container. */
  public get additions(): Pick<k8s.Container, 'name' | 'env' | 'livenessProbe' | 'readinessProbe'> {
    const env = this.storage?.env ?? [];
    return { name: SIDECAR, ...(env.length === 0 ? {} : { env }), livenessProbe: probe('healthy'), readinessProbe: probe('ready') };
  }

  /** The container, with the flags of the operator. */
  public container({ dataDir, dataMount, clientFile, clientMounts }: SidecarPlace): k8s.Container {
    const { settings, storage } = this;
    const { scheme, externalUrl, props: { logLevel } } = settings;
    const flags = [
      `--prometheus.url=${scheme}://127.0.0.1:${WEB_PORT}${urlPath(externalUrl) || '/'}`,
      `--grpc-address=:${THANOS_GRPC_PORT}`,
      ...this.tls?.serverFlags ?? [],
      `--http-address=:${THANOS_HTTP_PORT}`,
      ...(storage === undefined ? [] : [`--objstore.config-file=${storage.file}`, `--tsdb.path=${dataDir}`]),
      ...(delaysCompaction(settings) ? [`--shipper.meta-file-name=${SHIPPER_FILE}`, '--shipper.ignore-unequal-block-size'] : []),
      ...(clientFile === undefined ? [] : [`--prometheus.http-client-file=${clientFile}`]),
      ...(logLevel === undefined ? [] : [`--log.level=${logLevel}`]),
    ];
    const mounts = [...(storage === undefined ? [] : [dataMount]), ...this.mounts, ...(clientFile === undefined ? [] : clientMounts)];
    return {
      ...this.additions,
      image: this.image,
      args: ['sidecar', ...flags],
      ports: PORTS.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
      resources: this.resources,
      volumeMounts: mounts.length === 0 ? undefined : mounts,
    };
  }

  /** The headless Service by which Thanos finds the sidecars of all Pods. */
  public service(scope: Construct, pods: WorkloadIdentity): ApiObject {
    return podService(scope, 'Thanos', pods, { suffix: '-thanos', headless: true, ports: PORTS });
  }

  /** The place at which the sidecars answer. */
  public endpoint({ name, namespace }: WorkloadIdentity): ThanosEndpoint {
    const serviceName = `${name}-thanos`;
    const tlsServerName = this.options.tls?._serverName(serviceName, namespace);
    const replicaLabels = this.settings.hasPeers ? [REPLICA_LABEL] : [];
    return { namespace, serviceName, replicaLabels, ...(tlsServerName === undefined ? {} : { tlsServerName }) };
  }

  /** Scrape job, rules and dashboard. */
  public monitoring({ selector, namespace }: WorkloadIdentity): Monitoring {
    const { jobName = THANOS_SIDECAR_JOB, rules } = this.options;
    const endpoint = new ScrapeEndpoint({ port: 'http', metrics: MetricSelection.all()._asDefault() });
    return {
      jobs: [ScrapeJob.fromService({ name: jobName, labels: selector, namespaces: [namespace], endpoints: [endpoint] })],
      rules: thanosSidecarRules({ jobName, prometheusJobName: this.settings.jobName, uploads: uploads(this.settings) }, rules),
      dashboards: thanosSidecarDashboards(jobName, rules),
    };
  }
}
