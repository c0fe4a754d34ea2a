import { Duration } from 'cdk8s';
import { promDuration } from '../units';

/** Thresholds by name. */
interface Thresholds {
  readonly [name: string]: number;
}

/** The threshold that an option sets, which may be one in seconds. */
function thresholdOf(thresholds: Thresholds, option: string): number {
  const inSeconds = Object.keys(thresholds).find((name) => name.toLowerCase().endsWith(`${option}seconds`.toLowerCase()));
  return thresholds[option] ?? (inSeconds === undefined ? NaN : thresholds[inSeconds]);
}

/**
 * Throws when an alert becomes critical before it is a warning. Which of the two thresholds is the higher one, the defaults tell: what is left, such
 * as free space, falls; what is used rises. `thresholds` gives all of them, with the defaults of those that the options leave out.
 */
export function checkOrder<Options extends object>(where: string, options: Options | undefined, thresholds: (options?: Options) => Thresholds): void {
  const set = new Set(Object.keys(options ?? {}).filter((name) => /Critical|Warning/.test(name)).map((name) => name.replace('Critical', 'Warning')));
  if (set.size === 0) {
    return;
  }
  const [usual, now] = [thresholds(), thresholds(options)];
  for (const warning of set) {
    const critical = warning.replace('Warning', 'Critical');
    const beyond = (all: Thresholds) => Math.sign(thresholdOf(all, critical) - thresholdOf(all, warning));
    if (beyond(now) * beyond(usual) < 0) {
      const shown = (option: string) => now[option] ?? promDuration(Duration.millis(Math.round(thresholdOf(now, option) * 1000)));
      const [is, give] = beyond(now) > 0 ? ['above', 'below'] : ['below', 'above'];
      throw new Error(`${where}: rules.${critical}: ${shown(critical)} is ${is} '${warning}', which is ${shown(warning)}, so that it would be critical before `
        + `it is a warning; give one ${give}`);
    }
  }
}
