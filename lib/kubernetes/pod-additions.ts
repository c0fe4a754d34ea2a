import { k8s } from 'cdk8s-plus-27';
import { checkImage } from './images';
import { PodOptions } from './pod-options';
import { checkRequests } from './quantities';
import { checkContainerPortName, checkObjectName, checkPortName, checkPortNumber } from '../checks';
import { isPlaceholder, namesSecret, urlSentence } from '../secret-texts';
import { didYouMean, quoteList } from '../text';

/** Names and places in a Pod that the library takes for its own part. */
export interface TakenNames {
  readonly containers: readonly string[];
  readonly volumes: ReadonlyArray<string | RegExp>;
  /**
   * Volumes that are there, and may be mounted.
   * @default - `volumes`
   */
  readonly existingVolumes?: ReadonlyArray<string | RegExp>;
  /** Paths in the main container, each taken with everything below it. */
  readonly paths: readonly string[];
  /** Paths in the main container below which others may be mounted. */
  readonly openPaths?: readonly string[];
  /** Environment variables of the main container. */
  readonly env: readonly string[];
  readonly ports: readonly k8s.ContainerPort[];
}

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function isAmong(names: ReadonlyArray<string | RegExp>, name: string): boolean {
  return names.some((one) => (one instanceof RegExp ? one.test(name) : one === name));
}

/** Names that are given, each once and not taken. */
class Names {
  private readonly given = new Set<string>();

  /** @param existing the taken ones that are there, and may be referred to */
  constructor(private readonly taken: ReadonlyArray<string | RegExp>, private readonly existing: ReadonlyArray<string | RegExp> = taken) {}

  public add(where: string, what: 'container' | 'volume', name: string): void {
    if (!LABEL.test(name)) {
      throw new Error(`${where}: '${name}' is not the name of a ${what}; use at most 63 lower-case letters, digits and '-'`);
    }
    if (this.given.has(name) || isAmong(this.taken, name)) {
      const by = this.given.has(name) ? 'given twice' : 'taken by the library or the operator';
      throw new Error(`${where}: the name '${name}' of a ${what} is ${by}; give this one another`);
    }
    this.given.add(name);
  }

  public has(name: string): boolean {
    return this.given.has(name) || isAmong(this.existing, name);
  }

  public get all(): string[] {
    return [...this.given, ...new Set(this.existing.filter((one) => typeof one === 'string'))];
  }
}

function checkVolumes(where: string, volumes: readonly k8s.Volume[], names: Names): void {
  volumes.forEach(({ name, ...sources }) => {
    names.add(where, 'volume', name);
    const given = Object.entries(sources).filter(([, source]) => source !== undefined).map(([kind]) => kind);
    if (given.length !== 1) {
      throw new Error(`${where}: volume '${name}' has ${given.length === 0 ? 'no source' : `the sources ${given.join(' and ')}`}; give it one, such as 'emptyDir'`);
    }
  });
}

const slashless = (path: string) => path.replace(/\/+$/, '');
const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

function checkMounts(where: string, mounts: readonly k8s.VolumeMount[], volumes: Names, taken?: TakenNames): void {
  const paths: string[] = [];
  mounts.forEach(({ name, mountPath, subPath, subPathExpr }) => {
    if (!volumes.has(name)) {
      throw new Error(`${where}: there is no volume '${name}'${didYouMean(name, volumes.all) || ';'} add it by the prop 'volumes'${volumes.all.length === 0 ? '' : `, or mount one of ${quoteList(volumes.all)}`}`);
    }
    if (!/^\/[^:\s]+$/.test(mountPath)) {
      throw new Error(`${where}: '${mountPath}' is not an absolute path; write it as '/etc/extra'`);
    }
    if (subPath !== undefined && subPathExpr !== undefined) {
      throw new Error(`${where}: '${mountPath}' has 'subPath' and 'subPathExpr'; keep one of them`);
    }
    const inVolume = subPath ?? subPathExpr ?? '';
    if (inVolume.startsWith('/') || inVolume.split('/').includes('..')) {
      throw new Error(`${where}: '${inVolume}' is not a path within volume '${name}'; write it without a leading '/' and without '..'`);
    }
    const path = slashless(mountPath);
    if (paths.includes(path)) {
      throw new Error(`${where}: two volumes are mounted at '${path}'; choose another path for one of them`);
    }
    paths.push(path);
    const within = taken?.paths.find((folder) => isWithin(path, folder)) ?? taken?.openPaths?.find((folder) => path === folder);
    if (within !== undefined) {
      throw new Error(`${where}: '${path}' is ${path === within ? '' : `below '${within}', `}a mount path of the library or the operator; choose another`);
    }
    const hidden = [...taken?.paths ?? [], ...taken?.openPaths ?? []].find((folder) => isWithin(folder, path));
    if (hidden !== undefined) {
      throw new Error(`${where}: '${path}' would hide '${hidden}', a mount path of the library or the operator; choose another`);
    }
  });
}

function checkVariables(where: string, env: readonly k8s.EnvVar[], taken: readonly string[] = []): void {
  const seen = new Set<string>();
  env.forEach(({ name, value, valueFrom }) => {
    if (!VARIABLE.test(name)) {
      throw new Error(`${where}: '${name}' is not the name of an environment variable; use letters, digits, '_', '.' and '-', not a digit first`);
    }
    if (taken.includes(name)) {
      throw new Error(`${where}: '${name}' is set by the library; leave it out`);
    }
    if (seen.has(name)) {
      throw new Error(`${where}: '${name}' is given twice; keep one of them`);
    }
    if (value !== undefined && valueFrom !== undefined) {
      throw new Error(`${where}: '${name}' has 'value' and 'valueFrom'; keep one of them`);
    }
    checkNotShown(where, name, value ?? '');
    seen.add(name);
  });
}

