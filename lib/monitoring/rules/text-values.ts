import { Duration } from 'cdk8s';
import { parsePromDuration, promDuration } from '../../units';

/** The holding time of an alert in its text: ` for [for]`. */
const HOLD = / for \[for\]/g;

/** A window of the expression in a text: `[5m]`. */
const WINDOW = /\[(\d+[smhdw])\]/g;

const UNITS: { readonly [unit: string]: string } = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day' };

/**
 * A text of the library's own with its values in words: ` for [for]` is the holding time, left out without one, and `[5m]` a window of the
 * expression. So a text stays true where a user changes the time, or a long scrape interval the window.
 */
export function withValues(text: string, hold: Duration | undefined): string {
  if (!text.includes('[')) {
    return text;
  }
  const holds = hold !== undefined && hold.toMilliseconds({ integral: false }) > 0;
  return text
    .replace(HOLD, holds ? ` for ${durationWords(hold)}` : '')
    .replace(WINDOW, (written, window: string) => {
      const duration = parsePromDuration(window);
      return duration === undefined ? written : durationWords(duration);
    });
}

/** A duration in words: `15 minutes`, `an hour`. */
export function durationWords(duration: Duration): string {
  const parts = [...promDuration(duration).matchAll(/(\d+)([a-z]+)/g)];
  const single = parts.length === 1;
  return parts.map(([, count, unit]) => (count !== '1' ? `${count} ${UNITS[unit]}s` : `${single ? article(unit) : 1} ${UNITS[unit]}`)).join(' ');
}

function article(unit: string): string {
  return unit === 'h' ? 'an' : 'a';
}
