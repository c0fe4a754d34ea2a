import { Chart } from 'cdk8s';
import { crdProblems, isOperators } from './crds/crd-schema';
import { OperatedPrometheus, OperatedPrometheusProps, ScrapeJob } from '../../lib';
import { manifests, newChart } from '../charts';
import { find, Loose } from '../manifests';

/** The objects of a chart, after the definitions of the operator's have been found to accept them. */
export function objectsOf(chart: Chart): Loose[] {
  const objects: Loose[] = manifests(chart);
  expect(objects.filter(isOperators).flatMap(crdProblems)).toEqual([]);
  return objects;
}

type Fill = (prometheus: OperatedPrometheus, chart: Chart) => void;

/** Makes a Prometheus without its own job, lets `fill` add to it, and synthesizes. */
export function synthesize(props: OperatedPrometheusProps = {}, fill: Fill = () => undefined): Loose[] {
  const chart = newChart();
  fill(new OperatedPrometheus(chart, 'prometheus', { selfMonitoring: false, ...props }), chart);
  return objectsOf(chart);
}

/** The specification of the resource that a Prometheus becomes. */
export function specOf(props: OperatedPrometheusProps = {}, fill?: Fill): Loose {
  return find(synthesize(props, fill), props.agent === true ? 'PrometheusAgent' : 'Prometheus').spec;
}

const MONITORS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'];

/** The monitors that jobs become. */
export function monitorsOf(...jobs: ScrapeJob[]): Loose[] {
  return synthesize({}, (prometheus) => jobs.forEach((job) => prometheus.addScrapeJob(job))).filter(({ kind }) => MONITORS.includes(kind));
}

/** The only monitor that a job becomes, of the kind that is expected. */
export function monitorOf(kind: string, job: ScrapeJob): Loose {
  const monitors = monitorsOf(job);
  expect(monitors.map((object) => object.kind)).toEqual([kind]);
  return monitors[0];
}
