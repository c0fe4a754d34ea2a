import { ApiObject, Size } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../../arguments';
import { ThanosOptions } from './thanos-options';
import { thanosNames, thanosPod, ThanosProgram } from './thanos-pod';
import { ObjectStorageMount } from '../../backend/object-storage-mount';
import { DataStorage } from '../../kubernetes';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { checkPodOptions } from '../../kubernetes/pod';
import { statefulSet, StatefulSetParts } from '../../kubernetes/stateful-set';
import { identityOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { ObjectStorage } from '../../monitoring';

/** Names of a kind of program. */
export interface ThanosKind {
  /** Class of the construct: `ThanosStore`. */
  readonly construct: string;
  /** Program as labels name it: `thanos-store`. */
  readonly program: string;
  /** Its part in the system, as labels name it. */
  readonly component: string;
}

/** Parts of a program that keeps data, which follow from its props. */
export interface ThanosSetParts extends Pick<StatefulSetParts, 'replicas' | 'serviceName' | 'podManagementPolicy'> {
  readonly program: Omit<ThanosProgram, 'bucket' | 'storage'>;
  readonly storage: DataStorage;
  /** Size of the claim of a replica, unless `storage` says it. */
  readonly claimSize: Size;
  readonly objectStorage?: ObjectStorage;
}

/** Common part of the programs of Thanos that keep data: a StatefulSet whose Pods may reach a bucket. @internal */
export abstract class ThanosStatefulSet extends Construct {
  /** Name of the StatefulSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pods, whose role in a cloud may be that of the bucket; it hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The ConfigMap with the bucket, where its configuration is no Secret. */
  public readonly objectStorageConfigMap?: ApiObject;
  /** @internal */
  protected readonly _identity: WorkloadIdentity;

  /** @param partsOf checks the props, and says what follows from them; it may make objects, which come first then */
  protected constructor(
    scope: Construct, id: string, kind: ThanosKind, props: ThanosOptions, partsOf: (identity: WorkloadIdentity, set: Construct) => ThanosSetParts,
  ) {
    super(scope, id);
    checkArguments(kind.construct, { props }, this.node.path);
    const identity = identityOf(this, props, kind.program, kind.component);
    const { where, name, namespace } = identity;
    [this._identity, this.name, this.namespace] = [identity, name, namespace];
    const { storage, objectStorage, replicas, ...parts } = partsOf(identity, this);
    storage._checkReplicas(where, replicas);
    storage._claimFolder(this, identity, 'thanos');
    const bucket = objectStorage === undefined ? undefined : new ObjectStorageMount(this, 'ObjectStorage', identity, objectStorage);
    this.objectStorageConfigMap = bucket?.configMap;
    this.serviceAccount = serviceAccountOf(this, props, identity);
    const program = { ...parts.program, bucket, storage };
    checkPodOptions(identity, props, { annotations: program.annotations, names: thanosNames(program) });
    props.updateStrategy?._check(where, 'StatefulSet');
    const template = thanosPod(identity, props, program, { serviceAccountName: this.serviceAccount.name, replicas });
    this.workload = statefulSet(this, identity, props, { ...parts, replicas, storage, template });
  }
}
