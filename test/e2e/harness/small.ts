import { Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';

/** Time between two scrapes. */
export const INTERVAL = Duration.seconds(10);
/** Little CPU is set aside, so that several apps fit on one node. */
export const SMALL = { resources: { cpuRequest: Cpu.millis(10) } };
/** A Prometheus of a test. At its end it waits a minute for each store that does not answer, unless it is told otherwise. */
export const SMALL_PROMETHEUS = { ...SMALL, scrapeInterval: INTERVAL, terminationGracePeriod: INTERVAL };
/** A store for what such a Prometheus scrapes. */
export const SMALL_STORE = { ...SMALL, retention: Duration.days(2), capacity: { series: 5000, sampleInterval: INTERVAL } };
