import { latest } from '../component-rules';

/**
 * State of objects: the newest sample of each series, whichever kube-state-metrics exposes it, so that alerts go on when its Pod is replaced
 * and when an object is made anew.
 * @param selector a selector, or what a function yields of a range of it
 * @param condition comparison that most series do not pass: ` == 1`
 */
export function objectState(selector: string, condition: string = ''): string {
  return ofObject(`${latest(selector)}${condition}`);
}

/** Series of kube-state-metrics by the objects that they are about. */
export function ofObject(series: string): string {
  return `max without (instance, uid) (${series})`;
}
