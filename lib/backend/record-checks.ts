import { OtherSeries, titleOf } from './dropped-metrics';
import { RecordingRule, Rule, RuleEdit, RuleSet, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { recordSame } from '../monitoring/rules/repeated-records';
import { isTrusted } from '../monitoring/rules/trusted';
import { recordedNames } from '../monitoring/rules/used-records';
import { parsedRule } from '../promql/rule';
import { nearest, quoteList } from '../text';

/** The record that differs by three letters or less from a name that is none. */
export function similarRecord(name: string, records: Iterable<string>): string | undefined {
  return nearest(name, [...records], 3);
}

/** Whether series that another Prometheus records may be here, too. */
function mayBringRecords(jobs: readonly ScrapeJob[], { received, foreign }: OtherSeries): boolean {
  const isFederation = ({ path, honorLabels, _isKnown }: ScrapeEndpoint) => path.endsWith('/federate') || (honorLabels && !_isKnown);
  return received || foreign || jobs.some(({ _discovery, endpoints }) => _discovery.kind === 'raw' || endpoints.some(isFederation));
}

function rulesOf(sets: readonly RuleSet[]): Rule[] {
  return sets.flatMap((set) => set.groups).flatMap((group) => group.rules);
}

function recordsOf(rules: readonly Rule[]): Set<string> {
  return new Set(rules.flatMap((rule) => (rule instanceof RecordingRule ? rule.record : [])));
}

/**
 * Edits that leave a record out whose series rules use that stay: these would find nothing, and say nothing.
 * @param all the rules before the edits
 * @param evaluated the rules after them
 */
export function neededRecords(
  edits: readonly RuleEdit[], all: readonly RuleSet[], evaluated: readonly RuleSet[], jobs: readonly ScrapeJob[], others: OtherSeries,
): string[] {
  const leaving = edits.filter(({ _verb }) => _verb === 'without');
  if (leaving.length === 0 || mayBringRecords(jobs, others)) {
    return [];
  }
  const rules = rulesOf(evaluated);
  const recorded = recordsOf(rules);
  const leftOut = [...recordsOf(rulesOf(all))].filter((record) => !recorded.has(record));
  return leaving.flatMap((edit) => {
    const missed = leftOut.filter((record) => edit._namesAny(record));
    const uses = rules.flatMap((rule) => {
      const used = missed.length === 0 ? [] : recordedNames([rule]).filter((name) => missed.includes(name));
      return used.map((name) => ({ rule: titleOf(rule), name }));
    });
    const [users, names] = [[...new Set(uses.map(({ rule }) => rule))], [...new Set(uses.map(({ name }) => name))]];
    return users.length === 0 ? [] : [
      `RuleEdit.without('${edit.alert}'): ${users.slice(0, 5).join(' and ')}${users.length > 5 ? ' and more' : ''} ${users.length === 1 ? 'uses' : 'use'} `
      + `${quoteList(names)}, which nothing else records; keep the record, or leave out what uses it too`,
    ];
  });
}

/**
 * Rules of the app that use a series which nothing records, and which differs by a few letters from one that is.
 * @param all the rules before the edits, with the records that nothing uses
 */
export function misspeltRecords(
  all: readonly RuleSet[], evaluated: readonly RuleSet[], jobs: readonly ScrapeJob[], others: OtherSeries,
): string[] {
  const rules = rulesOf(evaluated).filter((rule) => !isTrusted(rule) && rule.expr.includes(':'));
  if (rules.length === 0 || mayBringRecords(jobs, others)) {
    return [];
  }
  const recorded = recordsOf(rulesOf(all));
  return rules.flatMap((rule) => {
    const unknown = namesIn(rule).filter((name) => name.includes(':') && !recorded.has(name));
    return [...new Set(unknown)].flatMap((name) => {
      const similar = similarRecord(name, recorded);
      return similar === undefined ? [] : [`${titleOf(rule)} uses '${name}', which no rule records; write '${similar}', or add the record`];
    });
  });
}

function namesIn({ expr }: Rule): string[] {
  return parsedRule(expr)._selectors.flatMap(({ metric }) => metric ?? []);
}

/** Records of the app that are records of the library as well, so that two rules write one series. */
export function repeatedRecords(evaluated: readonly RuleSet[]): string[] {
  const records = evaluated.flatMap((set) => set.groups).flatMap((group) => (
    group.rules.flatMap((rule) => (rule instanceof RecordingRule ? [{ rule, group: group.name }] : []))));
  const ours = records.filter(({ rule }) => isTrusted(rule));
  return records.filter(({ rule }) => !isTrusted(rule)).flatMap(({ rule, group }) => {
    const other = ours.find((of) => recordSame(of.rule, rule));
    return other === undefined ? [] : [
      `record '${rule.record}' of group '${group}' is recorded by group '${other.group}' of the library, too, and two rules would write one series; `
      + `give yours another name, or leave that out by RuleEdit.without('${rule.record}', { group: '${other.group}' })`,
    ];
  });
}
