import { checkTemplate } from './template-check';
import { requireInstant } from '../../promql/rule';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Throws unless `expr` is PromQL that a rule can evaluate. */
export function checkExpr(where: string, expr: string): void {
  if (expr.trim() === '') {
    throw new Error(`${where}: expr is empty, give the PromQL expression that the rule evaluates`);
  }
  requireInstant(expr, `${where}: expr`);
}

/** Throws unless each name can be a label of a series and is none of `reserved`, a map from name to what to do instead. */
export function checkLabels(
  where: string, labels: { readonly [name: string]: string }, reserved: { readonly [name: string]: string } = {},
): void {
  for (const name of Object.keys(labels)) {
    if (Object.hasOwn(reserved, name)) {
      throw new Error(`${where}: label '${name}' is reserved, ${reserved[name]}`);
    }
    checkLabelName(where, 'label', name);
  }
}

/** Throws unless each name can be an annotation and is none of `reserved`. */
export function checkAnnotations(
  where: string, annotations: { readonly [name: string]: string }, reserved: { readonly [name: string]: string } = {},
): void {
  for (const name of Object.keys(annotations)) {
    if (Object.hasOwn(reserved, name)) {
      throw new Error(`${where}: annotation '${name}' is set twice, ${reserved[name]}`);
    }
    checkLabelName(where, 'annotation', name);
  }
}

/** Throws unless `name` is a label name; names beyond ASCII are refused, for templates and routes cannot say them plainly. */
export function checkLabelName(where: string, kind: string, name: string): void {
  if (name === '__name__') {
    throw new Error(`${where}: ${kind} '__name__' is the name of the metric and cannot be set`);
  }
  if (!LABEL_NAME.test(name)) {
    throw new Error(`${where}: ${kind} '${name}' is not a label name, must be letters, digits and underscores, not beginning with a digit`);
  }
}

/** Throws unless `name` is a metric name. */
export function checkMetricName(where: string, name: string): void {
  if (!METRIC_NAME.test(name)) {
    throw new Error(`${where}: '${name}' is not a metric name, must be letters, digits, underscores and colons, not beginning with a digit`
      + (/[{}]/.test(name) ? '; labels are given as labels' : ''));
  }
}

/** Throws unless every value is a template that Prometheus can expand. */
export function checkTemplates(where: string, kind: string, values: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(values)) {
    checkTemplate(`${where}: ${kind} '${name}'`, text);
  }
}
