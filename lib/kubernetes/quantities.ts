import { k8s } from 'cdk8s-plus-27';

const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;

/** Factors of the suffixes of quantities. */
const FACTORS: { readonly [suffix: string]: number } = {
  n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** The number that a quantity stands for. Throws when it is none. */
function numberOf(where: string, { value }: k8s.Quantity): number {
  const match = QUANTITY.exec(`${value}`);
  if (match === null) {
    throw new Error(`${where}: '${value}' is not a quantity; write it as '250m' or '64Mi'`);
  }
  const [, number, suffix, exponent = '0'] = match;
  return Number(number) * (suffix === undefined ? 10 ** Number(exponent) : FACTORS[suffix]);
}

/**
 * Throws on a quantity that is none, and on a request above its limit.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function checkRequests(where: string, { requests = {}, limits = {} }: k8s.ResourceRequirements = {}): void {
  const most = new Map(Object.entries(limits).map(([resource, limit]) => [resource, numberOf(`${where}: limits: ${resource}`, limit)]));
  Object.entries(requests).forEach(([resource, request]) => {
    const amount = numberOf(`${where}: requests: ${resource}`, request);
    if (amount > (most.get(resource) ?? Infinity)) {
      throw new Error(`${where}: the request of '${resource}', ${request.value}, is above its limit ${limits[resource].value}, which the API server refuses; raise the limit, or leave it out`);
    }
  });
}

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;

/** An amount in the largest of its units that is whole. */
function inLargestUnit(amount: bigint, step: bigint, units: readonly string[]): string {
  let [rest, unit] = [amount, 0];
  while (rest !== 0n && rest % step === 0n && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  return `${rest}${rest === 0n ? '' : units[unit]}`;
}

/** A quantity as the API server writes it: without a fraction, in the largest unit in which it is whole. A text that is none stays as it is. */
export function canonicalQuantity(text: string): string {
  const match = QUANTITY.exec(text);
  if (match === null) {
    return text;
  }
  const [, number, suffix = '', exponent] = match;
  const [whole, fraction = ''] = number.replace(/^[+-]/, '').split('.');
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  // In billionths, which are the finest that Kubernetes has; what is finer is rounded up.
  const power = binary > 0 ? 0 : exponent === undefined ? 3 * DECIMAL_SUFFIXES.indexOf(suffix) : 9 + Number(exponent);
  const factor = binary > 0 ? NANO * 1024n ** BigInt(binary) : 10n ** BigInt(Math.max(power, 0));
  const divisor = 10n ** BigInt(fraction.length + Math.max(-power, 0));
  const nanos = (BigInt(`${whole}${fraction}`) * factor + divisor - 1n) / divisor;
  const sign = number.startsWith('-') && nanos !== 0n ? '-' : '';
  if (binary > 0 && nanos >= 1024n * NANO && nanos % NANO === 0n) {
    return `${sign}${inLargestUnit(nanos / NANO, 1024n, BINARY_SUFFIXES)}`;
  }
  const units = exponent === undefined ? DECIMAL_SUFFIXES : [-9, -6, -3, 0, 3, 6, 9, 12, 15, 18].map((tens) => (tens === 0 ? '' : `e${tens}`));
  return `${sign}${inLargestUnit(nanos, 1000n, units)}`;
}
