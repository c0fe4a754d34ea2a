import type { GrafanaTheme2 } from '@grafana/data';
import type { UPlotConfigBuilder } from '@grafana/ui';
import { useLayoutEffect } from 'react';
import type { Series } from '../../../dashboards/live/http-api';

/** Times in milliseconds between which an alert fired. */
export interface Mark {
  readonly from: number;
  readonly to: number;
}

/** Times at which alerts fired: samples that follow each other belong together. */
export function marksOf(series: readonly Series[], step: number): Mark[] {
  return series.flatMap(({ values }) => {
    const marks: Mark[] = [];
    values.forEach(([seconds]) => {
      const last = marks.at(-1);
      if (last !== undefined && seconds * 1000 - last.to <= step * 1000) {
        marks[marks.length - 1] = { from: last.from, to: seconds * 1000 };
      } else {
        marks.push({ from: seconds * 1000, to: seconds * 1000 });
      }
    });
    return marks;
  });
}

interface MarksProps {
  readonly config: UPlotConfigBuilder;
  readonly marks: readonly Mark[];
  readonly theme: GrafanaTheme2;
}

/** Dashed lines where an alert began and ended, and a line below the graph in between, as Grafana has them. */
export function Marks({ config, marks, theme }: MarksProps) {
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => {
      const { ctx, bbox: { left, top, width, height } } = plot;
      const x = (time: number): number => Math.min(left + width, Math.max(left, plot.valToPos(time, 'x', true)));
      ctx.save();
      ctx.strokeStyle = theme.visualization.getColorByName('red');
      ctx.fillStyle = ctx.strokeStyle;
      marks.forEach(({ from, to }) => {
        ctx.setLineDash([5, 5]);
        ctx.beginPath();
        [from, to].map(x).forEach((at) => {
          ctx.moveTo(at, top);
          ctx.lineTo(at, top + height);
        });
        ctx.stroke();
        ctx.fillRect(x(from) - 1, top + height, x(to) - x(from) + 2, 4);
      });
      ctx.restore();
    });
  }, []);
  return null;
}
