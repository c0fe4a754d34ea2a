/** Values of Grafana's provisioning files in which nothing is expanded: a dollar sign is written twice. */
export function literal(text: string): string;
export function literal(text?: string): string | undefined;
export function literal(text?: string): string | undefined {
  return text?.replaceAll('$', '$$$$');
}

/** The same with every text in a map, at any depth. */
export function literals(map: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, literalsIn(value)]));
}

function literalsIn(value: unknown): unknown {
  if (typeof value === 'string') {
    return literal(value);
  }
  if (Array.isArray(value)) {
    return value.map(literalsIn);
  }
  return typeof value === 'object' && value !== null ? literals({ ...value }) : value;
}
