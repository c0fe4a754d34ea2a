import { OPERATOR_ALERTMANAGER_SETTINGS as SETTINGS } from '../../generated/prometheus-operator';
import { Setting, settingOf } from '../../upstream';
import { isMap, Plain, PlainMap, showPath } from '../../wire/data';

/** A setting that the operator does not take as it is. */
export interface Refusal {
  /** Place: `discord_configs of receiver 'chat'`. */
  readonly place: string;
  /** The setting: `webhook_url_file`. */
  readonly setting: string;
  /** Behaviour of the operator. */
  readonly problem: string;
  /** Way out. */
  readonly wayOut: string;
}

/** The type of a receiver. */
const RECEIVER = settingOf(SETTINGS, 'Root', 'receivers')?.holds ?? '';

/** The type of an integration: of `slack_configs`. */
function typeOf(kind: string): string {
  return settingOf(SETTINGS, RECEIVER, kind)?.holds ?? '';
}

const UNKNOWN = 'is not known to the operator, which refuses the whole routing';
const OTHERWISE = 'leave the setting out, or leave out teamConfigs';

/** The first setting below `value`, a mapping of a type or a list of these, that is not known, as a path. */
function unknownIn(value: Plain, type: string, path: readonly string[] = []): readonly string[] | undefined {
  if (value === null || typeof value !== 'object') {
    return undefined;
  }
  if (Array.isArray(value)) {
    return firstOf(value, (item, i) => unknownIn(item, type, [...path, String(i)]));
  }
  return firstOf(Object.entries(value), ([key, inner]) => {
    const setting = settingOf(SETTINGS, type, key);
    return setting === undefined ? [...path, key] : unknownOf(setting, inner, [...path, key]);
  });
}

/** As `unknownIn`, for what a setting is set to. */
function unknownOf({ holds }: Setting, value: Plain, path: readonly string[]): readonly string[] | undefined {
  if (holds !== undefined) {
    return holds === 'anything' ? undefined : unknownIn(value, holds, path);
  }
  const isText = [value].flat().every((item) => item === null || typeof item !== 'object');
  return isText ? undefined : path;
}

function firstOf<T, R>(items: readonly T[], find: (item: T, i: number) => R | undefined): R | undefined {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Behaviour of the operator with an empty text. */
export const EMPTY = "is empty, so the operator leaves it out and Alertmanager's own takes its place";
/** Way out where a text is empty. */
export const EMPTY_WAY_OUT = "write a template that says nothing, '{{ \"\" }}', or leave it out";

/** The first text or value of an integration that is empty, which the operator leaves out. */
export function emptyIn(kind: string, integration: PlainMap): string | undefined {
  return Object.keys(integration).find((setting) => integration[setting] === null
    || (integration[setting] === '' && settingOf(SETTINGS, typeOf(kind), setting)?.pointer !== true));
}

function refusalIn(kind: string, integration: PlainMap, receiver: string): Refusal | undefined {
  const place = `${kind} of receiver '${receiver}'`;
  const unknown = unknownIn(integration, typeOf(kind));
  if (unknown !== undefined) {
    const wayOut = 'tell that receiver in another way, by Integration.webhook() for example, or leave out teamConfigs';
    return { place, setting: showPath(unknown), problem: UNKNOWN, wayOut };
  }
  const empty = emptyIn(kind, integration);
  if (empty !== undefined) {
    return { place, setting: empty, problem: EMPTY, wayOut: EMPTY_WAY_OUT };
  }
  const { threading } = integration;
  if (kind === 'email_configs' && isMap(threading) && threading.thread_by_date !== 'daily' && threading.thread_by_date !== 'none') {
    return {
      place, setting: 'threading', problem: "has no 'thread_by_date', without which the operator refuses the whole routing", wayOut: "say 'daily' or 'none'",
    };
  }
  return undefined;
}

function refusalOf(receiver: PlainMap): Refusal | undefined {
  const name = typeof receiver.name === 'string' ? receiver.name : '';
  return firstOf(Object.entries(receiver), ([kind, list]) => (
    settingOf(SETTINGS, RECEIVER, kind) !== undefined
      ? firstOf(plainMapsOf(list), (integration) => refusalIn(kind, integration, name))
      : { place: `receiver '${name}'`, setting: kind, problem: UNKNOWN, wayOut: OTHERWISE }
  ));
}

function plainMapsOf(list: Plain | undefined): PlainMap[] {
  return Array.isArray(list) ? list.filter((item): item is PlainMap => isMap(item)) : [];
}

/** The first setting of a routing that the operator does not take as it is when it reads the text itself. */
export function refusalBy(routing: PlainMap): Refusal | undefined {
  const { receivers, ...rest } = routing;
  const unknown = unknownIn(rest, 'Root');
  return unknown === undefined ? firstOf(plainMapsOf(receivers), refusalOf)
    : { place: 'the routing', setting: showPath(unknown), problem: UNKNOWN, wayOut: OTHERWISE };
}
