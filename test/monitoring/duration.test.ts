import { Duration } from 'cdk8s';
import { promDuration } from '../../lib/units';

test.each([
  [Duration.millis(0), '0s'], [Duration.millis(30), '30ms'], [Duration.millis(1500), '1s500ms'], [Duration.seconds(90), '90s'], [Duration.minutes(10), '10m'],
  [Duration.seconds(600), '10m'], [Duration.hours(1), '1h'], [Duration.hours(36), '36h'], [Duration.days(15), '15d'], [Duration.days(365), '365d'],
  [Duration.days(5000), '5000d'], [Duration.seconds(3661), '1h1m1s'], [Duration.minutes(90), '90m'],
])('%s is written %s', (duration, text) => {
  expect(promDuration(duration)).toBe(text);
});
