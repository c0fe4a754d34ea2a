/** Answers of Prometheus as Grafana's data frames. */
import { createDataFrame, type DataFrame, FieldType, renderLegendFormat } from '@grafana/data';
import type { Asked } from '../../../dashboards/live/ask';
import type { Series } from '../../../dashboards/live/http-api';

const SPECIAL: Readonly<Record<string, number | null>> = { '+Inf': Infinity, '-Inf': -Infinity, 'NaN': null };

/** NaN is no value: a line has a gap there. */
const number = (text: string): number | null => (text in SPECIAL ? SPECIAL[text] : Number(text));

/** Frames of the queries of a panel. */
export function framesOf(queries: readonly Asked[]): DataFrame[] {
  return queries.flatMap((asked) => (
    asked.target.format === 'table' ? [rows(asked, queries.length > 1)] : asked.series.map((series) => line(asked, series))
  ));
}

function line({ target: { refId, legendFormat = '' }, step }: Asked, { metric, values }: Series): DataFrame {
  const { __name__: _, ...labels } = metric;
  const name = legendFormat === '' ? undefined : renderLegendFormat(legendFormat, metric);
  return createDataFrame({
    refId,
    name,
    fields: [
      { name: 'Time', type: FieldType.time, config: { interval: step * 1000 }, values: values.map(([time]) => time * 1000) },
      { name: 'Value', type: FieldType.number, labels, config: { displayNameFromDS: name }, values: values.map(([, value]) => number(value)) },
    ],
  });
}

/** A row for each series; a value has the letter of its query where there are several. */
function rows({ target: { refId }, series }: Asked, several: boolean): DataFrame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const samples = series.flatMap(({ values }) => values.slice(-1));
  return createDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: samples.map(([time]) => time * 1000) },
      ...labels.map((label) => ({ name: label, type: FieldType.string, config: { filterable: true }, values: series.map(({ metric }) => metric[label] ?? '') })),
      { name: several ? `Value #${refId}` : 'Value', type: FieldType.number, config: {}, values: samples.map(([, value]) => number(value)) },
    ],
  });
}
