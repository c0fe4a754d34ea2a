import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiType, build, readJson, root } from './support';

const folder = path.join(root, 'docs', 'api');
const pages = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).sort();

describe('docs/api', () => {
  let types: ApiType[];

  beforeAll(() => {
    build();
    types = Object.values(readJson<{ types: Record<string, ApiType> }>('.jsii').types);
  }, 300_000);

  test('has each public type on one page, once', () => {
    const headings = pages.flatMap((page) => [...textOf(page).matchAll(/^## (\w+)$/gm)].map(([, name]) => name));
    expect(headings.sort()).toEqual(types.map(({ name }) => name).sort());
  });

  test('has each public type in its index', () => {
    const listed = [...textOf('README.md').matchAll(/^- \[`(\w+)`\]/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(types.map(({ name }) => name).sort());
  });

  test('has pages that are read at once: none over 100 kB', () => {
    expect(pages.filter((page) => fs.statSync(path.join(folder, page)).size > 100_000)).toEqual([]);
  });

  test('gives each heading of a page an anchor of its own', () => {
    const doubled = pages.flatMap((page) => {
      const anchors = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase());
      return anchors.filter((anchor, i) => anchors.indexOf(anchor) !== i).map((anchor) => `${page}: ${anchor}`);
    });
    expect(doubled).toEqual([]);
  });

  test('names no member that every construct has', () => {
    const members = pages.filter((page) => /`(\w+[.])?(toString|with|isConstruct)\(|Initializer/.test(textOf(page)));
    expect(members).toEqual([]);
  });

  test('prints each prop once, at the type that declares it', () => {
    const printed = pages.flatMap((page) => textOf(page).split(/^## /m).slice(1)).flatMap((section) => {
      const [name] = section.split('\n', 1);
      return section.includes('\n| prop |') ? [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, prop]) => `${name}.${prop}`) : [];
    });
    const declared = types.filter(({ datatype }) => datatype === true).flatMap(({ name, properties = [] }) => properties.map((prop) => `${name}.${prop.name}`));
    expect(printed.sort()).toEqual(declared.sort());
  });
});

function textOf(page: string): string {
  return fs.readFileSync(path.join(folder, page), 'utf8');
}
