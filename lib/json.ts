/** An object of JSON. */
export interface JsonMap {
  readonly [key: string]: unknown;
}

/** Whether a value of JSON is an object. */
export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list of JSON; none if it is no list. */
export function jsonMaps(value: unknown): readonly JsonMap[] {
  return Array.isArray(value) ? value.filter(isJsonMap) : [];
}

/** A text that is not empty, or undefined. */
export function jsonText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A value as a message shows it, and as its program compares it: a text as it is, all else as JSON. */
export function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
