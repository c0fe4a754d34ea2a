import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Dashboard } from '../../dashboards/grafana/json';
import { gallery, pictureOf } from '../../tools/pictures/gallery';
import { COMMITTED, ROOT } from './support';

const FOLDER = path.join(ROOT, 'docs/dashboards');
/** Dashboards of what the cluster that is drawn does not have. */
const NOT_DRAWN = ['grafana', 'influxdb2'];

const dashboards = COMMITTED.map(({ json }) => json).sort((a, b) => a.title.localeCompare(b.title));
const isDrawn = (dashboard: Dashboard) => (['light', 'dark'] as const).every((theme) => fs.existsSync(path.join(FOLDER, pictureOf(dashboard, theme))));

it('every dashboard has its pictures, and there are no others', () => {
  const expected = dashboards.filter(({ uid }) => !NOT_DRAWN.includes(uid)).flatMap((dashboard) => [pictureOf(dashboard, 'dark'), pictureOf(dashboard, 'light')]);
  expect(fs.readdirSync(FOLDER).filter((file) => file !== 'README.md').sort()).toEqual(expected.sort());
});

it('the gallery is what tools/pictures writes', () => {
  expect(fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toBe(gallery(dashboards, isDrawn));
});
