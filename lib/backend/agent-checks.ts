/** Throws when a prop about rules is given to an agent. */
export function checkNoRules(where: string, props: { readonly [prop: string]: unknown }): void {
  const [prop] = Object.entries(props).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (prop !== undefined) {
    throw new Error(`${where}: got '${prop}' with 'agent'; an agent evaluates no rules, so leave it out`);
  }
}
