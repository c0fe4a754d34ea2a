/** A reference that the operator's reloader replaces by an environment variable, wherever it stands; its name is captured. */
export const VARIABLE = /\$\(([a-zA-Z_0-9]+)\)/;

function variableIn(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return VARIABLE.test(value) ? value : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = variableIn(key) ?? variableIn(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/**
 * What is given, when none of its texts holds a `$(NAME)`; else throws. The operator's reloader puts environment variables in the place of
 * these, and as long as there is one that it does not know, no change of the configuration is loaded.
 */
export function withoutVariables<T>(where: string, value: T, wayOut: string = 'use PrometheusServer'): T {
  const found = variableIn(value);
  if (found !== undefined) {
    throw new Error(`${where}: '${found}' has '${VARIABLE.exec(found)?.[0]}', in whose place the operator's reloader puts an environment variable; say it without '$(', or ${wayOut}`);
  }
  return value;
}
