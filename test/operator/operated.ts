import { App, Chart, ChartProps, Testing } from 'cdk8s';
import { crdProblems, isOperators } from './crds/crd-schema';
import { OperatedPrometheus, OperatedPrometheusProps, ScrapeJob } from '../../lib';
import { Loose } from '../manifests';

/** A chart of its own app. */
export function newChart(props: ChartProps = { namespace: 'monitoring' }): Chart {
  return new Chart(Testing.app(), 'test', props);
}

/** The objects of a chart, after the definitions of the operator's have been found to accept them. */
export function objectsOf(chart: Chart): Loose[] {
  const objects: Loose[] = Testing.synth(chart);
  expect(objects.filter(isOperators).flatMap(crdProblems)).toEqual([]);
  return objects;
}

export function ofKind(objects: readonly Loose[], kind: string): Loose[] {
  return objects.filter((object) => object.kind === kind);
}

/** The only object of a kind, or the one of a name. */
export function find(objects: readonly Loose[], kind: string, name?: string): Loose {
  const found = ofKind(objects, kind).filter(({ metadata }) => name === undefined || metadata.name === name);
  expect(found.map(({ metadata }) => metadata.name)).toHaveLength(1);
  return found[0];
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

/** Bytes of every manifest of an app that `make` fills. */
export function bytesOf(make: (chart: Chart) => void): string {
  const app = new App();
  make(new Chart(app, 'test', { namespace: 'monitoring' }));
  return app.synthYaml();
}
