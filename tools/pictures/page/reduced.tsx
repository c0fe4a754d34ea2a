import {
  type DisplayValueAlignmentFactors, type FieldDisplay, getDisplayValueAlignmentFactors, getFieldDisplayValues, type GrafanaTheme2, type TimeRange,
} from '@grafana/data';
import { BarGaugeDisplayMode, BarGaugeNamePlacement, BarGaugeValueMode, BigValueColorMode, BigValueGraphMode, BigValueJustifyMode, BigValueTextMode, VizOrientation } from '@grafana/schema';
import { BarGauge, BigValue, VizRepeater, type VizRepeaterRenderValueProps } from '@grafana/ui';
import type { JSX } from 'react';
import { member } from './enums';
import type { Prepared } from './fields';
import { Gauge } from './gauge';
import type { Options } from '../../../dashboards/grafana/json';

interface ReducedProps<O> {
  readonly options: O;
  readonly data: Prepared;
  readonly theme: GrafanaTheme2;
  readonly timeRange: TimeRange;
  readonly width: number;
  readonly height: number;
}

type Value = VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>;

interface EachProps extends ReducedProps<Options['stat' | 'gauge' | 'bargauge']> {
  readonly sparkline: boolean;
  readonly orientation: VizOrientation;
  readonly one: (value: Value) => JSX.Element;
}

/** One drawing for each value to which a panel reduces its series. */
function Each({ options, data, theme, timeRange, width, height, sparkline, orientation, one }: EachProps) {
  const values = getFieldDisplayValues({
    fieldConfig: data.fieldConfig, reduceOptions: options.reduceOptions, replaceVariables: (text) => text, theme, data: data.frames, sparkline, timeZone: 'utc',
  });
  values.forEach((value) => {
    if (value.sparkline !== undefined) {
      value.sparkline.timeRange = timeRange;
    }
  });
  return (
    <VizRepeater<FieldDisplay, DisplayValueAlignmentFactors>
      width={width} height={height} source={values} renderCounter={0} itemSpacing={3} autoGrid={orientation === VizOrientation.Auto} orientation={orientation}
      minVizHeight={16} maxVizHeight={300} getValues={() => values} getAlignmentFactors={(all) => getDisplayValueAlignmentFactors(all)} renderValue={one}
    />
  );
}

/** Large numbers. */
export function Stats(props: ReducedProps<Options['stat']>) {
  const { colorMode, graphMode, justifyMode, textMode, text } = props.options;
  return (
    <Each {...props} sparkline={graphMode !== 'none'} orientation={VizOrientation.Auto} one={({ value, width, height, count, alignmentFactors }) => (
      <BigValue
        value={value.display} sparkline={value.sparkline} count={count} width={width} height={height} theme={props.theme} alignmentFactors={alignmentFactors}
        colorMode={member(BigValueColorMode, colorMode)} graphMode={member(BigValueGraphMode, graphMode)} textMode={member(BigValueTextMode, textMode)}
        justifyMode={member(BigValueJustifyMode, justifyMode)} text={text}
      />
    )} />
  );
}

/** Arcs. */
export function Gauges(props: ReducedProps<Options['gauge']>) {
  return (
    <Each {...props} sparkline={false} orientation={VizOrientation.Auto} one={({ value, width, height }) => (
      <Gauge value={value} width={width} height={height} theme={props.theme} />
    )} />
  );
}

/** Bars. */
export function Bars(props: ReducedProps<Options['bargauge']>) {
  const { displayMode, valueMode, namePlacement, showUnfilled, text } = props.options;
  return (
    <Each {...props} sparkline={false} orientation={VizOrientation.Horizontal} one={({ value, width, height, alignmentFactors }) => (
      <BarGauge
        value={value.display} field={value.field} display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)} width={width} height={height} theme={props.theme}
        orientation={VizOrientation.Horizontal} alignmentFactors={alignmentFactors} itemSpacing={3} lcdCellWidth={8}
        displayMode={member(BarGaugeDisplayMode, displayMode)} valueDisplayMode={member(BarGaugeValueMode, valueMode)}
        namePlacement={member(BarGaugeNamePlacement, namePlacement)} showUnfilled={showUnfilled} text={text}
      />
    )} />
  );
}
