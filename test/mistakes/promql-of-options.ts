import { ApiServerMonitor, BlackboxExporter } from '../../lib';
import { js, nodes, prometheus } from './support';
import { Mistake } from '../bad-input/support';

/** Text of options that becomes a part of PromQL. */
export const PROMQL_OF_OPTIONS: Mistake[] = [
  {
    mistake: 'a threshold as text with a unit',
    place: 'shop/nodes: rules.cpuPercent', value: "'90%'", wayOut: 'a number',
    app: (chart) => nodes(chart, { rules: { cpuPercent: js('90%') } }),
  },
  {
    mistake: 'types of file systems as an expression',
    place: 'shop/nodes: rules.ignoredFilesystemTypes', value: "'fuse.('", wayOut: 'RE2',
    app: (chart) => nodes(chart, { rules: { ignoredFilesystemTypes: ['fuse.(', 'tmpfs'] } }),
  },
  {
    mistake: 'disks as an expression that is not closed',
    place: 'shop/nodes: rules.ignoredDisks', value: "'('", wayOut: 'RE2',
    app: (chart) => nodes(chart, { rules: { ignoredDisks: '(' } }),
  },
  {
    mistake: 'targets of probes as an expression that is not closed',
    place: 'shop/blackbox: rules.ignoredTargets', value: "'[a'", wayOut: 'RE2',
    app: (chart) => new BlackboxExporter(chart, 'blackbox', { rules: { ignoredTargets: '[a' } }),
  },
  {
    mistake: 'jobs with the characters of an expression',
    place: 'shop/apiserver: rules.versionedJobs', value: `'a"b'`, wayOut: 'job',
    app: (chart) => prometheus(chart).monitor(new ApiServerMonitor(chart, 'apiserver', { rules: { versionedJobs: ['a"b', 'x|(y'] } })),
  },
];
