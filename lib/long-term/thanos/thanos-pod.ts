import { Duration, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { numberOrText } from '../../kubernetes/spelling';
import { cpuMillis } from '../../kubernetes/resources';
import { ThanosOptions, ThanosStoreOptions } from './thanos-options';
import { ObjectStorageMount } from '../../backend/object-storage-mount';
import { THANOS_GRPC_PORT, THANOS_HTTP_PORT, thanosImage } from '../../backend/thanos-images';
import { ThanosTlsMount } from '../../backend/thanos-tls-mount';
import { endpointOptions } from '../../components/monitor-endpoints';
import { DataStorage } from '../../kubernetes';
import { TakenNames } from '../../kubernetes/pod-additions';
import { podTemplate } from '../../kubernetes/pod';
import { DefaultResources, resourcesOf } from '../../kubernetes/resources';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { ScrapeEndpoint, ScrapeJob, ThanosEndpoint } from '../../monitoring';

/** Folder of the data of a program. */
export const DATA_DIR = '/var/thanos/data';

/** Port of the StoreAPI. */
export const GRPC_PORT = { name: 'grpc', port: THANOS_GRPC_PORT };
/** Port of the web server. */
export const HTTP_PORT = { name: 'http', port: THANOS_HTTP_PORT };

/** A program of Thanos in a Pod. */
export interface ThanosProgram {
  /** Command of the binary: `query`. */
  readonly command: string;
  /** Name of the container. */
  readonly container: string;
  readonly flags: readonly string[];
  readonly servesStores: boolean;
  /** Certificate of its StoreAPI. */
  readonly tls?: ThanosTlsMount;
  readonly ports?: readonly { readonly name: string; readonly port: number }[];
  readonly resources: DefaultResources;
  readonly bucket?: ObjectStorageMount;
  readonly storage?: DataStorage;
  /**
   * Flag that names the folder of the data.
   * @default data-dir
   */
  readonly dataFlag?: string;
  /** Time that it may take to start. */
  readonly startup?: Duration;
  /**
   * Page that answers once it has started.
   * @default ready
   */
  readonly startedPage?: Page;
  readonly gracePeriod?: Duration;
  readonly volumes?: readonly k8s.Volume[];
  readonly mounts?: readonly k8s.VolumeMount[];
  readonly env?: readonly k8s.EnvVar[];
  readonly annotations?: { readonly [name: string]: string };
}

/** Pages by which it says how it is. */
type Page = 'healthy' | 'ready';

function probe(page: Page, failureThreshold: number): k8s.Probe {
  return { httpGet: { path: `/-/${page}`, port: numberOrText('http') }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold };
}

function portsOf({ servesStores, ports = [] }: ThanosProgram): k8s.ContainerPort[] {
  return [...(servesStores ? [GRPC_PORT] : []), HTTP_PORT, ...ports].map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' }));
}

/** Flags in the order in which they are given; those whose value is undefined are left out, an empty one is a switch. */
export function thanosFlags(flags: ReadonlyArray<readonly [name: string, value: string | undefined]>): string[] {
  return flags.flatMap(([name, value]) => (value === undefined ? [] : [value === '' ? `--${name}` : `--${name}=${value}`]));
}

/** The Pod template of a program of Thanos, and the names in it that are taken. */
export function thanosPod(identity: WorkloadIdentity, options: ThanosOptions, program: ThanosProgram, placed: ThanosPlace): k8s.PodTemplateSpec {
  const { where } = identity;
  const { command, container, flags, servesStores, bucket, tls, storage, dataFlag = 'data-dir', startup = Duration.minutes(5), startedPage = 'ready' } = program;
  const mounts = [
    ...(storage === undefined ? [] : [storage._mount('data', DATA_DIR, 'thanos')]), ...bucket?.mounts ?? [], ...tls?.mounts ?? [], ...program.mounts ?? [],
  ];
  const env = [...bucket?.env ?? [], ...program.env ?? []];
  return podTemplate(identity, options, {
    program: 'thanos',
    serviceAccountName: placed.serviceAccountName,
    ownsVolumes: true,
    pods: placed.replicas,
    terminationGracePeriod: program.gracePeriod,
    annotations: { ...bucket?.annotations, ...program.annotations },
    containers: [{
      name: container,
      image: thanosImage(where, options).image,
      args: [
        command,
        ...(servesStores ? [`--grpc-address=:${THANOS_GRPC_PORT}`] : []),
        ...tls?.serverFlags ?? [],
        `--http-address=:${THANOS_HTTP_PORT}`,
        ...(options.logLevel === undefined ? [] : [`--log.level=${options.logLevel}`]),
        // The garbage collector works against the limit of the container.
        '--enable-auto-gomemlimit',
        ...(bucket === undefined ? [] : [`--objstore.config-file=${bucket.file}`]),
        ...(storage === undefined ? [] : [`--${dataFlag}=${DATA_DIR}`]),
        ...flags,
      ],
      env: env.length === 0 ? undefined : env,
      ports: portsOf(program),
      resources: resourcesOf(where, options.resources, program.resources),
      startupProbe: probe(startedPage, Math.ceil(startup.toSeconds() / 10)),
      readinessProbe: probe('ready', 3),
      livenessProbe: probe('healthy', 6),
      volumeMounts: mounts.length === 0 ? undefined : mounts,
    }],
    volumes: [...storage?._volume('data') ?? [], ...bucket?.volumes ?? [], ...tls?.volumes ?? [], ...program.volumes ?? []],
  });
}

/** Pods of a program. */
export interface ThanosPlace {
  readonly serviceAccountName: string;
  readonly replicas: number;
}

/** Names in the Pod that are taken. */
export function thanosNames(program: ThanosProgram): TakenNames {
  const { bucket, tls, storage, volumes = [], mounts = [], env = [] } = program;
  const all = [...bucket?.volumes ?? [], ...tls?.volumes ?? [], ...volumes];
  const mounted = [...bucket?.mounts ?? [], ...tls?.mounts ?? [], ...mounts];
  return {
    containers: [program.container],
    volumes: [...(storage === undefined ? [] : [storage._template?.name ?? 'data']), ...all.map(({ name }) => name)],
    paths: mounted.map(({ mountPath }) => mountPath),
    openPaths: storage === undefined ? [] : [DATA_DIR],
    env: [...bucket?.env ?? [], ...env].map(({ name }) => name),
    ports: portsOf(program),
  };
}

/** The certificate of a program whose option is given. Throws when the app makes its Secret in another namespace. */
export function thanosTls(identity: WorkloadIdentity, { tls }: ThanosStoreOptions): ThanosTlsMount | undefined {
  return tls === undefined ? undefined : new ThanosTlsMount(identity, tls);
}

/** The place at which a program answers Thanos Query. */
export function thanosEndpoint(
  { namespace }: WorkloadIdentity, serviceName: string, { tls }: ThanosStoreOptions, replicaLabels: string[] = [],
): ThanosEndpoint {
  const tlsServerName = tls?._serverName(serviceName, namespace);
  return { namespace, serviceName, replicaLabels, ...(tlsServerName === undefined ? {} : { tlsServerName }) };
}

/** The job that scrapes a program of Thanos. */
export function thanosJob({ selector, namespace }: WorkloadIdentity, options: ThanosOptions, defaultName: string): ScrapeJob {
  return ScrapeJob.fromService({
    name: options.jobName ?? defaultName,
    labels: selector,
    namespaces: [namespace],
    endpoints: [new ScrapeEndpoint({ ...endpointOptions(options), port: 'http' })],
  });
}

/** Resources of a program by CPU in thousandths of a core and memory in MiB. */
export function thanosResources(cpu: number, memory: number, limit: number): DefaultResources {
  return { cpuRequest: cpuMillis(cpu), memoryRequest: Size.mebibytes(memory), memoryLimit: Size.mebibytes(limit) };
}
