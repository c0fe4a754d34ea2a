import { MADE } from './makers';
import { ApiServerMonitor } from '../../lib/components';
import { matchesAnchored } from '../../lib/regex';
import { inChart } from '../charts';

const things = inChart((chart) => MADE.map(([name, , make]) => [name, make(chart, name)] as const));

test.each(things)('what %s drops by default is used by no rule', (_, { monitoring }) => {
  const { jobs = [], rules } = monitoring;
  const used = rules!._metrics();
  expect(used.length).toBeGreaterThan(0);
  const dropped = jobs.flatMap(({ endpoints }) => endpoints).flatMap(({ path, metrics }) => used
    .filter((metric) => metrics.dropsMetric(metric))
    .map((metric) => `${metric} at ${path}`));
  expect(dropped).toEqual([]);
});

test('of the latencies of the API server the bounds stay that objectives are set on', () => {
  const [job] = inChart((chart) => new ApiServerMonitor(chart, 'apiserver')).monitoring.jobs!;
  const drops = job.endpoints[0].metrics.toRelabelings().map((relabeling) => relabeling.toConfig());
  const isDropped = (le: string) => drops.some(({ sourceLabels, regex }) => (
    matchesAnchored(regex!, sourceLabels!.map((label) => (label === 'le' ? le : 'apiserver_request_sli_duration_seconds_bucket')).join(';'))
  ));
  expect(['1', '1.0', '5', '5.0', '30', '30.0', '+Inf'].filter(isDropped)).toEqual([]);
  expect(['1.25', '4', '45.0'].filter(isDropped)).toHaveLength(3);
});
