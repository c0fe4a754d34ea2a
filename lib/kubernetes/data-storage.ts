import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { numberOrText } from './spelling';
import { claimInApp } from './app-claims';
import { dataFolder, Program } from './mount-paths';
import { WorkloadIdentity } from './workload-identity';
import { checkObjectName } from '../checks';
import { quantity } from '../units';
import { checkArguments } from '../arguments';

/** Retention of the claims of a StatefulSet. */
export enum ClaimRetention {
  /** Claims and their data are kept. */
  RETAIN = 'Retain',
  /** Claims and their data are deleted. */
  DELETE = 'Delete',
}

/** Settings of a claim that exists. */
export interface ExistingClaimStorage {
  /**
   * Folder of the data in the volume, `/` for its root. A program that finds another folder empty starts without data and without an error.
   * @default - `prometheus-db` or `alertmanager-db`, as in claims of the Prometheus Operator; the root for Grafana, as in claims of its chart
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath
   */
  readonly subPath?: string;
}

/** Claims that a StatefulSet makes, one for each replica. */
export interface VolumeClaimTemplate {
  /**
   * Name of the template. The claim of a replica is `<name>-<StatefulSet>-<ordinal>`, and one of that name that exists is used with its data.
   * A StatefulSet refuses a later change.
   * @default - `data`; of the operator `prometheus-<Prometheus>-db`, `prom-agent-<Prometheus>-db`, `alertmanager-<Alertmanager>-db`
   */
  readonly name?: string;
  /**
   * Folder of the data in the volume, `/` for its root; the operator has no others than its default and the root.
   * @default - `prometheus-db` or `alertmanager-db`; the root for Grafana
   */
  readonly subPath?: string;
  /**
   * Size of each claim. A StatefulSet refuses a later change: the manual says how a claim is grown.
   * @default - computed from the Prometheus's `capacity`; 10 GiB for Grafana
   */
  readonly size?: Size;
  /**
   * Storage class.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
  /**
   * Retention of the claims when the StatefulSet is deleted.
   * @default ClaimRetention.RETAIN
   */
  readonly whenDeleted?: ClaimRetention;
  /**
   * Retention of a replica's claim when replicas are scaled down.
   * @default ClaimRetention.RETAIN
   */
  readonly whenScaled?: ClaimRetention;
}

/** Storage that is deleted with its Pod. */
export interface EmptyDirStorage {
  /**
   * Size above which the Pod is evicted.
   * @default - no limit
   */
  readonly sizeLimit?: Size;
}

/** Volumes that Pods of both backends may have besides that of the data; a claim of the same name would take their place. */
const OTHER_VOLUMES = /^(?:config|config-volume|config-out|rules|tls-assets|web-config|kube-api-access|secrets|secret-\d+|.*-rulefiles-\d+)$/;

function checkVolumeName(where: string, name: string | undefined): void {
  if (name === undefined) {
    return;
  }
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(`${where}: '${name}' cannot name a volume, which a claim template does; use at most 63 lower-case letters, digits and dashes, by the prop 'name'`);
  }
  if (OTHER_VOLUMES.test(name)) {
    throw new Error(`${where}: '${name}' is the name of another volume of the Pods; give the template another 'name'`);
  }
}

/** A folder as Kubernetes mounts it: relative, without `.` and `..`, empty for the root. */
function folderOf(where: string, subPath: string | undefined): string | undefined {
  const folder = subPath?.replace(/^\/$/, '');
  if (folder !== undefined && folder !== '' && folder.split('/').some((part) => ['', '.', '..'].includes(part))) {
    throw new Error(`${where}: subPath '${subPath}' is not a folder in the volume; write it as 'prometheus-db' or 'data/prometheus', and '/' for the root`);
  }
  return folder;
}

/** Storage for the data of a Prometheus, an Alertmanager or a Grafana. */
export class DataStorage {
  /** An emptyDir, whose data is lost with its Pod: for a try-out. */
  public static emptyDir(options: EmptyDirStorage = {}): DataStorage {
    checkArguments('DataStorage.emptyDir', { options });
    return new DataStorage('emptyDir', { ...options });
  }

  /**
   * A PersistentVolumeClaim that exists, for a single replica. Its data is in the folder `subPath`. Throws when the name is none, or `subPath`
   * leads out of the volume.
   */
  public static existingClaim(name: string, options: ExistingClaimStorage = {}): DataStorage {
    checkArguments('DataStorage.existingClaim', { name, options });
    if (name === '') {
      throw new Error('DataStorage.existingClaim: the name is empty; name the PersistentVolumeClaim, in the namespace of the Prometheus');
    }
    checkObjectName(name, 'DataStorage.existingClaim');
    return new DataStorage('existingClaim', {}, name, undefined, folderOf('DataStorage.existingClaim', options.subPath));
  }

