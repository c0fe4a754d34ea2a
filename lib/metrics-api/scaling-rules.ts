import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { checkCount } from '../checks';
import { goDuration, wholeSeconds } from '../units';
import { checkArguments } from '../arguments';

/** Selection among the policies of a direction. */
export enum PolicySelection {
  /** The policy that changes the most. */
  MOST = 'Max',
  /** The policy that changes the least. */
  LEAST = 'Min',
  /** No policy: scaling in this direction is disabled. */
  DISABLED = 'Disabled',
}

/**
 * Largest change within a period.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies
 */
export class ScalingPolicy {
  /** A number of Pods. Throws unless it is a whole number above 0, and the time is from 1 second to 30 minutes. */
  public static pods(pods: number, within: Duration): ScalingPolicy {
    checkArguments('ScalingPolicy.pods', { pods, within });
    return new ScalingPolicy('Pods', pods, within);
  }

  /** A share of the Pods, in percent. Throws unless it is a whole number above 0, and the time is from 1 second to 30 minutes. */
  public static percent(percent: number, within: Duration): ScalingPolicy {
    checkArguments('ScalingPolicy.percent', { percent, within });
    return new ScalingPolicy('Percent', percent, within);
  }

  /** As the autoscaler has it. @internal */
  public readonly _spec: k8s.HpaScalingPolicyV2;

  private constructor(type: 'Pods' | 'Percent', value: number, within: Duration) {
    const where = `ScalingPolicy.${type.toLowerCase()}`;
    checkCount(value, where, 'the default, with the whole policy');
    if (within.toMilliseconds() < 1000 || within.toMilliseconds() > 1_800_000) {
      throw new Error(`${where}: ${goDuration(within)} is not from 1s to 30m; choose a time in between`);
    }
    this._spec = { type, value, periodSeconds: wholeSeconds(within) };
  }
}

/** Scaling rules of one direction. */
export interface ScalingRules {
  /**
   * Time over which the most cautious recommendation is used, up to 1 hour, so that the number of replicas does not flap.
   * @default - none when scaling up, 5 minutes when scaling down
   */
  readonly stabilizationWindow?: Duration;
  /**
   * Limits of change.
   * @default - up by 4 Pods or 100% in 15 seconds, down by 100% in 15 seconds
   */
  readonly policies?: ScalingPolicy[];
  /**
   * Selection among the policies.
   * @default PolicySelection.MOST
   */
  readonly selectPolicy?: PolicySelection;
}

/** The rules of a direction as the autoscaler has them. Throws on a window above 1 hour, and on policies that are none or never apply. */
export function scalingRules(where: string, rules: ScalingRules | undefined): k8s.HpaScalingRulesV2 | undefined {
  if (rules === undefined) {
    return undefined;
  }
  const { stabilizationWindow: window, policies, selectPolicy } = rules;
  if (window !== undefined && window.toMilliseconds() > 3_600_000) {
    throw new Error(`${where}: stabilizationWindow ${goDuration(window)} is longer than the hour that the API server accepts; choose up to 1 hour`);
  }
  if (policies?.length === 0) {
    throw new Error(`${where}: policies is empty; name at least one ScalingPolicy, or leave it out for the default`);
  }
  if (policies !== undefined && selectPolicy === PolicySelection.DISABLED) {
    throw new Error(`${where}: got 'policies' with PolicySelection.DISABLED, by which none applies; leave out one of them`);
  }
  return { stabilizationWindowSeconds: wholeSeconds(window), policies: policies?.map(({ _spec }) => _spec), selectPolicy };
}
