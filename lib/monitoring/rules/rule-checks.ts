import { checkRuleTemplate } from '../../templates/rule-template';
import { checkLabelName } from '../../checks';
import { requireInstant } from '../../promql/rule';

/** Throws unless `expr` is PromQL that a rule can evaluate; returns what in it older versions of Prometheus lack. */
export function checkExpr(where: string, expr: string): readonly string[] {
  if (expr.trim() === '') {
    throw new Error(`${where}: expr is empty; give the PromQL expression that the rule evaluates`);
  }
  return requireInstant(expr, `${where}: expr`)._needs;
}

/** Throws unless each name can be a label of a series and is none of `reserved`, a map from name to what to do instead. */
export function checkRuleLabels(
  where: string, labels: { readonly [name: string]: string }, reserved: { readonly [name: string]: string } = {},
): void {
  for (const name of Object.keys(labels)) {
    if (Object.hasOwn(reserved, name)) {
      throw new Error(`${where}: label '${name}' is reserved; ${reserved[name]}`);
    }
    checkRuleLabel(name, where, 'label');
  }
}

/** A copy of a map of texts. Throws on a list, whose positions would become names. */
export function copyOfMap(values: { readonly [name: string]: string } | undefined, where: () => string): { readonly [name: string]: string } {
  if (Array.isArray(values)) {
    throw new Error(`${where()} is a list; write a map from names to values`);
  }
  return { ...values };
}

/** Throws unless each name can be an annotation and is none of `reserved`. */
export function checkRuleAnnotations(
  where: string, annotations: { readonly [name: string]: string }, reserved: { readonly [name: string]: string } = {},
): void {
  for (const name of Object.keys(annotations)) {
    if (Object.hasOwn(reserved, name)) {
      throw new Error(`${where}: annotation '${name}' is set twice; ${reserved[name]}`);
    }
    checkRuleLabel(name, where, 'annotation');
  }
}

/** Throws unless a rule can set a label or an annotation of that name; `kind` says which of the two. */
export function checkRuleLabel(name: string, where: string, kind: string): void {
  if (name === '__name__') {
    throw new Error(`${where}: ${kind} '__name__' is the name of the metric and cannot be set; leave it out`);
  }
  checkLabelName(name, where, kind);
}

/** Throws unless every value is a template that Prometheus can expand. */
export function checkTemplates(where: string, kind: string, values: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(values)) {
    checkRuleTemplate(`${where}: ${kind} '${name}'`, text);
  }
}
