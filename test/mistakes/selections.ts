import { Matcher, Relabeling, Route, SchedulerMonitor, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { hook, prometheus, routing, scrape, shopAlert } from './support';
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
