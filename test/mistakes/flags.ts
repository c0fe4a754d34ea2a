import { js, nodes, prometheus } from './support';
import { Mistake } from '../bad-input/support';

/** Values of flags that a program refuses. */
export const FLAGS: Mistake[] = [
  {
    mistake: 'a collector as text',
    place: 'shop/nodes: enabledCollectors', value: "'systemd'", wayOut: 'NodeCollector',
    app: (chart) => nodes(chart, { enabledCollectors: js(['systemd']) }),
  },
  {
    mistake: 'a duration in words',
    place: 'shop/prometheus: extraFlags', value: "'two hours'", wayOut: 'duration',
    app: (chart) => prometheus(chart, { extraFlags: { 'storage.tsdb.min-block-duration': 'two hours' } }),
  },
  {
    mistake: 'a flag without its value',
    place: 'shop/prometheus: extraFlags', value: "'web.page-title'", wayOut: 'give one',
    app: (chart) => prometheus(chart, { extraFlags: { 'web.page-title': '' } }),
  },
];
