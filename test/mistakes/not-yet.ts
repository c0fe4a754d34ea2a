/** Mistakes that are not yet told as they should be. */
export const NOT_YET: readonly string[] = [
  'selections: a metric that is dropped, and that rules need',
  'messages: an alias without its anchor',
  'messages: an experimental function',
];
