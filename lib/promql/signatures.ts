import { Problem } from './problem';
import { AGGREGATORS, Token } from './token';
import { PROMQL_FUNCTIONS } from '../generated/promql-functions';
import { didYouMean } from '../text';
import { PromQlFunction } from '../upstream';

/** The signature of the function that a token names. */
export function signatureOf(token: Token, experimentalFunctions: boolean): PromQlFunction {
  const name = token.text;
  if (!Object.hasOwn(PROMQL_FUNCTIONS, name)) {
    throw new Problem(`unknown function '${name}'${didYouMean(name, [...Object.keys(PROMQL_FUNCTIONS), ...AGGREGATORS])}`, token.from);
  }
  const signature = PROMQL_FUNCTIONS[name];
  if (signature.experimental && !experimentalFunctions) {
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
