import { argumentsOf, call, Member, membersOf, propsOf, sampleOf } from './doors';
import { CustomResourceMetric, TimeRange } from '../../lib';
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

/** Props without which a struct is refused before any other of its props is judged. */
const NEEDED: { readonly [struct: string]: Loose } = {
  MatchOptions: { sourceLabels: ['a'] }, PagerDutyProps: { routingKey: sampleOf('SecretKey') }, TelegramProps: { chatId: 1 },
  SnsProps: { phoneNumber: '+491701234567' }, IncidentIoProps: { alertSourceToken: sampleOf('SecretKey') }, WeChatProps: { toUser: '@all' },
  KafkaSinkOptions: { brokers: ['a:1'] }, FederationOptions: { match: ['up'] }, FederationUrlOptions: { match: ['up'] },
  GrafanaProps: { externalUrl: 'https://grafana.example.org' }, KubeStateCustomResource: {
    metrics: [CustomResourceMetric.gauge({ name: 'ready', help: 'Ready.' })] },
  TimePeriod: { times: [TimeRange.between('09:00', '10:00')] }, TimeIntervalProps: { times: [TimeRange.between('09:00', '10:00')] },
};

/** A value of a struct that is taken but for the prop which is tried. */
function around(struct: string, name: string, value: Loose): Loose {
  // of the addressees of SNS only one is given
  return { ...sampleOf(struct), ...name.endsWith('Arn') ? {} : NEEDED[struct], [name]: value };
}

/** A value in the lists and mappings of a type. */
function within(value: Loose, of: string): Loose {
  return of.startsWith('[]') ? [within(value, of.slice(2))] : of.startsWith('{}') ? { key: within(value, of.slice(2)) } : value;
}

/** The type in the lists and mappings of another. */
function elementOf(type: string): string {
  return type.replace(/^(\[\]|\{\})+/, '');
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
  const below = (door: string, struct: string, argumentsFor: (props: Loose) => Loose[]): StructBelow[] => {
    if (seen.has(struct)) {
      return [];
    }
    seen.add(struct);
    return [{ door, struct, around: argumentsFor }, ...propsOf(struct).filter(({ type }) => elementOf(type) in STRUCTS)
      .flatMap(({ name, type }) => below(door, elementOf(type), (props) => argumentsFor(around(struct, name, within(props, type)))))];
  };
  return Object.keys(DOORS).flatMap((door) => membersOf(DOORS[door]).filter(({ type }) => elementOf(type) in STRUCTS)
    .flatMap(({ name, type }) => below(door, elementOf(type), (props) => argumentsOf(door, name, within(props, type)))));
}

/** A prop or an argument, and a call with a value of it. */
export interface Given {
  /** What declares it: a struct or a door. */
  readonly owner: string;
  readonly member: Member;
  readonly say: (value: Loose) => string;
}

/** All props and arguments of a type, which may be in lists and mappings. */
export function allOf(type: string): Given[] {
  const isOne = (member: Member) => elementOf(member.type) === type;
  const ofDoors = Object.keys(DOORS).flatMap((door) => membersOf(DOORS[door]).filter(isOne).map((member) => (
    { owner: door, member, say: (value: Loose) => saidOf(door, argumentsOf(door, member.name, within(value, member.type))) })));
  const ofStructs = structsBelow().flatMap(({ door, struct, around: argumentsFor }) => propsOf(struct).filter(isOne).map((member) => (
    { owner: struct, member, say: (value: Loose) => saidOf(door, argumentsFor(around(struct, member.name, within(value, member.type)))) })));
  return [...ofDoors, ...ofStructs];
}
