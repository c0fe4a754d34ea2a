import { OWN_FLAGS } from '../../lib/backend/prometheus-options';
import { PROMETHEUS_FLAGS } from '../../lib/generated/prometheus';
import { OperatedPrometheus, PrometheusServer } from '../../lib';
import { newChart } from '../charts';

test('each flag that follows from props is one of Prometheus', () => {
  expect(OWN_FLAGS.filter((flag) => !(flag in PROMETHEUS_FLAGS))).toEqual([]);
});

test.each(OWN_FLAGS.filter((flag) => PROMETHEUS_FLAGS[flag].mode !== 'agent'))('extraFlags refuses %s, which follows from props', (flag) => {
  const message = `test/prometheus: extraFlags sets '${flag}', which the library sets from its own props`;
  expect(() => new PrometheusServer(newChart(), 'prometheus', { extraFlags: { [flag]: '' } })).toThrow(message);
  expect(() => new OperatedPrometheus(newChart(), 'prometheus', { extraFlags: { [flag]: '' } })).toThrow(message);
});
