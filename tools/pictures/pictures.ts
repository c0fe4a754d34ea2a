/** Asks every query of every dashboard, draws the answers, and writes the gallery. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { quantize, shoot } from './chromium';
import type { Theme } from './drawing';
import { gallery, pictureOf } from './gallery';
import { bottomOf, CELL, HEADER, opened, WIDTH } from './layout';
import { type Bundle, bundle, htmlOf } from './page';
import { panelsOf } from '../../dashboards/grafana/dashboard';
import { filled } from '../../dashboards/grafana/defaults';
import type { Dashboard } from '../../dashboards/grafana/json';
import { ask, type AskedDashboard, type AskedPanel, hasData, nameOf } from '../../dashboards/live/ask';
import { HttpApi } from '../../dashboards/live/http-api';

const ROOT = path.join(__dirname, '../..');
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const THEMES: readonly Theme[] = ['light', 'dark'];

const { values: options } = parseArgs({
  options: {
    'url': { type: 'string' },
    'answers': { type: 'string', default: path.join(__dirname, 'answers') },
    'out': { type: 'string', default: path.join(ROOT, 'docs/dashboards') },
    'only': { type: 'string', multiple: true, default: [] },
    'without': { type: 'string', multiple: true, default: [] },
    'range': { type: 'string' },
    'scrape-interval': { type: 'string', default: '30s' },
    'set': { type: 'string', multiple: true, default: [] },
  },
});

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function seconds(duration: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  if (unit === undefined) {
    throw new Error(`'${duration}' is no duration such as 30s, 15m, 6h or 7d`);
  }
  return Number(amount) * UNITS[unit];
}

/** Values of variables: of all dashboards (`namespace=shop`), or of one (`kubernetes-pod:namespace=shop`). */
function givenFor({ uid }: Dashboard): Record<string, string> {
  const given = options.set.map((text) => {
    const [, of, name, value] = /^(?:([\w-]+):)?(\w+)=(.*)$/.exec(text) ?? [];
    if (name === undefined) {
      throw new Error(`--set ${text}: not of the form variable=value or uid:variable=value`);
    }
    return { of, name, value };
  });
  const fitting = [...given.filter(({ of }) => of === undefined), ...given.filter(({ of }) => of === uid)];
  return Object.fromEntries(fitting.map(({ name, value }) => [name, value]));
}

