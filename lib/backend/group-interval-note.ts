import { Duration } from 'cdk8s';
import { AlertRouting } from '../monitoring';
import { promDuration } from '../units';

/**
 * Says which route has a group interval that is over before the last replica has waited for the others: it sends what it saw before, such as an
 * alert as firing that another replica has sent as resolved. Nothing where the routing is an existing text.
 * @see https://prometheus.io/docs/alerting/latest/high_availability/
 */
export function groupIntervalNote(
  { _parts: parts }: AlertRouting, replicas: number, peerTimeout: Duration = Duration.seconds(15),
): string | undefined {
  const wait = (replicas - 1) * peerTimeout.toMilliseconds();
  const short = parts?.root._all().find(({ _groupInterval: interval }) => interval !== undefined && interval.toMilliseconds() <= wait);
  return short === undefined ? undefined : `${short._place}: groupInterval is ${promDuration(short._groupInterval)}, and with ${replicas} replicas the last one waits `
    + `${wait / 1000}s for the others before it notifies, so that an alert may be notified as firing after it was resolved; give more than that`;
}
