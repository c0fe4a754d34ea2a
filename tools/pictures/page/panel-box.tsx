import type { GrafanaTheme2 } from '@grafana/data';
import { Icon } from '@grafana/ui';
import type { CSSProperties, JSX } from 'react';
import type { Row } from '../../../dashboards/grafana/json';
import { CELL, type Placed, WIDTH } from '../layout';

/** Pixels between panels, and of a panel's title. */
const GAP = 8;
const TITLE = 32;

interface BoxProps extends Placed {
  readonly title: string;
  readonly theme: GrafanaTheme2;
  /** Draws the panel into so many pixels. */
  readonly draw: (width: number, height: number) => JSX.Element;
}

function placeOf({ panel: { gridPos: { x, w, h } }, y }: Placed): CSSProperties & { width: number; height: number } {
  const column = (WIDTH - 2 * GAP) / 24;
  return { position: 'absolute', left: GAP + x * column, top: y * CELL, width: w * column - GAP, height: h * CELL - GAP };
}

/** The title of a row, which is open. */
export function RowTitle({ row, y, title }: { readonly row: Row; readonly y: number; readonly title: string }) {
  return (
    <div style={{ ...placeOf({ panel: row, y }), display: 'flex', alignItems: 'center', fontWeight: 500, fontSize: 16 }}>
      <Icon name="angle-down" style={{ marginRight: 8 }} />
      {title}
    </div>
  );
}

/** A panel with its title, and the sign that it has a description. */
export function PanelBox({ panel, y, title, theme, draw }: BoxProps) {
  const place = placeOf({ panel, y });
  const [width, height] = [place.width - 2 - 2 * GAP, place.height - 2 - TITLE - GAP];
  const border = `1px solid ${theme.colors.border.weak}`;
  return (
    <div style={{ ...place, background: theme.colors.background.primary, border, borderRadius: theme.shape.radius.default, overflow: 'hidden' }}>
      <div style={{ height: TITLE, lineHeight: `${TITLE}px`, padding: '0 8px', fontWeight: 500, fontSize: 14, whiteSpace: 'nowrap' }}>
        {title}
        <Icon name="info-circle" size="sm" style={{ marginLeft: 8, color: theme.colors.text.secondary }} />
      </div>
      <div data-panel={title} style={{ padding: `0 ${GAP}px`, width: width + 2 * GAP, height }}>{draw(width, height)}</div>
    </div>
  );
}