/** All dashboards of the library, by their titles. */
const DASHBOARDS: readonly Dashboard[] = fs.readdirSync(path.join(ROOT, 'lib/components'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dashboard.json'))
  .map((file) => filled(JSON.parse(fs.readFileSync(path.join(ROOT, 'lib/components', file), 'utf8'))) as Dashboard)
  .sort((a, b) => a.title.localeCompare(b.title));

/** Kept answers for panels as they are now. Throws where other queries were asked. */
function keptFor(dashboard: Dashboard, asked: AskedDashboard): AskedDashboard {
  const panels = panelsOf(dashboard).map((panel): AskedPanel => {
    const kept = asked.panels.find(({ panel: { id } }) => id === panel.id)?.queries ?? [];
    return {
      panel,
      queries: panel.targets.map((target) => {
        const query = kept.find(({ target: { expr, instant } }) => expr === target.expr && instant === target.instant);
        if (query === undefined) {
          throw new Error(`${nameOf(dashboard, panel, target)} was not asked; ask again, with --url`);
        }
        return { ...query, target };
      }),
    };
  });
  return { ...asked, panels };
}

/** The answers of Prometheus, which are kept in a file; without a URL those that were kept. */
async function answersTo(dashboard: Dashboard): Promise<AskedDashboard> {
  const file = path.join(options.answers, `${dashboard.uid}.json`);
  const { url } = options;
  if (url === undefined) {
    if (!fs.existsSync(file)) {
      throw new Error(`${file}: there are no answers; give the URL of a Prometheus with --url`);
    }
    return keptFor(dashboard, JSON.parse(fs.readFileSync(file, 'utf8')) as AskedDashboard);
  }
  const api = new HttpApi(async (query) => {
    const response = await fetch(`${url.replace(/\/$/, '')}${query}`).catch(() => undefined);
    if (response === undefined) {
      throw new Error(`${url} does not answer`);
    }
    return response.text();
  });
  const to = Math.floor(Date.now() / 1000);
  const from = to - seconds(options.range ?? dashboard.time.from.replace('now-', ''));
  const asked = await ask(api, dashboard, { from, to, scrapeInterval: seconds(options['scrape-interval']), given: givenFor(dashboard) });
  fs.mkdirSync(options.answers, { recursive: true });
  fs.writeFileSync(file, JSON.stringify(asked));
  return asked;
}

/** Pictures of a dashboard: their sizes in bytes, and what is noted of them. */
interface Drawn {
  readonly sizes: readonly number[];
  readonly notes: ReadonlySet<string>;
}

/** Draws a dashboard in both themes. */
async function draw(dashboard: Dashboard, asked: AskedDashboard, page: Bundle): Promise<Drawn> {
  const height = HEADER + 8 + CELL * bottomOf(opened(dashboard));
  const sizes: number[] = [];
  const notes = new Set<string>();
  for (const theme of THEMES) {
    const png = path.join(options.out, pictureOf(dashboard, theme));
    const noted = await shoot(htmlOf({ dashboard, asked, theme }, page), png, { width: WIDTH, height, panels: asked.panels.length });
    noted.forEach((note) => notes.add(note));
    await quantize(png);
    sizes.push(fs.statSync(png).size);
  }
  return { sizes, notes };
}

/** Reports what Prometheus answers and what is drawn, and gives the number of queries without data. */
function report(dashboard: Dashboard, { panels }: AskedDashboard, { sizes, notes }: Drawn): number {
  const queries = panels.flatMap(({ panel, queries: of }) => of.map((query) => ({ name: nameOf(dashboard, panel, query.target), query })));
  const empty = queries.filter(({ query }) => !hasData(query));
  say(`${dashboard.uid}: ${queries.length} queries, ${empty.length} empty; ${sizes.map((size) => `${Math.round(size / 1024)} kB`).join(' and ')}`);
  empty.forEach(({ name, query }) => say(`  empty: ${name}: ${query.expr.replace(/\s+/g, ' ')}`));
  queries.forEach(({ name, query }) => query.warnings.forEach((warning) => say(`  warning: ${name}: ${warning}`)));
  notes.forEach((note) => say(`  ${note}`));
  return empty.length;
}

async function main(): Promise<void> {
  const unknown = [...options.only, ...options.without].find((wanted) => !DASHBOARDS.some(({ uid }) => uid === wanted));
  if (unknown !== undefined) {
    throw new Error(`${unknown}: there is no such dashboard; there are ${DASHBOARDS.map(({ uid }) => uid).join(', ')}`);
  }
  const chosen = DASHBOARDS.filter(({ uid }) => (
    (options.only.length === 0 || options.only.includes(uid)) && !options.without.includes(uid)
  ));
  const page = await bundle();
  fs.mkdirSync(options.out, { recursive: true });
  let [empty, failed] = [0, 0];
  for (const dashboard of chosen) {
    try {
      const asked = await answersTo(dashboard);
      empty += report(dashboard, asked, await draw(dashboard, asked, page));
    } catch (error) {
      failed += 1;
      process.exitCode = 1;
      say(`${dashboard.uid}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const isDrawn = (dashboard: Dashboard) => THEMES.every((theme) => fs.existsSync(path.join(options.out, pictureOf(dashboard, theme))));
  fs.writeFileSync(path.join(options.out, 'README.md'), gallery(DASHBOARDS, isDrawn));
  say(`${chosen.length} dashboards, ${failed} failed, ${empty} empty queries`);
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  say(error instanceof Error ? error.message : String(error));
});
