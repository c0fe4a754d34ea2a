import { GroupVersionKind } from 'cdk8s';
import { IApiResource, IResource } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/**
 * A resource of the core group that can be given wherever cdk8s-plus-27 takes one of its kind; the classes there would read all of that library.
 */
export abstract class CoreResource extends Construct implements IResource {
  /** The name of the object. */
  public abstract readonly name: string;
  public readonly apiVersion: string;
  public readonly kind: string;
  public readonly apiGroup = '';

  /** @param resourceType the resource as roles name it: `secrets` */
  constructor(scope: Construct, id: string, { apiVersion, kind }: GroupVersionKind, public readonly resourceType: string) {
    super(scope, id);
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  public get resourceName(): string {
    return this.name;
  }

  public asApiResource(): IApiResource | undefined {
    return this;
  }

  public asNonApiResource(): string | undefined {
    return undefined;
  }
}
