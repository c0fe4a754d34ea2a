import { ApiObject, GroupVersionKind, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { applyPatches } from './json-patches';
import { writeStoredForm } from './stored-form';
import { writeTexts } from './written-texts';

/** A kind of the Kubernetes API: one of `kinds.ts` or an L1 class of `imports/`, which knows how its props are spelled. */
export interface ApiKind<Props> {
  readonly GVK: GroupVersionKind;
  manifest(props?: Props): unknown;
}

/**
 * An object whose JSON patches apply to the manifest as it is written. The L1 classes apply them before they spell the manifest, and lose
 * each quantity, port and field of a patch that is not in their own form.
 */
export abstract class PatchableObject extends ApiObject {
  private readonly operations: JsonPatch[] = [];

  public override addJsonPatch(...ops: JsonPatch[]): void {
    this.operations.push(...ops);
  }

  /** Whether patches have been added. @internal */
  public get _isPatched(): boolean {
    return this.operations.length > 0;
  }

  public override toJson(): unknown {
    const resolved: unknown = super.toJson();
    const manifest = this.manifest(Object.assign({}, resolved));
    writeStoredForm(this.kind, manifest);
    const patched = this.operations.length === 0 ? manifest : this.patched(manifest);
    writeTexts(patched);
    return patched;
  }

  private patched(manifest: unknown): unknown {
    const patched = applyPatches(this.node.path, manifest, this.operations);
    writeStoredForm(this.kind, patched);
    return patched;
  }

  /** The manifest without patches, of the object as cdk8s resolves it. */
  protected abstract manifest(resolved: object): unknown;
}

class ObjectOfKind extends PatchableObject {
  constructor(scope: Construct, id: string, private readonly ofKind: ApiKind<object>, props: object) {
    super(scope, id, { ...ofKind.GVK, ...props });
  }

  protected manifest(resolved: object): unknown {
    // Resolved are the props still, with values in the place of what was lazy.
    return this.ofKind.manifest(resolved);
  }
}

/** A kind whose objects are given as they are written. */
export function givenAsWritten(apiVersion: string, kind: string): ApiKind<object> {
  return { GVK: { apiVersion, kind }, manifest: (resolved) => resolved };
}

/** Makes an object of a kind. */
export function apiObject<Props extends object>(scope: Construct, id: string, kind: ApiKind<Props>, props: Props): ApiObject {
  return new ObjectOfKind(scope, id, kind, props);
}

/** Whether a construct is an object that the library makes, and not one of the user. */
export function isOwnObject(construct: IConstruct): construct is PatchableObject {
  // By instanceof every ApiObject is one of every subclass.
  return construct.constructor === ObjectOfKind;
}

/** The objects of some kinds that have been made below a construct so far. */
export function objectsBelow(scope: IConstruct, ...kinds: string[]): ApiObject[] {
  return scope.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).filter(({ kind }) => kinds.includes(kind));
}

/** A value that is computed when the manifest is written. */
export function lazily<T>(produce: () => T): T {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- cdk8s types what is said later as any
  return Lazy.any({ produce });
}

/** Metadata of an object that is in no namespace; cdk8s would give it the chart's, and the API server refuses that or drops it. */
export function clusterScoped(metadata: k8s.ObjectMeta): k8s.ObjectMeta {
  return { ...metadata, namespace: lazily<string | undefined>(() => undefined) };
}
