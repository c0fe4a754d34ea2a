import { SizeRoundingBehavior } from 'cdk8s';

/** Numbers that are a share of something, in percent. */
const PERCENTAGE = /Percent$/;
/** Percentages that may be above 100, because there may be more than the whole. */
const ABOVE_WHOLE = ['quotaOvercommitPercent'];

/** Numbers and durations that have to be above zero: an alert at zero always fires, and a program that gives up at once does nothing. */
const ABOVE_ZERO = new Set([
  // thresholds
  'quotaOvercommitPercent', 'diskQueue', 'loadPerCpu', 'majorPageFaults', 'jobDuration',
  'restartsPerHour',
  'remoteWriteLag', 'latency', 'rangeLatency', 'bucketLatency', 'gateLatency', 'uploadAge', 'deliveryTime', 'slowCall', 'slowPeer',
  'logSyncWarning', 'logSyncCritical', 'commit', 'relist', 'podStart', 'clockSkew', 'clientCertificateWarning', 'clientCertificateCritical',
  'certificateWarning', 'certificateCritical',
  // averages of what a node or a Pod always has
  'cpusPerNode', 'containersPerPod',
  // times
  'QueryLimits.timeout', 'lookbackDelta', 'batchSendDeadline', 'minBackoff', 'maxBackoff', 'sendInterval', 'syncPeriod', 'resyncPeriod', 'startupTimeout',
  'deadMansSwitchInterval', 'within', 'retry', 'expire',
]);

/** Durations that are counted in whole seconds, and not rounded up. */
const WHOLE_SECONDS = ['startupTimeout'];

/** Go counts nanoseconds in 63 bits. */
const LONGEST_DAYS = 106_751;
const DAY = 86_400_000;

/** What is wrong with a number; `name` is its prop, and `owner` what declares that. */
export function numberProblem(value: number, name: string, owner: string): string | undefined {
  if (!Number.isFinite(value)) {
    return `${value} is not a finite number; compute it from values that are set`;
  }
  if (PERCENTAGE.test(name) && !ABOVE_WHOLE.includes(name)) {
    return value > 0 && value <= 100 ? undefined : `${value} is not a percentage above 0 and up to 100; write 5 for 5%`;
  }
  return mustBePositive(name, owner) && value <= 0 ? `${value} is not above 0; choose a larger number` : undefined;
}

function mustBePositive(name: string, owner: string): boolean {
  return ABOVE_ZERO.has(name) || ABOVE_ZERO.has(`${owner}.${name}`);
}

/** What is wrong with a duration. */
export function durationProblem(value: { toMilliseconds(options?: object): number }, name: string, owner: string): string | undefined {
  const milliseconds = value.toMilliseconds({ integral: false });
  if (!Number.isFinite(milliseconds)) {
    return `a duration of ${milliseconds} is not a number of milliseconds; compute it from values that are set`;
  }
  if (milliseconds > LONGEST_DAYS * DAY) {
    return `${Math.round(milliseconds / DAY)}d is longer than programs can count, which is 292 years; choose a shorter time`;
  }
  if (!Number.isInteger(milliseconds)) {
    return `${milliseconds}ms is not in whole milliseconds; round it`;
  }
  if (WHOLE_SECONDS.includes(name) && milliseconds % 1000 !== 0) {
    return `${milliseconds}ms is not in whole seconds; round it`;
  }
  return mustBePositive(name, owner) && milliseconds === 0 ? 'zero is not a time above 0; give a longer one' : undefined;
}

/** What is wrong with a size. */
export function sizeProblem(value: { toKibibytes(options?: object): number }): string | undefined {
  const kibibytes = value.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isFinite(kibibytes)) {
    return `a size of ${kibibytes} is not a number of kibibytes; compute it from values that are set`;
  }
  if (!Number.isInteger(kibibytes)) {
    return `${kibibytes}KiB is not in whole kibibytes; round it`;
  }
  return kibibytes === 0 ? 'a size of zero holds nothing; leave it out, or give a larger one' : undefined;
}
