import { FLAG_CHOICES, PROMETHEUS_DURATIONS, PROMETHEUS_SIZES } from './flag-choices';
import { atLeast, imageOf, isNewerMinor, versionOf } from './images';
import { WorkloadOptions } from './workload-options';
import { checkNoUrlSecret } from '../checks';
import { didYouMean, quoteList } from '../text';
import { parsePromDuration } from '../units';
import { Flag, FlagTable } from '../upstream';
import { Program, PROGRAMS } from '../versions';

/** Flags by name, as the prop `extraFlags` of a program has them. */
export interface ExtraFlags {
  readonly [flag: string]: string;
}

/** Flags of a program. */
export interface ProgramFlags {
  readonly program: Program;
  /** Name of the program, for messages. */
  readonly title: string;
  /** The flags that it knows up to the version that the library deploys; later versions may know more. */
  readonly flags: FlagTable;
  /**
   * Package that reads the flags: with `kingpin` a switch has no value and is turned off by `no-`, with `go` it may have one.
   * @see https://pkg.go.dev/github.com/alecthomas/kingpin/v2
   */
  readonly syntax: 'kingpin' | 'go';
  /** Flags that the library sets or keeps as they are, each with the props that set it; without any where none does. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

/** Flags of a program that runs in a version and a mode. */
export interface FlagRules extends ProgramFlags {
  readonly version: string;
  readonly mode?: 'server' | 'agent';
}

/** Flags that print something and end the program. */
const PRINTING = ['help', 'version', 'short-version', 'config.check', 'write-documentation', 'dryRun', 'promscrape.config.dryRun'];

const DURATION = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+)$/;

/** What the values of a type are like, and an example. */
const TYPES = {
  duration: { of: 'a duration', is: (value: string) => DURATION.test(value), example: '1m30s' },
  int: { of: 'a whole number', is: (value: string) => /^[-+]?\d+$/.test(value), example: '10' },
  float: { of: 'a number', is: (value: string) => value.trim() !== '' && Number.isFinite(Number(value)), example: '0.9' },
  password: { of: 'a secret, which the manifest would show', is: (value: string) => /^(file|https?):\/\//.test(value), example: 'file:///etc/secret/key' },
} as const;

/** The same for values that have a form and no type. */
const FORMS = [
  { flags: PROMETHEUS_DURATIONS, of: 'a duration', is: (value: string) => parsePromDuration(value) !== undefined, example: '1h30m' },
  { flags: PROMETHEUS_SIZES, of: 'a size', is: (value: string) => /^\d+([KMGTPE]i?)?B$/.test(value), example: '512MB' },
];

function isNegation(flag: string, { flags, syntax }: ProgramFlags): boolean {
  const positive = flag.slice('no-'.length);
  return syntax === 'kingpin' && flag.startsWith('no-') && Object.hasOwn(flags, positive) && flags[positive].type === 'bool';
}

function checkSwitch(where: string, flag: string, value: string, { syntax }: ProgramFlags): void {
  if (syntax === 'kingpin' && value !== '') {
    const name = flag.replace(/^no-/, '');
    throw new Error(`${where}: flag '${flag}' is a switch and has no value, and got '${value}'; write '${name}': '' to turn it on, or 'no-${name}': '' to turn it off`);
  }
  if (!['', 'true', 'false'].includes(value)) {
    throw new Error(`${where}: flag '${flag}' is a switch, and got '${value}'; write 'true' or 'false'`);
  }
}

function checkChoice(where: string, flag: string, value: string, { program, version }: FlagRules): void {
  const choices = isNewerMinor(version, PROGRAMS[program].version.slice(1)) ? undefined : FLAG_CHOICES.get(flag);
  if (choices !== undefined && !choices.includes(value)) {
    throw new Error(`${where}: flag '${flag}' got '${value}'${didYouMean(value, choices) || ';'} use ${quoteList(choices)}`);
  }
}

function checkValue(where: string, flag: string, value: string, known: Flag, rules: FlagRules): void {
  if (known.type === 'bool') {
    checkSwitch(where, flag, value, rules);
    return;
  }
  checkNoUrlSecret(value, `${where}: flag '${flag}'`, 'name a file instead where the program has a flag for one');
  if (value === '') {
    throw new Error(`${where}: flag '${flag}' has no value; give one, or leave the flag out`);
  }
  const type = known.type === undefined ? FORMS.find(({ flags }) => flags.includes(flag)) : TYPES[known.type];
  if (type !== undefined && !type.is(value)) {
    const got = known.type === 'password' ? '' : `, and got '${value}'`;
    throw new Error(`${where}: flag '${flag}' is ${type.of}${got}; write it as '${type.example}'`);
  }
  checkChoice(where, flag, value, rules);
}

/** Throws unless the program has the flag, in its version and its mode, and is not told to print something and end. A newer program may have more. */
export function checkFlag(where: string, flag: string, rules: FlagRules): Flag | undefined {
  const { program, title, version, flags, mode } = rules;
  const name = isNegation(flag, rules) ? flag.slice('no-'.length) : flag;
  const known = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag.startsWith('-')) {
    throw new Error(`${where}: flag '${flag}' has leading dashes; write it as '${flag.replace(/^-+/, '')}'`);
  }
  if (PRINTING.includes(name)) {
    throw new Error(`${where}: flag '${flag}' makes ${title} print something and end; leave it out`);
  }
  if (known === undefined) {
    if (isNewerMinor(version, PROGRAMS[program].version.slice(1))) {
      return undefined;
    }
    throw new Error(`${where}: ${title} has no flag '${flag}'${didYouMean(flag, Object.keys(flags)) || '; leave it out'}`);
  }
  if (known.since !== undefined && !atLeast(version, known.since)) {
    throw new Error(`${where}: ${title} ${version} has no flag '${flag}', which is there since ${known.since}; choose a newer image`);
  }
  if (known.until !== undefined && atLeast(version, known.until)) {
    throw new Error(`${where}: ${title} ${version} no longer has flag '${flag}', which was removed in ${known.until}; leave it out`);
  }
  if (known.mode !== undefined && known.mode !== mode) {
    throw new Error(`${where}: flag '${flag}' is for the ${known.mode} mode only, and this ${title} runs in ${mode} mode; leave it out`);
  }
  return known;
}

