import type { Dashboard, Panel, Row } from '../../dashboards/grafana/json';

/** Pixels of a picture's width, of a row of Grafana's grid, and of what is above the panels. */
export const WIDTH = 1600;
export const CELL = 38;
export const HEADER = 56;

/** A panel and the first line of the grid that it takes. */
export interface Placed {
  readonly panel: Panel | Row;
  readonly y: number;
}

/** All panels with every row open: those of a closed row push down what follows. */
export function opened({ panels }: Dashboard): Placed[] {
  let pushed = 0;
  return panels.flatMap((panel): Placed[] => {
    const placed = { panel, y: panel.gridPos.y + pushed };
    if (panel.type !== 'row' || panel.panels.length === 0) {
      return [placed];
    }
    const inside = panel.panels.map((one) => ({ panel: one, y: one.gridPos.y + pushed }));
    pushed += bottomOf(inside) - placed.y - 1;
    return [placed, ...inside];
  });
}

/** The line of the grid below all panels. */
export function bottomOf(placed: readonly Placed[]): number {
  return Math.max(...placed.map(({ panel, y }) => y + panel.gridPos.h));
}