/** Throws where a variable has the name of a secret and a value that may be one, which is neither a path nor a switch. */
function checkNotShown(where: string, name: string, value: string): void {
  const isValue = !isPlaceholder(value) && !/^(\/|(true|false)$)/i.test(value);
  const says = namesSecret(name) && isValue ? 'holds a secret' : urlSentence(value);
  if (says !== undefined) {
    throw new Error(`${where}: '${name}' ${says}, which the manifest would show; give it by 'valueFrom' from a Secret`);
  }
}

function checkSources(where: string, sources: readonly k8s.EnvFromSource[]): void {
  sources.forEach(({ configMapRef, secretRef }) => {
    const [ref, another] = [configMapRef, secretRef].filter((one) => one !== undefined);
    if (ref === undefined || another !== undefined) {
      throw new Error(`${where}: a source has ${another === undefined ? "neither 'configMapRef' nor 'secretRef'" : "'configMapRef' and 'secretRef'"}; give it one`);
    }
    checkObjectName(ref.name ?? '', where);
  });
}

function checkPorts(where: string, given: readonly k8s.ContainerPort[], taken: k8s.ContainerPort[]): void {
  given.forEach((port) => {
    const { name, containerPort, protocol = 'TCP' } = port;
    checkPortNumber(containerPort, `${where}: ports`);
    if (name !== undefined) {
      checkPortName(name, `${where}: ports`, 'containerPort');
      checkContainerPortName(name, `${where}: ports`, 'containerPort');
    }
    const other = taken.find((one) => (one.containerPort === containerPort && (one.protocol ?? 'TCP') === protocol)
      || (name !== undefined && one.name === name));
    if (other !== undefined) {
      const what = other.name === name && name !== undefined ? `named '${name}'` : `${containerPort}`;
      throw new Error(`${where}: another container of the Pod has a port ${what} already; choose another`);
    }
    taken.push(port);
  });
}

/** What Kubernetes does not run of an init container that runs to its end. */
const NOT_AT_INIT = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const;

/**
 * Whether an init container is a sidecar, which runs on beside the others; the L1 classes are of a Kubernetes without the field.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
function isSidecar(container: k8s.Container & { readonly restartPolicy?: string }): boolean {
  return container.restartPolicy === 'Always';
}

/**
 * Throws when what is added to a Pod has a name, a path, a variable or a port that is taken, or when Kubernetes would refuse it: a name that is
 * none, a mount without a volume, two mounts at one path, a container without an image, probes of an init container.
 */
export function checkPodAdditions(where: string, options: PodOptions, taken: TakenNames): void {
  const volumes = new Names(taken.volumes, taken.existingVolumes);
  const containers = new Names(taken.containers);
  const ports = [...taken.ports];
  checkVolumes(`${where}: volumes`, options.volumes ?? [], volumes);
  checkMounts(`${where}: volumeMounts`, options.volumeMounts ?? [], volumes, taken);
  checkVariables(`${where}: env`, options.env ?? [], taken.env);
  checkSources(`${where}: envFrom`, options.envFrom ?? []);
  for (const prop of ['containers', 'initContainers'] as const) {
    options[prop]?.forEach((container) => {
      containers.add(`${where}: ${prop}`, 'container', container.name);
      const at = `${where}: ${prop}: '${container.name}'`;
      checkImage(`${at}: image`, container.image ?? '');
      checkMounts(`${at}: volumeMounts`, container.volumeMounts ?? [], volumes);
      checkVariables(`${at}: env`, container.env ?? []);
      checkSources(`${at}: envFrom`, container.envFrom ?? []);
      checkRequests(`${at}: resources`, container.resources);
      const endsAtInit = prop === 'initContainers' && !isSidecar(container);
      const idle = endsAtInit ? NOT_AT_INIT.find((field) => container[field] !== undefined) : undefined;
      if (idle !== undefined) {
        throw new Error(`${at}: has '${idle}', which an init container cannot have; leave it out, or add the container by the prop 'containers'`);
      }
      if (!endsAtInit) {
        checkPorts(at, container.ports ?? [], ports);
      }
    });
  }
}

/** Names that the library's part of a Pod has taken. */
export function takenNames(containers: readonly [k8s.Container, ...k8s.Container[]], volumes: readonly k8s.Volume[] = []): TakenNames {
  const [{ env = [], volumeMounts = [] }] = containers;
  const mounted = containers.flatMap((container) => container.volumeMounts ?? []);
  const isOpen = ({ readOnly }: k8s.VolumeMount) => readOnly !== true;
  return {
    containers: containers.map(({ name }) => name),
    // what a StatefulSet claims is no volume of its template
    volumes: [...volumes, ...mounted].map(({ name }) => name),
    paths: volumeMounts.filter((mount) => !isOpen(mount)).map(({ mountPath }) => mountPath),
    openPaths: volumeMounts.filter(isOpen).map(({ mountPath }) => mountPath),
    env: env.map(({ name }) => name),
    ports: containers.flatMap(({ ports = [] }) => ports),
  };
}
