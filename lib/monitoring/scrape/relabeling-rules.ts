import { isClassicLabelName } from '../../checks';
import { JsonMap, printed } from '../../json';
import { captureGroups, matchesAnchored } from '../../regex';
import { SettingFault } from '../../settings';

const DEFAULT_REGEX = '(.*)';
const DEFAULT_REPLACEMENT = '$1';

/** Actions that write a label. */
const WRITES = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal'];

/** The settings that an action may have beside its own; all of them where it is not listed. */
const ONLY: { readonly [action: string]: readonly string[] } = {
  keepequal: ['source_labels', 'target_label'],
  dropequal: ['source_labels', 'target_label'],
  labeldrop: ['regex'],
  labelkeep: ['regex'],
};

/** Values that say what is so without them. */
const DEFAULTS: JsonMap = { separator: ';', regex: DEFAULT_REGEX, replacement: DEFAULT_REPLACEMENT, modulus: 0, target_label: '' };

/** What is wrong with a `relabel_config` whose settings are of the right types. */
export function relabelingFault(step: JsonMap): SettingFault | undefined {
  const { action: given, target_label: target = '', modulus, replacement, regex, source_labels: sources } = step;
  const action = typeof given === 'string' && given !== '' ? given.toLowerCase() : 'replace';
  const says = (key: string) => step[key] !== undefined && step[key] !== null && step[key] !== DEFAULTS[key];
  if (given === '') {
    return { at: 'action', says: "it is empty; leave it out for 'replace'" };
  }
  if (WRITES.includes(action) && !says('target_label')) {
    return { at: '', says: `the action '${action}' has no 'target_label'; name the label` };
  }
  if (action === 'hashmod' && !(typeof modulus === 'number' && modulus > 0)) {
    return { at: '', says: "the action 'hashmod' has no 'modulus'; give a number above 0" };
  }
  const needless = Object.hasOwn(ONLY, action) ? Object.keys(step).find((key) => key !== 'action' && !ONLY[action].includes(key) && says(key)) : undefined;
  if (needless !== undefined) {
    return { at: needless, says: `the action '${action}' has no such setting; leave it out` };
  }
  if ((action === 'lowercase' || action === 'uppercase') && says('replacement')) {
    return { at: 'replacement', says: `the action '${action}' has no such setting; leave it out` };
  }
  if (action === 'labelmap' && replacement === '') {
    return { at: 'replacement', says: "the action 'labelmap' gives labels no name; write one, such as '$1'" };
  }
  return groupFault(action, textOf(regex, DEFAULT_REGEX), textOf(replacement, DEFAULT_REPLACEMENT), printed(target))
    ?? selectionFault(action, textOf(regex, DEFAULT_REGEX), Array.isArray(sources) ? sources.map(String) : []);
}

function textOf(value: unknown, otherwise: string): string {
  return value === undefined || value === null ? otherwise : printed(value);
}

/** A reference to a group that the expression does not have: what it stands for is empty. */
export function groupFault(action: string, regex: string, replacement: string, target: string): SettingFault | undefined {
  if (action !== 'replace' && action !== 'labelmap') {
    return undefined;
  }
  const groups = captureGroups(regex);
  // A name reaches as far as it can: `$1_total` is the group called `1_total`.
  const references = [...`${replacement} ${target}`.replaceAll('$$', '').matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([text, braced, bare]) => ({ text, name: braced ?? bare }));
  const glued = references.find(({ text, name }) => !text.includes('{') && /^\d+[A-Za-z_]/.test(name));
  if (glued !== undefined) {
    const [, number = '', rest = ''] = /^(\d+)(.*)$/.exec(glued.name) ?? [];
    return { at: 'replacement', says: `'${glued.text}' refers to a group called '${glued.name}', which there is not; write '\${${number}}${rest}'` };
  }
  const missing = references.find(({ name }) => /^\d+$/.test(name) && Number(name) > groups);
  if (missing !== undefined) {
    return {
      at: 'regex',
      says: `'${regex}' has ${groups === 0 ? 'no group' : groups === 1 ? 'one group' : `${groups} groups`}, and '${missing.text}' refers to group ${missing.name}, which is empty; `
        + 'put what it is to hold into parentheses',
    };
  }
  const unnamed = references.find(({ name }) => !/^\d/.test(name) && !regex.includes(`<${name}>`));
  if (unnamed !== undefined) {
    return { at: 'replacement', says: `'${unnamed.text}' refers to a group called '${unnamed.name}', which '${regex}' does not have; write '$1' for the first group, and '$$' for a dollar sign` };
  }
  return undefined;
}

/** Expressions that match any value. */
const ANY = ['.*', '(.*)', '^.*$'];

/** A step that surely lets nothing through, or takes what has to stay. */
export function selectionFault(action: string, regex: string, sources: readonly string[]): SettingFault | undefined {
  if ((action === 'keep' && sources.length === 0 && !matchesAnchored(regex, '', true)) || (action === 'drop' && sources.length === 0 && matchesAnchored(regex, ''))) {
    return { at: '', says: `the action '${action}' has no 'source_labels', so it drops everything; name the labels to look at` };
  }
  if (action === 'drop' && ANY.includes(regex)) {
    return { at: 'regex', says: `'${regex}' matches any value, so the step drops everything; write it so that it matches less` };
  }
  if (action === 'labeldrop' && matchesAnchored(regex, '__address__') && matchesAnchored(regex, '__name__')) {
    return { at: 'regex', says: `'${regex}' matches every label, the address of the target and the name of the metric too; write it so that it matches less` };
  }
  const never = sources.find((label) => label.startsWith('__meta_') && !isClassicLabelName(label));
  return never === undefined
    ? undefined
    : { at: 'source_labels', says: `'${never}' never exists, since discovery writes '_' for other characters than letters and digits; write '${never.replace(/[^a-zA-Z0-9_]/g, '_')}'` };
}
