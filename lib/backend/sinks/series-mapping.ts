/** Pieces of mappings, in the language of the gateway: https://warpstreamlabs.github.io/bento/docs/guides/bloblang/about */

/** The samples of a series that are finite numbers. In JSON others are texts, and a zero is left out. */
const FINITE = 'series.samples.or([]).filter(sample -> sample.value.or(0).type() == "number")';

/** The labels of a series as an object, its name among them. */
export const LABELS = 'labels.map_each(label -> {(label.name): label.value}).squash()';

/** A list with an item for each sample; the item may use `labels` and `sample`. */
export function eachSample(item: string): string {
  return `this.timeseries.or([]).map_each(series -> series.${LABELS}.(labels -> ${FINITE}.map_each(sample -> ${item}))).flatten()`;
}

/** A list with the series that have samples. */
export const SERIES_WITH_SAMPLES = `this.timeseries.or([]).map_each(series -> {
  "labels": series.labels,
  "samples": ${FINITE}
}).filter(series -> series.samples.length() > 0)`;

/** A request without samples, as one with metadata alone, ends here and is answered; `made` is the result for another. */
export function unlessEmpty(items: string, made: string): string {
  return `let items = ${items}\nroot = if $items.length() == 0 { deleted() } else { ${made} }\n`;
}
