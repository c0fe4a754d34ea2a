import * as vm from 'node:vm';
import * as esbuild from 'esbuild';
import { ROOT } from './support';
import { DEFAULTS, filled, lean } from '../../dashboards/grafana/defaults';
import type { Kind } from '../../dashboards/grafana/json';
import { stat } from '../../dashboards/grafana/panels';
import { DASHBOARDS } from '../../dashboards/index';

const all = Object.values(DASHBOARDS).flat();

/** Defaults of Grafana's own types; some kinds have none there. */
function ofGrafana(kind: Kind): Record<string, unknown> {
  const file = `./node_modules/@grafana/schema/dist/esm/raw/composable/${kind.replace('-', '')}/panelcfg/x/types.gen.mjs`;
  const { outputFiles: [{ text }] } = esbuild.buildSync({
    stdin: { contents: `module.exports = { ...require('${file}').defaultOptions };`, resolveDir: ROOT }, bundle: true, write: false, platform: 'node', format: 'cjs',
  });
  const module = { exports: {} };
  vm.runInNewContext(text, { module, exports: module.exports });
  return module.exports;
}

test.each(Object.entries(DEFAULTS))('what a %s takes for granted is what Grafana says, where it says it', (kind, { options }) => {
  const theirs = ofGrafana(kind as Kind);
  const both = Object.keys(options).filter((key) => key in theirs);
  expect(JSON.stringify(Object.fromEntries(both.map((key) => [key, options[key as keyof typeof options]]))))
    .toBe(JSON.stringify(Object.fromEntries(both.map((key) => [key, theirs[key]]))));
  expect(both.length > 0 || kind === 'timeseries').toBe(true);
});

test.each(all.map((dashboard) => [dashboard.uid, dashboard] as const))('Grafana reads %s from its file as it is written', (_, dashboard) => {
  const file = JSON.stringify(lean(dashboard));
  expect(filled(JSON.parse(file))).toEqual(JSON.parse(JSON.stringify(dashboard)));
  expect(file.length).toBeLessThan(0.9 * JSON.stringify(dashboard).length);
});

test('what differs from a default stays', () => {
  const { panel } = stat('Up', { description: 'Whether it is up.', unit: 'short', query: 'up', course: false });
  const placed = { ...panel, id: 1, gridPos: { x: 0, y: 0, w: 4, h: 4 } };
  expect(lean({ ...all[0], panels: [placed] })).toMatchObject({ panels: [{
    options: { graphMode: 'none' }, targets: [{ refId: 'A', expr: 'up', instant: true }],
  }] });
  expect(Object.keys(lean({ ...all[0], panels: [placed] }))).toEqual(Object.keys(all[0]));
});
