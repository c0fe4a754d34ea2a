/** Thresholds by name. */
export interface Thresholds {
  readonly [name: string]: number;
}

/**
 * Throws when an alert becomes critical before it is a warning: the critical one of two thresholds for what is left, such as free space or days, is
 * above the other. `options` says which of them may be set, and `thresholds` has their values, with the defaults.
 */
export function checkOrder(where: string, options: object = {}, thresholds: Thresholds): void {
  const set = Object.keys(options).filter((name) => /Critical|Warning/.test(name)).map((name) => name.replace('Critical', 'Warning'));
  for (const warning of set) {
    const critical = warning.replace('Warning', 'Critical');
    if (thresholds[critical] > thresholds[warning]) {
      throw new Error(`${where}: rules.${critical}: ${thresholds[critical]} is above '${warning}', which is ${thresholds[warning]}, so that it would be `
        + 'critical before it is a warning; give one below');
    }
  }
}
