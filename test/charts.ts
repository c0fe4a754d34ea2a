import { App, Chart, ChartProps, Testing } from 'cdk8s';
import { Manifest } from './manifests';

/** A chart of its own app. */
export function newChart(props: ChartProps = { namespace: 'monitoring' }, id: string = 'test'): Chart {
  return new Chart(Testing.app(), id, props);
}

/** Makes a construct in a chart of its own. */
export function inChart<T>(make: (chart: Chart) => T): T {
  return make(newChart());
}

/** The objects of a chart. */
export function manifests(chart: Chart): Manifest[] {
  return Testing.synth(chart);
}

/** The objects of a chart that `make` fills. */
export function synth(make: (chart: Chart) => void): Manifest[] {
  const chart = newChart();
  make(chart);
  return manifests(chart);
}

/** Bytes of every manifest of an app that `make` fills. */
export function bytesOf(make: (chart: Chart) => void): string {
  const app = new App();
  make(new Chart(app, 'test', { namespace: 'monitoring' }));
  return app.synthYaml();
}
