import { k8s, PercentOrAbsolute } from 'cdk8s-plus-27';
import { numberOrText } from './spelling';
import { checkArguments } from '../arguments';

/** Bounds of a rolling update. */
export interface RollingUpdateOptions {
  /**
   * Pods that may be unavailable during an update.
   * @default - of a Deployment 25 %, of a StatefulSet 1, of node-exporter 10 %, with `maxSurge` 0
   */
  readonly maxUnavailable?: PercentOrAbsolute;
  /**
   * Pods above the wanted number during an update. StatefulSets have none.
   * @default - of a Deployment 25 %, else 0
   */
  readonly maxSurge?: PercentOrAbsolute;
}

/** A kind of workload. */
type Kind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

type Type = 'RollingUpdate' | 'Recreate' | 'OnDelete';

/** Strategies by kind, and the factories that make them. */
const TYPES: { readonly [kind in Kind]: readonly Type[] } = {
  Deployment: ['RollingUpdate', 'Recreate'], StatefulSet: ['RollingUpdate', 'OnDelete'], DaemonSet: ['RollingUpdate', 'OnDelete'],
};
const FACTORIES: { readonly [type in Type]: string } = { RollingUpdate: 'rollingUpdate', Recreate: 'recreate', OnDelete: 'onDelete' };

/** A bound of a rolling update as text, and as the API spells it. */
interface Bound {
  readonly text: string;
  readonly value: k8s.IntOrString;
}

function boundOf(prop: keyof RollingUpdateOptions, given: PercentOrAbsolute | undefined): Bound | undefined {
  if (given === undefined) {
    return undefined;
  }
  const text = String(given.value);
  if (!/^\d+%?$/.test(text) || (text.endsWith('%') && Number(text.slice(0, -1)) > 100)) {
    throw new Error(`UpdateStrategy.rollingUpdate: '${prop}' ${text} is not a number of Pods; give a whole number, or a whole percentage up to 100`);
  }
  return { text, value: text.endsWith('%') ? numberOrText(text) : numberOrText(Number(text)) };
}

function isZero(bound: Bound | undefined): boolean {
  return bound !== undefined && /^0+%?$/.test(bound.text);
}

/**
 * Replacement of a workload's Pods when their template changes.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/
 */
export class UpdateStrategy {
  /** Replaces Pods step by step. Throws when a bound is no number of Pods. */
  public static rollingUpdate(options: RollingUpdateOptions = {}): UpdateStrategy {
    checkArguments('UpdateStrategy.rollingUpdate', { options });
    return new UpdateStrategy('RollingUpdate', boundOf('maxUnavailable', options.maxUnavailable), boundOf('maxSurge', options.maxSurge));
  }

  /** Ends all Pods before new ones start: for Deployments. */
  public static recreate(): UpdateStrategy {
    return new UpdateStrategy('Recreate');
  }

  /** Replaces a Pod once it is deleted by hand: for StatefulSets and DaemonSets. */
  public static onDelete(): UpdateStrategy {
    return new UpdateStrategy('OnDelete');
  }

  private constructor(
    /** @internal */
    public readonly _type: Type,
    private readonly maxUnavailable?: Bound,
    private readonly maxSurge?: Bound,
  ) {}

  /** Whether there may be more Pods than wanted during an update. @internal */
  public get _surges(): boolean {
    return this.maxSurge !== undefined && !isZero(this.maxSurge);
  }

  /** Throws when a workload of this kind cannot be updated so. @internal */
  public _check(where: string, kind: Kind): void {
    const { _type: type } = this;
    if (!TYPES[kind].includes(type)) {
      const ways = TYPES[kind].map((one) => `UpdateStrategy.${FACTORIES[one]}()`).join(' or ');
      throw new Error(`${where}: 'updateStrategy' is ${type}, which a ${kind} does not have; use ${ways}`);
    }
    // Of a Deployment the default is above 0.
    if (isZero(this.maxUnavailable) && !this._surges && (kind !== 'Deployment' || this.maxSurge !== undefined)) {
      throw new Error(`${where}: 'updateStrategy' has 'maxUnavailable' ${this.maxUnavailable?.text} and no 'maxSurge', so no Pod could be replaced; choose at least 1`);
    }
    if (kind === 'StatefulSet' && this.maxSurge !== undefined) {
      throw new Error(`${where}: 'updateStrategy' has 'maxSurge' ${this.maxSurge.text}, which a StatefulSet does not have; use 'maxUnavailable'`);
    }
    if (kind === 'DaemonSet' && this._surges && this.maxUnavailable !== undefined && !isZero(this.maxUnavailable)) {
      throw new Error(`${where}: 'updateStrategy' has 'maxSurge' ${this.maxSurge?.text} and 'maxUnavailable' ${this.maxUnavailable.text}, of which a DaemonSet takes one; leave one of them out`);
    }
  }

  /** The strategy of a Deployment. @internal */
  public get _deployment(): k8s.DeploymentStrategy {
    const { _type: type, maxSurge, maxUnavailable } = this;
    return { type, rollingUpdate: this.hasBounds ? { maxSurge: maxSurge?.value, maxUnavailable: maxUnavailable?.value } : undefined };
  }

  /** The strategy of a StatefulSet, as the operator's resources have it too. @internal */
  public get _statefulSet(): { readonly type: 'RollingUpdate' | 'OnDelete'; readonly rollingUpdate?: { readonly maxUnavailable?: k8s.IntOrString } } {
    const { _type: type, maxUnavailable } = this;
    return type === 'OnDelete' ? { type } : { type: 'RollingUpdate', rollingUpdate: this.hasBounds ? { maxUnavailable: maxUnavailable?.value } : undefined };
  }

  /** The strategy of a DaemonSet. One Pod too many on a node goes only with none too few. @internal */
  public get _daemonSet(): k8s.DaemonSetUpdateStrategy {
    const { _type: type, maxSurge, maxUnavailable } = this;
    const unavailable = this._surges ? numberOrText(0) : maxUnavailable?.value;
    return { type, rollingUpdate: this.hasBounds ? { maxSurge: maxSurge?.value, maxUnavailable: unavailable } : undefined };
  }

  private get hasBounds(): boolean {
    return this.maxSurge !== undefined || this.maxUnavailable !== undefined;
  }
}
