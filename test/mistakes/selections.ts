import { Matcher, MetricSelection, Relabeling, Route, SchedulerMonitor, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { blackbox, hook, prometheus, routing, scrape, shopAlert } from './support';
import { groupOf, Mistake } from '../bad-input/support';

/** Selections that let nothing through, or never match. */
export const SELECTIONS: Mistake[] = [
  {
    mistake: 'all Pods of a namespace',
    place: 'shop/scheduler: pods', value: 'empty', wayOut: 'leave it out',
    app: (chart) => prometheus(chart).monitor(new SchedulerMonitor(chart, 'scheduler', { pods: {} })),
  },
  {
    mistake: 'a mapping of labels without a group',
    place: 'Relabeling.labelmap', value: "'__meta_kubernetes_pod_label_.+'", wayOut: 'group',
    app: (chart) => scrape(chart, { relabelings: [Relabeling.labelMap('__meta_kubernetes_pod_label_.+')] }),
  },
  {
    mistake: 'labels of samples that are kept without the name of the metric',
    place: 'metricRelabelings', value: "'job|instance'", wayOut: '__name__',
    app: (chart) => scrape(chart, { metricRelabelings: [Relabeling.labelKeep('job|instance')] }),
  },
  {
    mistake: 'a metric that is dropped, and that rules need',
    place: 'ShopGone', value: 'shop_requests', wayOut: 'metricRelabelings',
    app: (chart) => {
      const server = prometheus(chart);
      const metricRelabelings = [Relabeling.drop({ sourceLabels: ['__name__'], regex: 'shop_.*' })];
      server.addScrapeJob(ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', metricRelabelings })] }));
      server.addRules(groupOf(shopAlert({ alert: 'ShopGone', expr: 'shop_requests{job="web"} == 0' })));
    },
  },
  ...([
    ['PromQL for the name of a metric', 'MetricSelection.keep', 'up{job="x"}', 'keepByLabels', () => MetricSelection.keep('up{job="x"}')],
    ['a list in one text', 'MetricSelection.keep', 'node_load1,node_load5', 'an argument of its own', () => MetricSelection.keep('node_load1,node_load5')],
    ['a wildcard for a regular expression', 'MetricSelection.keep', "'node_*'", "'node_.*'", () => MetricSelection.keep('node_*')],
    ['an empty metric', 'MetricSelection.keep', 'empty', 'leave it out', () => MetricSelection.keep('')],
    ['every metric', 'MetricSelection.drop', "'.*'", 'leave the job out', () => MetricSelection.drop('.*')],
    ['a step that drops everything', 'Relabeling.drop', "'.*'", 'matches less', () => Relabeling.drop({ sourceLabels: ['__name__'], regex: '.*' })],
    ['a group with letters behind it', 'Relabeling.replace', "'$1_total'", "'${1}_total'", () => Relabeling.replace({ sourceLabels: ['a'], targetLabel: 'b', replacement: '$1_total' })],
    ['a group without that name', 'Relabeling.replace', "'$pod'", "'$1'", () => Relabeling.replace({ sourceLabels: ['a'], regex: '(?P<name>.*)', targetLabel: 'b', replacement: '$pod' })],
  ] as const).map(([mistake, place, value, wayOut, app]) => ({ mistake, place, value, wayOut, app })),
  {
    mistake: 'a target of a probe that is a sentence',
    place: "ScrapeJob 'pages'", value: "'not a url'", wayOut: 'an address or a URL',
    app: (chart) => prometheus(chart).addScrapeJob(ScrapeJob.fromProbes({ name: 'pages', prober: blackbox(chart), module: 'http_2xx', targets: ['not a url'] })),
  },
  {
    mistake: 'matchers that no alert has all of',
    place: 'Route', value: 'team', wayOut: '',
    app: (chart) => routing(chart, { receiver: hook(), routes: [new Route({ receiver: hook('a'), matchers: [Matcher.equal('team', 'a'), Matcher.equal('team', 'b')] })] }),
  },
  {
    mistake: 'labels that become one',
    place: "ScrapeJob 'web': copyLabels", value: "'app.name'", wayOut: 'one of them',
    app: (chart) => scrape(chart, {}, { copyLabels: ['app.name', 'app-name'] }),
  },
];
