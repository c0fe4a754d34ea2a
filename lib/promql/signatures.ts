import { knownSignatures, Signature } from './grammar';
import { Problem } from './problem';
import { AGGREGATORS, Token } from './token';
import { didYouMean } from '../text';

/** Functions that Prometheus has only with promql-experimental-functions. */
const EXPERIMENTAL: ReadonlySet<string> = new Set([
  'double_exponential_smoothing', 'end', 'first_over_time', 'histogram_quantiles', 'info', 'mad_over_time', 'max_of', 'min_of', 'range',
  'sort_by_label', 'sort_by_label_desc', 'start', 'step', 'ts_of_first_over_time', 'ts_of_last_over_time', 'ts_of_max_over_time',
  'ts_of_min_over_time',
]);

/** Functions that codemirror-promql lacks, or gives another type. */
const CORRECTED: ReadonlyMap<string, Signature> = new Map([
  ['max_of', { name: 'max_of', argTypes: ['scalar', 'scalar'], variadic: 0, returnType: 'scalar' }],
  ['min_of', { name: 'min_of', argTypes: ['scalar', 'scalar'], variadic: 0, returnType: 'scalar' }],
  ['pi', { name: 'pi', argTypes: [], variadic: 0, returnType: 'scalar' }],
]);

/** Functions that codemirror-promql has and the Prometheus whose rules are followed has not yet. */
const AHEAD: ReadonlySet<string> = new Set(['start_timestamp']);

/** The signature of the function that a token names. */
export function signatureOf(token: Token, experimentalFunctions: boolean): Signature {
  const name = token.text;
  const signature = AHEAD.has(name) ? undefined : CORRECTED.get(name) ?? knownSignatures().get(name);
  if (signature === undefined) {
    throw new Problem(`unknown function '${name}'${didYouMean(name, [...knownSignatures().keys(), ...AGGREGATORS].filter((known) => !AHEAD.has(known)))}`, token.from);
  }
  if (EXPERIMENTAL.has(name) && !experimentalFunctions) {
    throw experimentalFunction(token);
  }
  return signature;
}

/** Error about a function that needs an experimental feature. */
export function experimentalFunction(token: Token): Problem {
  return new Problem(
    `'${token.text}' is experimental: enable experimentalFunctions here and promql-experimental-functions in Prometheus`, token.from,
  );
}
