import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { quantity } from '../units';

/** Retention of the claims of a StatefulSet. */
export enum ClaimRetention {
  /** Claims and their data are kept. */
  RETAIN = 'Retain',
  /** Claims and their data are deleted. */
  DELETE = 'Delete',
}

/** Claims that a StatefulSet makes, one for each replica. */
export interface VolumeClaimTemplate {
  /**
   * Size of each claim. A StatefulSet refuses a later change: the manual says how a claim is grown.
   * @default - computed from the Prometheus's `capacity`
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

/** Storage for the data of a Prometheus or an Alertmanager. */
export class DataStorage {
  /** An emptyDir, whose data is lost with its Pod: for a try-out. */
  public static emptyDir(options: EmptyDirStorage = {}): DataStorage {
    return new DataStorage('emptyDir', { ...options });
  }

  /** A PersistentVolumeClaim that exists, for a single replica. Throws when its name is empty. */
  public static existingClaim(name: string): DataStorage {
    if (name === '') {
      throw new Error('DataStorage.existingClaim: the name is empty; name the PersistentVolumeClaim, in the namespace of the Prometheus');
    }
    return new DataStorage('existingClaim', {}, name);
  }

  /** A claim of its own for each replica. Throws when the size is below one MiB. */
  public static volumeClaimTemplate(template: VolumeClaimTemplate = {}): DataStorage {
    if (template.size !== undefined && template.size.toKibibytes() < 1024) {
      throw new Error(`DataStorage.volumeClaimTemplate: size ${template.size.toKibibytes()}Ki is below one MiB; give the size of each replica's claim`);
    }
    return new DataStorage('volumeClaimTemplate', {}, undefined, { ...template });
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
  ) {}

  /** Throws when replicas would have to share one claim. @internal */
  public _checkReplicas(where: string, replicas: number): void {
    if (this._kind === 'existingClaim' && replicas > 1) {
      throw new Error(`${where}: ${replicas} replicas cannot share claim '${this._claimName}': each needs its own, by DataStorage.volumeClaimTemplate()`);
    }
  }

  /** The volume of a Pod, where it is not one that a StatefulSet makes. @internal */
  public _volume(name: string): k8s.Volume[] {
    switch (this._kind) {
      case 'emptyDir': {
        const { sizeLimit } = this._emptyDir;
        return [{ name, emptyDir: sizeLimit === undefined ? {} : { sizeLimit: k8s.Quantity.fromString(quantity(sizeLimit)) } }];
      }
      case 'existingClaim': return [{ name, persistentVolumeClaim: { claimName: this._claimName ?? '' } }];
      case 'volumeClaimTemplate': return [];
    }
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
        metadata: { name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: template.storageClassName,
          volumeMode: 'Filesystem',
          resources: { requests: { storage: k8s.Quantity.fromString(quantity(claimed)) } },
        },
      }],
    };
  }
}