  /**
   * A claim of its own for each replica. Throws when the size is below one MiB, the name cannot name a volume, the storage class is none, or
   * `subPath` leads out of the volume.
   */
  public static volumeClaimTemplate(template: VolumeClaimTemplate = {}): DataStorage {
    checkArguments('DataStorage.volumeClaimTemplate', { template });
    const where = 'DataStorage.volumeClaimTemplate';
    checkVolumeName(where, template.name);
    checkObjectName(template.storageClassName === '' ? undefined : template.storageClassName, `${where}: storageClassName`);
    if (template.size !== undefined && template.size.toKibibytes() < 1024) {
      throw new Error(`${where}: size ${template.size.toKibibytes()}Ki is below one MiB; give the size of each replica's claim`);
    }
    return new DataStorage('volumeClaimTemplate', {}, undefined, { ...template }, folderOf(where, template.subPath));
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'emptyDir' | 'existingClaim' | 'volumeClaimTemplate',
    /** @internal */
    public readonly _emptyDir: EmptyDirStorage,
    /** @internal */
    public readonly _claimName?: string,
    /** @internal */
    public readonly _template?: VolumeClaimTemplate,
    /** Folder of the data, empty for the root; undefined for the program's own. @internal */
    public readonly _folder?: string,
  ) {}

  /** Throws when replicas or shards would have to share one claim. @internal */
  public _checkReplicas(where: string, replicas: number, shards: number = 1): void {
    if (this._kind === 'existingClaim' && replicas * shards > 1) {
      throw new Error(`${where}: ${shards > 1 ? `${shards} shards` : `${replicas} replicas`} cannot share claim '${this._claimName}'; give each its own, by DataStorage.volumeClaimTemplate()`);
    }
  }

  /** Throws when another construct of the app keeps its data in the same folder of the same claim. @internal */
  public _claimFolder(scope: IConstruct, { where, namespace }: WorkloadIdentity, program: Program): void {
    if (this._kind === 'existingClaim') {
      const folder = this._folder ?? dataFolder(program);
      claimInApp(scope, { where, what: `${folder === '' ? 'the root' : `folder '${folder}'`} of claim '${this._claimName}'`, within: namespace, verb: 'belongs' });
    }
  }

  /** Mount of the volume, or of its folder with the program's data. @internal */
  public _mount(name: string, mountPath: string, program: Program): k8s.VolumeMount {
    const subPath = this._kind === 'emptyDir' ? undefined : (this._folder ?? dataFolder(program)) || undefined;
    return { name: this._template?.name ?? name, mountPath, subPath };
  }

  /** The volume of a Pod, where it is not one that a StatefulSet makes. @internal */
  public _volume(name: string): k8s.Volume[] {
    switch (this._kind) {
      case 'emptyDir': {
        const { sizeLimit } = this._emptyDir;
        return [{ name, emptyDir: sizeLimit === undefined ? {} : { sizeLimit: numberOrText(quantity(sizeLimit)) } }];
      }
      case 'existingClaim': return [{ name, persistentVolumeClaim: { claimName: this._claimName ?? '' } }];
      case 'volumeClaimTemplate': return [];
    }
  }

  /** Name of the claim of a StatefulSet's first replica; undefined where there is none. @internal */
  public _claimOf(workload: string, volume: string): string | undefined {
    return this._template === undefined ? this._claimName : `${this._template.name ?? volume}-${workload}-0`;
  }

  /** The parts of a StatefulSet's spec that make claims. @internal */
  public _claims(name: string, size?: Size): Pick<k8s.StatefulSetSpec, 'volumeClaimTemplates' | 'persistentVolumeClaimRetentionPolicy'> {
    const template = this._template;
    const claimed = template?.size ?? size;
    if (template === undefined || claimed === undefined) {
      return {};
    }
    return {
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: template.whenDeleted ?? ClaimRetention.RETAIN,
        whenScaled: template.whenScaled ?? ClaimRetention.RETAIN,
      },
      volumeClaimTemplates: [{
        metadata: { name: template.name ?? name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: template.storageClassName,
          volumeMode: 'Filesystem',
          resources: { requests: { storage: numberOrText(quantity(claimed)) } },
        },
      }],
    };
  }
}
