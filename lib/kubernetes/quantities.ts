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