function checkNotOwn(where: string, flag: string, { own }: ProgramFlags): void {
  const props = own.get(flag) ?? own.get(flag.replace(/^no-/, ''));
  if (props !== undefined) {
    const wayOut = props.length === 0 ? 'leave it out' : `use the prop ${props.map((prop) => `'${prop}'`).join(' or ')}`;
    throw new Error(`${where}: flag '${flag}' is set by the library; ${wayOut}`);
  }
}

/**
 * Throws when one of the flags is none of the program in this version, is one that the library sets, has a value that is none of its type, or none
 * at all. What is not known of a newer program is not checked.
 */
export function checkFlags(at: string, given: ExtraFlags = {}, rules: FlagRules): void {
  const where = `${at}: extraFlags`;
  Object.entries(given).forEach(([flag, value]) => {
    const known = checkFlag(where, flag, rules);
    checkNotOwn(where, flag, rules);
    if (known !== undefined) {
      checkValue(where, flag, value, known, rules);
    }
  });
}

/** Options of a program that takes further flags. */
export interface FlagOptions extends Pick<WorkloadOptions, 'image' | 'registry'> {
  readonly extraFlags?: ExtraFlags;
}

/** The further flags of a program as arguments. Throws as `checkFlags` does. */
export function extraFlagArgs(where: string, options: FlagOptions, flags: ProgramFlags): string[] {
  checkFlags(where, options.extraFlags, { ...flags, version: versionOf(flags.program, imageOf(flags.program, options)) });
  return flagArgs(options.extraFlags);
}

/** Flags as arguments. */
export function flagArgs(given: ExtraFlags = {}): string[] {
  return Object.entries(given).map(([flag, value]) => (value === '' ? `--${flag}` : `--${flag}=${value}`));
}

/** Flags as the operator's resources have them. */
export function flagArguments(given?: ExtraFlags): Array<{ readonly name: string; readonly value?: string }> | undefined {
  return given === undefined ? undefined : Object.entries(given).map(([name, value]) => ({ name, value: value || undefined }));
}

/** The flags that the library sets: by prop those that the prop sets, and those that none does. */
export function ownFlags(byProp: { readonly [prop: string]: readonly string[] }, ...others: string[]): Map<string, string[]> {
  const own = new Map<string, string[]>(others.map((flag) => [flag, []]));
  Object.entries(byProp).forEach(([prop, flags]) => flags.forEach((flag) => own.set(flag, [...own.get(flag) ?? [], prop])));
  return own;
}
