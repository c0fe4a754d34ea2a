/** What the lists in lib/generated hold: names that the programs know, read in their sources by `npm run versions`. */

/** Minor versions between which a program knows a name. */
export interface Span {
  /** First minor version that knows it, as `3.5`; that or an older one than the oldest that the library supports where it is left out. */
  readonly since?: string;
  /** First minor version that no longer knows it. */
  readonly until?: string;
}

/** A flag of a program. */
export interface Flag extends Span {
  /** The only mode of Prometheus that has it. */
  readonly mode?: 'server' | 'agent';
  /** Type of its value, where that is no text. */
  readonly type?: 'bool' | 'duration' | 'int' | 'float' | 'password';
}

/** Flags of a program by name, without dashes. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** A feature flag of Prometheus. */
export interface Feature extends Span {
  /** First minor version that accepts it without effect. */
  readonly noOp?: string;
}

/** A setting of a configuration file. */
export interface Setting extends Span {
  /** A text or number where it is left out, else `secret`, `anything`, or the name of the type of the mapping or of each mapping of a list. */
  readonly holds?: string;
  /** Whether it is a mapping of these, whose keys are the user's own. */
  readonly map?: true;
  /** Whether an empty text differs from none. */
  readonly pointer?: true;
  /** How its value is read; a text where it is left out. */
  readonly is?: SettingKind;
  /** The only texts that it may have. */
  readonly oneOf?: readonly string[];
  /** Whether the case of these does not matter. */
  readonly fold?: true;
  /** Whether it is a list of these. */
  readonly list?: true;
}

/** How a value is read: `count` is a whole number from 0 up, `duration` one of Prometheus and `time` one of Go, `any` says nothing. */
export type SettingKind = 'any' | 'text' | 'bool' | 'int' | 'count' | 'float' | 'duration' | 'time' | 'size' | 'url' | 'hostPort' | 'regex' | 'regexes' | 'matchers'
  | 'labelName' | 'mapping' | 'texts' | 'textLists' | 'logLevel' | 'nameValidation' | 'timeOfDay' | 'timeZone' | 'weekdays' | 'daysOfMonth' | 'months' | 'years';

/** Conditions on the settings of a mapping. */
export interface SettingCondition {
  /** Lists of settings of which one has to be there. */
  readonly needs?: ReadonlyArray<readonly string[]>;
  /** Pairs of settings that exclude each other. */
  readonly excludes?: ReadonlyArray<readonly string[]>;
}

/** Conditions by the name of a type of settings. */
export interface SettingConditions {
  readonly [type: string]: SettingCondition;
}

/** Settings by the name of their type and their key; the key `*` is any other, and the type `Root` the whole file. */
export interface SettingTypes {
  readonly [type: string]: { readonly [key: string]: Setting };
}

/** Value type of an expression, as the parser of Prometheus calls it. */
export type ValueType = 'none' | 'vector' | 'scalar' | 'matrix' | 'string';

/** A function of PromQL. */
export interface PromQlFunction extends Span {
  /** First minor version that has it without the feature promql-experimental-functions, if it once needed that. */
  readonly stable?: string;
  readonly args: readonly ValueType[];
  /** Number of last arguments that may be left out, or of repetitions of the last one; -1 for any number. */
  readonly variadic?: number;
  readonly returns: ValueType;
  /** Whether it needs the feature promql-experimental-functions. */
  readonly experimental?: true;
}

/** The setting of a type by its key, if the program knows it. */
export function settingOf(types: SettingTypes, type: string, key: string): Setting | undefined {
  const settings = Object.hasOwn(types, type) ? types[type] : {};
  return Object.hasOwn(settings, key) ? settings[key] : settings['*'];
}
