import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { AlertingRule, RuleEdit, RuleGroup, RuleSet, Runbooks, Severity } from '../../lib';
import { RuleCollection } from '../../lib/backend/rule-collection';
import { RuleSetData } from '../../lib/monitoring/rules/rule-set';
import { trustedAlert, trustedGroup } from '../../lib/monitoring/rules/trusted';

const PROJECT = 'https://github.com/cdk8s-prometheus/cdk8s-prometheus/blob/main/docs/runbooks';
const MINE = 'https://runbooks.example.com/<alert>.html';
const texts = { expr: 'up == 0', severity: Severity.INFO, summary: 's', description: 'd' };

/** Rules of the library: DiskFull, DiskSlow; and rules of an app: Silent, Closed, of which the latter has its own page. */
const LIBRARY = RuleSet.of(trustedGroup({ name: 'disks', rules: [trustedAlert({ alert: 'DiskFull', ...texts }), trustedAlert({ alert: 'DiskSlow', ...texts })] }));
const OF_APP = RuleSet.of(new RuleGroup({
  name: 'shop', rules: [new AlertingRule({ alert: 'Silent', ...texts }), new AlertingRule({ alert: 'Closed', ...texts, runbookUrl: 'http://wiki/closed' })],
}));

/** The page of each alert, as it is rendered. */
function pages(runbooks?: Runbooks, ...edits: RuleEdit[]): { [alert: string]: string } {
  const files: Array<() => RuleSetData> = [];
  const rules = new RuleCollection('app/prometheus', (_, data) => void files.push(data), { runbooks });
  rules.add('disks', LIBRARY);
  rules.add('shop', OF_APP);
  rules.edit(...edits);
  const rendered = files.flatMap((file) => file().groups).flatMap((group) => group.rules);
  return Object.fromEntries(rendered.map(({ alert, annotations }) => [alert, typeof annotations === 'string' ? '' : annotations.runbook_url]));
}

test.each<[string, Runbooks | undefined, string | undefined, string | undefined]>([
  ['by default', undefined, `${PROJECT}/DiskFull.md`, `${PROJECT}/DiskSlow.md`],
  ['PROJECT', Runbooks.PROJECT, `${PROJECT}/DiskFull.md`, `${PROJECT}/DiskSlow.md`],
  ['at', Runbooks.at(MINE), 'https://runbooks.example.com/DiskFull.html', 'https://runbooks.example.com/DiskSlow.html'],
  ['NONE', Runbooks.NONE, undefined, undefined],
])('the runbooks of alerts of the library, and no others, follow the prop: %s', (_, runbooks, full, slow) => {
  expect(pages(runbooks)).toEqual({ DiskFull: full, DiskSlow: slow, Silent: undefined, Closed: 'http://wiki/closed' });
});

test.each([undefined, Runbooks.at(MINE), Runbooks.NONE])('an edit wins over the prop', (runbooks) => {
  const of = (...edits: RuleEdit[]) => pages(runbooks, ...edits).DiskFull;
  expect(of(RuleEdit.runbook('DiskFull', 'http://wiki/disk'))).toBe('http://wiki/disk');
  expect(of(RuleEdit.runbook('*', 'http://wiki/<alert>', { group: 'disks' }))).toBe('http://wiki/DiskFull');
  expect(of(RuleEdit.annotation('DiskFull', 'runbook_url', ''))).toBeUndefined();
  expect(of(RuleEdit.severity('DiskFull', Severity.WARNING))).toBe(pages(runbooks).DiskFull);
});

test('an alert says its page wherever its rules are read', () => {
  expect(LIBRARY.groups[0]._alertingRules().map(({ annotations }) => annotations.runbook_url)).toEqual([`${PROJECT}/DiskFull.md`, `${PROJECT}/DiskSlow.md`]);
});

test("the project's pages are in its repository", () => {
  const { repository } = JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8'));
  expect(`${repository.url.replace(/[.]git$/, '')}/blob/main/docs/runbooks`).toBe(PROJECT);
});

test.each([
  ['wiki/<alert>', "Runbooks.at: runbook 'wiki/<alert>' is not a URL of HTTP; give one such as 'https://runbooks.example.com/<alert>.html'"],
  ['https://wiki/all', "Runbooks.at: 'https://wiki/all' is one page for all alerts; put '<alert>' where the name of the alert goes"],
])('refuses pages at %s', (url, message) => {
  expect(() => Runbooks.at(url)).toThrow(message);
});
