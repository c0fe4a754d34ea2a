import { argumentsOf, call, Member, membersOf, propsOf, sampleOf } from './doors';
import { DOORS, STRUCTS } from '../../lib/generated/api-types';
import { Loose } from '../manifests';

/** What is said of a call; an error of JavaScript itself, which says nothing to the caller, with its name. */
export function saidOf(door: string, args: readonly Loose[]): string {
  try {
    call(door, args);
    return '';
  } catch (error) {
    return error instanceof Error && error.name === 'Error' ? error.message : String(error);
  }
}

/** A struct, the door that takes it, and the arguments of that with the struct in its place. */
export interface StructBelow {
  readonly door: string;
  readonly struct: string;
  readonly around: (props: Loose) => Loose[];
}

/** Structs with the door that takes them, by way of the props in between. */
export function structsBelow(): StructBelow[] {
  const seen = new Set<string>();
  const below = (door: string, struct: string, around: (props: Loose) => Loose[]): StructBelow[] => {
    if (seen.has(struct)) {
      return [];
    }
    seen.add(struct);
    return [{ door, struct, around }, ...propsOf(struct).filter(({ type }) => type in STRUCTS)
      .flatMap(({ name, type }) => below(door, type, (props) => around({ ...sampleOf(struct), [name]: props })))];
  };
  return Object.keys(DOORS).flatMap((door) => membersOf(DOORS[door]).filter(({ type }) => type in STRUCTS)
    .flatMap(({ name, type }) => below(door, type, (props) => argumentsOf(door, name, props))));
}

/** A prop or an argument, and a call with a value of it. */
export interface Given {
  /** What declares it: a struct or a door. */
  readonly owner: string;
  readonly member: Member;
  readonly say: (value: Loose) => string;
}

/** Props without which a struct is refused before any other of its props is judged. */
const NEEDED: { readonly [struct: string]: Loose } = {
  MatchOptions: { sourceLabels: ['a'] }, PagerDutyProps: { routingKey: sampleOf('SecretKey') }, TelegramProps: { chatId: 1 },
  SnsProps: { phoneNumber: '+491701234567' }, IncidentIoProps: { alertSourceToken: sampleOf('SecretKey') },
};

/** All props and arguments of a type, which may be in lists and mappings. */
export function allOf(type: string): Given[] {
  const isOne = (member: Member) => member.type.replace(/^(\[\]|\{\})+/, '') === type;
  const within = (value: Loose, of: string): Loose => (
    of.startsWith('[]') ? [within(value, of.slice(2))] : of.startsWith('{}') ? { key: within(value, of.slice(2)) } : value);
  const ofDoors = Object.keys(DOORS).flatMap((door) => membersOf(DOORS[door]).filter(isOne).map((member) => (
    { owner: door, member, say: (value: Loose) => saidOf(door, argumentsOf(door, member.name, within(value, member.type))) })));
  const ofStructs = structsBelow().flatMap(({ door, struct, around }) => {
    const say = ({ name, type: of }: Member, value: Loose) => (
      saidOf(door, around({ ...sampleOf(struct), ...NEEDED[struct], [name]: within(value, of) })));
    return propsOf(struct).filter(isOne).map((member) => ({ owner: struct, member, say: (value: Loose) => say(member, value) }));
  });
  return [...ofDoors, ...ofStructs];
}
