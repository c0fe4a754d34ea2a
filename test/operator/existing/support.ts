import { Chart } from 'cdk8s';
import { ExistingPrometheus, ExistingPrometheusProps, ScrapeJob } from '../../../lib';
import { newChart } from '../../charts';
import { Loose } from '../../manifests';
import { objectsOf } from '../operated';

export type Fill = (prometheus: ExistingPrometheus, chart: Chart) => void;

/** Makes a Prometheus of others in a chart `shop`, lets `fill` add to it, and synthesizes; the definitions of the operator's accept the objects. */
export function synthesize(props: ExistingPrometheusProps = {}, fill: Fill = () => undefined): Loose[] {
  const chart = newChart({ namespace: 'shop' }, 'shop');
  fill(new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' }, ...props }), chart);
  return objectsOf(chart);
}

/** What jobs become. */
export function monitorsOf(props: ExistingPrometheusProps, ...jobs: ScrapeJob[]): Loose[] {
  return synthesize(props, (prometheus) => jobs.forEach((job) => prometheus.addScrapeJob(job)));
}

/** A Prometheus of others, in a chart of its own. */
export function existing(props: ExistingPrometheusProps = {}): ExistingPrometheus {
  return new ExistingPrometheus(newChart({ namespace: 'shop' }, 'shop'), 'prometheus', { labels: { release: 'kps' }, ...props });
}
