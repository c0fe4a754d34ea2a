import { OWN_FLAGS } from '../../lib/backend/prometheus-options';
import { OWN_PROMETHEUS_FLAGS } from '../../lib/backend/prometheus-flags';
import { PROMETHEUS_FLAGS } from '../../lib/generated/prometheus';

test('each flag that follows from props is one of Prometheus, and is kept from users', () => {
  expect(OWN_FLAGS.filter((flag) => !(flag in PROMETHEUS_FLAGS))).toEqual([]);
  expect(OWN_FLAGS.filter((flag) => !OWN_PROMETHEUS_FLAGS.has(flag))).toEqual([]);
});
