import { step, Step } from '../../backend/relabel-steps';
import { Relabeling } from '../../monitoring';
import { RelabelAction } from '../../monitoring/scrape/relabel-action';

/** A relabeling as the operator's custom resources write it. */
export interface CrdRelabeling {
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly targetLabel?: string;
  readonly replacement?: string;
  readonly action?: RelabelAction;
}

/** A step as the operator's custom resources write it. */
export function crdStep({ source_labels, target_label, regex, ...rest }: Step): CrdRelabeling {
  return {
    ...(source_labels === undefined ? {} : { sourceLabels: source_labels }),
    // The operator takes an empty expression for none, which matches everything instead of nothing.
    ...(regex === undefined ? {} : { regex: regex === '' ? '()' : regex }),
    ...(target_label === undefined ? {} : { targetLabel: target_label }),
    ...rest,
  };
}

/** Relabelings of the model as the operator's custom resources write them; undefined without any. */
export function crdRelabelings(relabelings: readonly Relabeling[]): CrdRelabeling[] | undefined {
  return relabelings.length === 0 ? undefined : relabelings.map((relabeling) => crdStep(step(relabeling)));
}
