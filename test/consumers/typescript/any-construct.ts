import { ApiObject, App, Chart } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { LabelExpression, PrometheusServer, ScrapeEndpoint, ScrapeJob } from 'cdk8s-prometheus';

/** Services and Pods of two versions of cdk8s-plus in one app, and of none; `../python/main.py` is the same app. */
export function anyConstruct(app: App): void {
  const chart = new Chart(app, 'constructs', { namespace: 'shop' });
  const prometheus = new PrometheusServer(chart, 'scraper', { selfMonitoring: false });
  const endpoints = [new ScrapeEndpoint({ port: 'metrics' })];
  const containers = [{ image: 'shop', ports: [{ name: 'metrics', number: 9090 }] }];
  const older = new plus27.Deployment(chart, 'older', { containers });
  const newer = new plus34.Deployment(chart, 'newer', { containers });
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'older-pods', pods: older, endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'newer-pods', pods: newer, endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'older', service: older.exposeViaService(), endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'newer', service: newer.exposeViaService(), endpoints }));
  const selected = plus34.Pods.select(chart, 'selected', { expressions: [plus34.LabelExpression.in('tier', ['front', 'back'])] });
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'selected', pods: selected, labelExpressions: [LabelExpression.exists('team')], endpoints }));
  const service = new ApiObject(chart, 'plain', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'plain' }, spec: { ports: [{ name: 'metrics', port: 9090 }] } });
  prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'plain', service }));
}
