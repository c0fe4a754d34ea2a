import { Duration, Size } from 'cdk8s';
import { checkFeatures } from './alertmanager-features';
import { checkCount, checkHostPort, checkNamedOnce, checkPositive } from '../checks';
import { checkFlag, FlagRules } from '../kubernetes/flags';
import { AlertRouting } from '../monitoring';
import { goDuration } from '../units';

/** Limits on what an Alertmanager keeps and serves. */
export interface AlertmanagerLimits {
  /**
   * Silences that are kept, expired ones among them.
   * @default - no limit
   */
  readonly maxSilences?: number;
  /**
   * Size of a silence.
   * @default - no limit
   */
  readonly maxSilenceSize?: Size;
  /**
   * Alerts of one name that are kept; further ones are dropped.
   * @default - no limit
   */
  readonly maxAlertsPerName?: number;
  /**
   * Requests that are read from at a time; further ones get status 503.
   * @default - 8, or the number of CPUs if that is larger
   */
  readonly concurrentReads?: number;
  /**
   * Time after which a request ends.
   * @default - none
   */
  readonly requestTimeout?: Duration;
}

/**
 * Gossip between the replicas of an Alertmanager.
 * @see https://prometheus.io/docs/alerting/latest/high_availability/
 */
export interface AlertmanagerGossipOptions {
  /**
   * Further members as `host:port`, such as those in another Kubernetes cluster. They have to reach the Pods, and their label of the cluster,
   * `--cluster.label`, has to be `<namespace>/<name>` of this one.
   * @default - none
   */
  readonly additionalPeers?: string[];
  /**
   * Time that each replica waits for the one before it to notify. A slow network needs more, or alerts are notified twice.
   * @default Duration.seconds(15)
   */
  readonly peerTimeout?: Duration;
  /**
   * Interval between gossip messages.
   * @default Duration.millis(200)
   */
  readonly gossipInterval?: Duration;
  /**
   * Interval between exchanges of the whole state.
   * @default Duration.minutes(1)
   */
  readonly pushPullInterval?: Duration;
  /**
   * Time that a replica waits at its start for the cluster to settle before it notifies.
   * @default Duration.minutes(1)
   */
  readonly settleTimeout?: Duration;
}

/** Options of an Alertmanager that are flags of the same name on both backends. */
export interface AlertmanagerOptions {
  /**
   * Limits on what it keeps and serves.
   * @default - Alertmanager's own
   */
  readonly limits?: AlertmanagerLimits;
  /**
   * Gossip between the replicas.
   * @default - Alertmanager's own times, and no further members
   */
  readonly gossip?: AlertmanagerGossipOptions;
  /**
   * Experimental features, checked against the version.
   * @default - none
   * @see https://prometheus.io/docs/alerting/latest/alertmanager/
   */
  readonly enableFeatures?: string[];
  /**
   * Time that it waits at its start before it notifies, so that a Prometheus has sent its alerts again before the first group is notified as
   * resolved or as new. The resend delay of Prometheus, one minute, is a good value.
   * @default - none
   */
  readonly dispatchStartDelay?: Duration;
}

/** Flags by the prop that sets them. */
export const OPTION_FLAGS = {
  limits: ['silences.max-silences', 'silences.max-silence-size-bytes', 'alerts.per-alertname-limit', 'web.get-concurrency', 'web.timeout'],
  gossip: [
    'cluster.peer', 'cluster.peer-timeout', 'cluster.gossip-interval', 'cluster.pushpull-interval', 'cluster.settle-timeout',
  ],
  enableFeatures: ['enable-feature'],
  dispatchStartDelay: ['dispatch.start-delay'],
};

/** Flags of the options, without those of further peers, which each backend has a place for. */
export function optionFlags(options: AlertmanagerOptions): { readonly [flag: string]: string } {
  const { limits = {}, gossip = {}, enableFeatures, dispatchStartDelay } = options;
  const { maxSilences, maxSilenceSize, maxAlertsPerName, concurrentReads, requestTimeout } = limits;
  const flags: { readonly [flag: string]: string | number | undefined } = {
    'silences.max-silences': maxSilences,
    'silences.max-silence-size-bytes': maxSilenceSize && maxSilenceSize.toKibibytes() * 1024,
    'alerts.per-alertname-limit': maxAlertsPerName,
    'web.get-concurrency': concurrentReads,
    'web.timeout': goDuration(requestTimeout),
    'cluster.peer-timeout': goDuration(gossip.peerTimeout),
    'cluster.gossip-interval': goDuration(gossip.gossipInterval),
    'cluster.pushpull-interval': goDuration(gossip.pushPullInterval),
    'cluster.settle-timeout': goDuration(gossip.settleTimeout),
    'enable-feature': enableFeatures?.length ? enableFeatures.join(',') : undefined,
    'dispatch.start-delay': goDuration(dispatchStartDelay),
  };
  return Object.fromEntries(Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [[flag, String(value)]])));
}

/** Throws on options that this version does not have, on values that it would not start with, and on features that the routing cannot go with. */
export function checkOptions(where: string, options: AlertmanagerOptions, rules: FlagRules, routing: AlertRouting): void {
  const { limits = {}, gossip = {}, enableFeatures = [] } = options;
  const { maxSilences, maxAlertsPerName, concurrentReads, requestTimeout } = limits;
  Object.entries({ maxSilences, maxAlertsPerName, concurrentReads }).forEach(([name, count]) => checkCount(count, `${where}: limits.${name}`));
  checkPositive(requestTimeout, `${where}: limits.requestTimeout`, 'leave it out for none');
  const { additionalPeers = [], ...times } = gossip;
  Object.entries(times).forEach(([name, time]) => checkPositive(time, `${where}: gossip.${name}`, "leave it out for Alertmanager's own"));
  additionalPeers.forEach((peer) => checkHostPort(peer, `${where}: gossip.additionalPeers`));
  checkNamedOnce(additionalPeers, `${where}: gossip.additionalPeers`, 'peer');
  Object.keys(optionFlags(options)).forEach((flag) => checkFlag(`${where}: ${propOf(flag)}`, flag, rules));
  checkFeatures(`${where}: enableFeatures`, enableFeatures, rules.version, routing);
}

function propOf(flag: string): string {
  return Object.entries(OPTION_FLAGS).find(([, flags]) => flags.includes(flag))?.[0] ?? flag;
}
