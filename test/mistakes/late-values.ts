import { Duration } from 'cdk8s';
import { RemoteWrite } from '../../lib';
import { prometheus, UNSET } from './support';
import { Mistake } from '../bad-input/support';

/** Values that are found wrong when manifests are written. */
export const LATE_VALUES: Mistake[] = [
  {
    mistake: 'a startup timeout with a fraction of a second',
    place: 'shop/prometheus: startupTimeout', value: '1500ms', wayOut: 'whole seconds',
    app: (chart) => prometheus(chart, { startupTimeout: Duration.millis(1500) }),
  },
  {
    mistake: 'a time window with a fraction of a millisecond',
    place: 'shop/prometheus: outOfOrderTimeWindow', value: '0.5', wayOut: 'whole milliseconds',
    app: (chart) => prometheus(chart, { outOfOrderTimeWindow: Duration.millis(0.5) }),
  },
  {
    mistake: 'a timeout with a fraction of a millisecond',
    place: "RemoteWrite 'https://a/w': timeout", value: '0.5', wayOut: 'whole milliseconds',
    app: (chart) => prometheus(chart, { remoteWrites: [new RemoteWrite({ url: 'https://a/w', timeout: Duration.millis(0.5) })] }),
  },
  {
    mistake: 'a grace period that is no number',
    place: 'shop/prometheus: terminationGracePeriod', value: 'NaN', wayOut: 'number',
    app: (chart) => prometheus(chart, { terminationGracePeriod: Duration.seconds(Number(UNSET)) }),
  },
];
