import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, PercentOrAbsolute } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as library from '../../lib';
import { DOORS, ENUMS, LINEAGE, STRUCTS, Types } from '../../lib/generated/api-types';
import { Loose } from '../manifests';
import { RIGHT_MAPS, rightText } from './kind-examples';

/** A prop or an argument. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

const EXPORTS: Loose = library;

/** Members as a table of types has them. */
export function membersOf(types: Types): Member[] {
  return Object.entries(types).map(([name, type]) => ({ name, type: type.replace(/^\?/, ''), isOptional: type.startsWith('?') }));
}

/** Props of a struct, those that it inherits among them. */
export function propsOf(struct: string): Member[] {
  return membersOf(Object.assign({}, ...[...LINEAGE[struct] ?? [], struct].map((name) => STRUCTS[name])));
}

const made = new Map<string, Loose>();

/** Made once: nothing that is judged changes it. */
function once(type: string, make: () => Loose): () => Loose {
  return () => {
    const value: Loose = made.get(type) ?? make();
    made.set(type, value);
    return value;
  };
}

const chart = () => new Chart(Testing.app(), 'shop', { namespace: 'ops' });
/** Values of classes and interfaces that what takes them looks into. */
const REAL: { readonly [type: string]: () => Loose } = {
  SecretKey: once('SecretKey', () => library.SecretKey.fromSecretName(chart(), 'shop', 'tls.crt')),
  ISecret: () => REAL.SecretKey().secret,
  TlsServer: () => library.TlsServer.fromSecret(REAL.ISecret()),
  IProber: once('IProber', () => new library.BlackboxExporter(chart(), 'prober')),
  IPrometheus: once('IPrometheus', () => new library.PrometheusServer(chart(), 'prometheus')),
};

/** A value of a type that is right as far as types, and kinds of texts, go; `name` is the member that has it, and `owner` what declares that. */
export function sampleOf(type: string, name: string = '', owner: string = ''): Loose {
  if (type === 'string') {
    return rightText(name, owner);
  }
  if (type.startsWith('[]')) {
    return [];
  }
  if (type.startsWith('{}')) {
    return RIGHT_MAPS[`${owner}.${name}`] ?? {};
  }
  if (type in STRUCTS) {
    return Object.fromEntries(propsOf(type).filter(({ isOptional }) => !isOptional).map((prop) => [prop.name, sampleOf(prop.type, prop.name, type)]));
  }
  if (type in ENUMS) {
    return ENUMS[type][0];
  }
  const samples: { readonly [type: string]: Loose } = {
    number: 1, boolean: true, any: 'x', object: {}, Duration: Duration.minutes(1), Size: Size.gibibytes(1), Cpu: Cpu.millis(1),
    PercentOrAbsolute: PercentOrAbsolute.percent(1),
  };
  return type in samples ? samples[type] : REAL[type]?.() ?? Object.create(EXPORTS[type]?.prototype ?? {});
}

/** Methods whose first parameter is a scope. */
const SCOPED = ['SecretKey.fromSecretName'];

/** Calls a constructor or a method of the public API. */
export function call(door: string, args: readonly Loose[]): void {
  const [name, method] = door.split('.');
  const target = EXPORTS[name];
  if (method === undefined) {
    const isConstruct = target.prototype instanceof Construct;
    new target(...isConstruct ? [chart(), 'thing'] : [], ...args);
  } else if (target === undefined) {
    // What an interface declares is called of the class that implements it.
    call(`${name === 'IPrometheus' ? 'PrometheusServer' : 'BlackboxExporter'}.${method}`, args);
  } else if (method in target) {
    target[method](...SCOPED.includes(door) ? [chart()] : [], ...args);
  } else {
    const instance = name === 'BlackboxExporter' ? sampleOf('IProber') : Object.create(target.prototype, { node: { value: { path: 'shop/thing' } } });
    instance[method](...args);
  }
}

/** The arguments of a door with one of them changed; a list that comes last is written out, as its parameter is a rest parameter. */
export function argumentsOf(door: string, changed: string, value: Loose): Loose[] {
  const members = membersOf(DOORS[door]);
  return members.flatMap(({ name, type }, i) => {
    const argument = name === changed ? value : sampleOf(type, name, door);
    const isRest = i === members.length - 1 && type.startsWith('[]') && REST.includes(door);
    return isRest && Array.isArray(argument) ? argument : [argument];
  });
}

/** Doors whose last parameter is a rest parameter. */
export const REST = Object.keys(DOORS).filter((door) => {
  const last = membersOf(DOORS[door]).at(-1);
  return last?.type.startsWith('[]') && !['RuleSet.adjusted', 'Relabeling.keepEqual', 'Relabeling.dropEqual'].includes(door);
});
