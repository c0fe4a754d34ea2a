import { COMPONENTS } from '../../lib/components/catalogue';
import { IMonitored } from '../../lib/monitoring';
import { inChart } from '../charts';

const things = inChart((chart): Array<[string, IMonitored]> => (
  Object.values(COMPONENTS).flatMap((component) => ('construct' in component ? [[component.part, new component.construct(chart, component.part)]] : []))
));

test.each(things)('what %s drops by default is used by no rule', (_, { monitoring }) => {
  const { jobs = [], rules } = monitoring;
  const used = rules!._metrics();
  expect(used.length).toBeGreaterThan(0);
  const dropped = jobs.flatMap(({ endpoints }) => endpoints).flatMap(({ path, metrics }) => used
    .filter((metric) => metrics.dropsMetric(metric))
    .map((metric) => `${metric} at ${path}`));
  expect(dropped).toEqual([]);
});
