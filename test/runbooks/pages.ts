import * as fs from 'node:fs';
import * as path from 'node:path';
import { panelsOf, COMMITTED } from '../dashboards/support';
import { CATALOGUES } from '../rules/catalogues';
import { readCases } from '../rules/cases';
import { PromQl } from '../../lib';

const ROOT = path.join(__dirname, '..', '..');

/** Folder of the pages. */
export const FOLDER = path.join(ROOT, 'docs', 'runbooks');

/** Sections of a page, in their order. */
export const SECTIONS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'];

/** Block of code of a page. */
interface Block {
  readonly language: string;
  readonly text: string;
}

/** Runbook of an alert. */
export interface Page {
  readonly alert: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** All pages that are committed, without their index. */
export const PAGES: readonly Page[] = fs.readdirSync(FOLDER).filter((file) => file !== 'README.md').sort().map((file) => {
  const text = fs.readFileSync(path.join(FOLDER, file), 'utf8');
  const blocks = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language, code]) => ({ language, text: code }));
  return { alert: file.replace(/[.]md$/, ''), text, blocks };
});

/** Queries of a page: paragraphs of its blocks of PromQL. */
export function queriesOf({ blocks }: Page): string[] {
  return blocks.filter(({ language }) => language === 'promql').flatMap(({ text }) => text.split('\n\n')).map((query) => query.trim());
}

const CASES = Object.keys(CATALOGUES).flatMap((component) => readCases(component));

/** Labels that an alert has when it fires, by the cases of its rules. */
export function labelsOf(alert: string): Set<string> {
  return new Set(CASES.filter((each) => each.alert === alert).flatMap((each) => each.expect).flatMap(({ labels }) => Object.keys(labels)));
}

/** Metrics that rules and dashboards ask for, and records: what tests have found at the real programs. */
export function knownMetrics(): Set<string> {
  const rules = Object.values(CATALOGUES).flatMap(({ groups }) => groups).flatMap((group) => group.rules);
  const queries = COMMITTED.flatMap(({ json }) => panelsOf(json)).flatMap(({ targets = [] }) => targets).map(({ expr }) => expr);
  const words = queries.flatMap((query) => query.match(/[A-Za-z_:][\w:]*/g) ?? []);
  const records = rules.flatMap((rule) => ('record' in rule ? [String(rule.record)] : []));
  return new Set([...rules.flatMap((rule) => rule._metrics()), ...words, ...records]);
}

/** What is wrong with a query, as a sentence; undefined if nothing is. */
export function queryProblem(query: string, known: ReadonlySet<string>): string | undefined {
  try {
    const unknown = PromQl.parse(query).metrics.filter((metric) => !known.has(metric));
    return unknown.length === 0 ? undefined : `no component is known to expose ${unknown.join(', ')}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Options of rules by the alerts that their docstrings name. */
export function optionsByAlert(alerts: ReadonlySet<string>): Map<string, Set<string>> {
  const files = fs.readdirSync(path.join(ROOT, 'lib/components'), { recursive: true, encoding: 'utf8' }).filter((file) => /-(rule-options|rules)[.]ts$/.test(file));
  const sources = files.map((file) => fs.readFileSync(path.join(ROOT, 'lib/components', file), 'utf8'));
  const options = new Map<string, Set<string>>();
  sources.flatMap((source) => [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s+readonly (\w+)\?:/g)]).forEach(([, docs, option]) => {
    (docs.match(/\w+/g) ?? []).filter((word) => alerts.has(word)).forEach((alert) => {
      options.set(alert, new Set([...options.get(alert) ?? [], option]));
    });
  });
  return options;
}
