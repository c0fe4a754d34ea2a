import { type DataFrame, type Field, getFieldDisplayName } from '@grafana/data';
import type { Segment } from './bands';

/** Names of series from below, and a segment for each time in which a series has one colour. */
export function timelineOf(frames: readonly DataFrame[], step: number): { lines: string[]; segments: Segment[] } {
  const drawn = frames.map((frame) => ({ name: getFieldDisplayName(frame.fields[1], frame, [...frames]), frame })).reverse();
  return {
    lines: drawn.map(({ name }) => name),
    segments: drawn.flatMap(({ frame: { fields: [time, value] } }, line) => segmentsOf(line, time, value, step)),
  };
}

function segmentsOf(line: number, time: Field, value: Field, step: number): Segment[] {
  const segments: Segment[] = [];
  time.values.forEach((from: number, i) => {
    const color = value.display?.(value.values[i]).color;
    const last = segments.at(-1);
    if (color === undefined || value.values[i] === null) {
      return;
    }
    if (last !== undefined && last.color === color && last.to === from) {
      segments[segments.length - 1] = { ...last, to: from + step };
    } else {
      segments.push({ line, from, to: from + step, color });
    }
  });
  return segments;
}
