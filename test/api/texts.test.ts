import * as fs from 'node:fs';
import * as path from 'node:path';
import { membersOf, propsOf } from './doors';
import { allOf, Given } from './walk';
import { DOORS, STRUCTS } from '../../lib/generated/api-types';
import { kindOf, textProblem } from '../../lib/texts';

/** Docstrings of props, by the struct and the prop. */
function docstrings(): ReadonlyMap<string, string> {
  const lib = path.join(__dirname, '../../lib');
  const files = fs.readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.startsWith('generated'));
  const docs = new Map<string, string>();
  files.map((file) => fs.readFileSync(path.join(lib, file), 'utf8')).forEach((source) => {
    let struct = '';
    for (const [, interfaceName, doc, prop] of source.matchAll(/^export interface (\w+)|^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\s*readonly (\w+)/gm)) {
      struct = interfaceName ?? struct;
      if (prop !== undefined) {
        docs.set(`${struct}.${prop}`, doc);
      }
    }
  });
  return docs;
}

const DOCS = docstrings();
const TEXTS = allOf('string');

/** Members whose docstring says that they are of a kind, one for each name and docstring. */
function documentedAs(kind: RegExp): Given[] {
  const seen = new Set<string>();
  return TEXTS.filter(({ owner, member }) => {
    const doc = DOCS.get(`${owner}.${member.name}`) ?? '';
    const isNew = kind.test(doc.split('@default')[0]) && !seen.has(`${member.name}${doc}`);
    seen.add(`${member.name}${doc}`);
    return isNew;
  });
}

/** Texts that are judged by what takes them: bytes, patterns and names of labels. */
const NOT_AT_THE_DOOR = ['bytes', 'joinedRegex', 'relabeledLabel'];

test('no text has a character that cannot be written', () => {
  const ofDoors = Object.keys(DOORS).map((owner) => [owner, membersOf(DOORS[owner])] as const);
  const members = [...ofDoors, ...Object.keys(STRUCTS).map((owner) => [owner, propsOf(owner)] as const)];
  const texts = members.flatMap(([owner, all]) => all.filter(({ type }) => type.endsWith('string')).map(({ name }) => [owner, name] as const));
  const takes = (owner: string, name: string) => ['a\0b', '\ud800x'].some((text) => textProblem(text, name, owner) === undefined);
  const taken = texts.filter(([owner, name]) => !NOT_AT_THE_DOOR.includes(kindOf(name, owner) ?? '') && takes(owner, name));
  expect(texts.length).toBeGreaterThan(600);
  expect(taken).toEqual([]);
});

test('each prop that is a regular expression refuses what is none', () => {
  const patterns = documentedAs(/regular expression/i);
  expect(patterns.length).toBeGreaterThan(15);
  expect(patterns.filter(({ say }) => !say('(').includes("'('")).map(({ owner, member }) => `${owner}.${member.name}`)).toEqual([]);
});

test('each prop that is a URL refuses what is none', () => {
  const urls = documentedAs(/\bURL\b/).filter(({ member }) => /url$|^url/i.test(member.name) && !/title|from/i.test(member.name))
    // those are judged once the URL of Grafana is known, which test/grafana has
    .filter(({ owner }) => owner !== 'GrafanaOidc');
  expect(urls.length).toBeGreaterThan(15);
  expect(urls.filter(({ say }) => !say('no url').includes('no url')).map(({ owner, member }) => `${owner}.${member.name}`)).toEqual([]);
});
