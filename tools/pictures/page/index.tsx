/** Draws a dashboard with the components that Grafana publishes, over answers of Prometheus that the page holds. */
import { createTheme, type DataFrame, dateTime, EventBusSrv, FieldType, getFieldDisplayName, getFieldSeriesColor, ThemeContext, type TimeRange } from '@grafana/data';
import { GlobalStyles, PanelContextProvider } from '@grafana/ui';
import { type ReactNode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { prepared, type Prepared, registerTransformations } from './fields';
import { framesOf } from './frames';
import { Header } from './header';
import { serveIcons } from './icons';
import { Kind } from './kinds';
import { marksOf } from './marks';
import { PanelBox, RowTitle } from './panel-box';
import type { Panel } from '../../../dashboards/grafana/json';
import { filled } from '../../../dashboards/live/variables';
import { DRAWN, type Drawing, NOTE } from '../drawing';
import { bottomOf, CELL, opened, WIDTH } from '../layout';

declare global {
  /** Written into the page before this runs. */
  const DRAWING: Drawing;
}

const { dashboard, asked, theme: mode } = DRAWING;
const theme = createTheme({ colors: { mode } });
const values = new Map(Object.entries(asked.values));
const replaceVariables = (text: string): string => filled(text, values);
const times = { from: dateTime(asked.range.from * 1000), to: dateTime(asked.range.to * 1000) };
const timeRange: TimeRange = { ...times, raw: times };
const marks = marksOf(asked.marks.series, asked.range.step);

function Nothing({ text, height }: { readonly text: string; readonly height: number }) {
  return <div style={{ textAlign: 'center', lineHeight: `${height}px`, color: theme.colors.text.secondary }}>{text}</div>;
}

function Drawn({ panel, data, width, height }: { readonly panel: Panel; readonly data: Prepared; readonly width: number; readonly height: number }) {
  const step = (asked.panels.find((one) => one.panel.id === panel.id)?.queries[0].step ?? 0) * 1000;
  return data.frames.every(({ length }) => length === 0)
    ? <Nothing text={panel.fieldConfig.defaults.noValue ?? 'No data'} height={height} />
    : <Kind panel={panel} data={data} theme={theme} timeRange={timeRange} marks={marks} step={step} width={width} height={height} />;
}

/** Whether anything is to be seen in an element: text, or a canvas that is not transparent throughout. */
function isBlank(element: Element): boolean {
  const painted = [...element.querySelectorAll('canvas')].some((canvas) => (
    canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0) ?? false
  ));
  return !painted && (element.textContent ?? '').trim() === '';
}

/** Names of lines of a graph that have one colour. */
function alike(frames: DataFrame[]): string[][] {
  const byColor = new Map<string, string[]>();
  frames.forEach((frame) => frame.fields.filter(({ type }) => type === FieldType.number).forEach((field) => {
    const { color } = getFieldSeriesColor(field, theme);
    byColor.set(color, [...byColor.get(color) ?? [], getFieldDisplayName(field, frame, frames)]);
  }));
  return [...byColor.values()].filter(({ length }) => length > 1);
}

/** Says in the console what is drawn, and which panels are blank. */
function Verdict({ children }: { readonly children: ReactNode }) {
  useEffect(() => {
    setTimeout(() => {
      const panels = [...document.querySelectorAll('[data-panel]')];
      panels.filter(isBlank).forEach((panel) => {
        console.error(`panel '${panel.getAttribute('data-panel') ?? ''}' is blank`);
      });
      console.info(`${DRAWN} ${panels.length}`);
    }, 2000);
  }, []);
  return children;
}

function Page({ data }: { readonly data: ReadonlyMap<number, Prepared> }) {
  const placed = opened(dashboard);
  return (
    <div style={{ background: theme.colors.background.canvas, color: theme.colors.text.primary, width: WIDTH, fontFamily: theme.typography.fontFamily }}>
      <Header dashboard={dashboard} values={asked.values} range={asked.range} theme={theme} />
      <div style={{ position: 'relative', height: bottomOf(placed) * CELL + 8 }}>
        {placed.map(({ panel, y }) => {
          const title = replaceVariables(panel.title);
          const found = data.get(panel.id);
          return panel.type === 'row' || found === undefined ? panel.type === 'row' && <RowTitle key={panel.id} row={panel} y={y} title={title} /> : (
            <PanelBox
              key={panel.id} panel={panel} y={y} title={title} theme={theme}
              draw={(width, height) => <Drawn panel={panel} data={found} width={width} height={height} />}
            />
          );
        })}
      </div>
    </div>
  );
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element '${id}'`);
  }
  return found;
}

serveIcons();
registerTransformations();
const data = new Map(await Promise.all(asked.panels.map(async ({ panel, queries }) => (
  [panel.id, await prepared(panel, framesOf(queries), theme, replaceVariables)] as const
))));
asked.panels.filter(({ panel }) => panel.type === 'timeseries').forEach(({ panel }) => {
  alike(data.get(panel.id)?.frames ?? []).forEach((names) => {
    console.info(`${NOTE} panel '${panel.title}': ${names.join(', ')} have one colour`);
  });
});
createRoot(element('root')).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <PanelContextProvider value={{ eventsScope: 'global', eventBus: new EventBusSrv() }}>
      <Verdict><Page data={data} /></Verdict>
    </PanelContextProvider>
  </ThemeContext.Provider>,
);
