/** Error in an expression with its position; `explain` shows it with the expression. */
export class Problem extends Error {
  /** Index in the expression, in UTF-16 units. */
  public readonly position: number;

  public constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Characters of a line shown on either side of the position. */
const CONTEXT = 100;

/**
 * The message for people: what and where, then the line concerned with a caret under the position.
 * Tabs before the caret stay tabs, so that the caret is in the right column at any tab width.
 */
export function explain(expr: string, problem: Problem): string {
  const position = Math.min(problem.position, expr.length);
  const before = expr.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = expr.indexOf('\n', position);
  const line = expr.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, '');
  const column = position - lineStart;
  const from = Math.max(0, column - CONTEXT);
  const to = Math.min(line.length, column + CONTEXT);
  const shown = `${from > 0 ? '...' : ''}${line.slice(from, to)}${to < line.length ? '...' : ''}`;
  const caret = `${from > 0 ? '   ' : ''}${line.slice(from, column).replace(/[^\t]/g, ' ')}^`;
  const lines = expr.includes('\n') ? `line ${before.split('\n').length}, ` : '';
  return `invalid PromQL at ${lines}column ${column + 1}: ${problem.message}\n  ${shown}\n  ${caret}`;
}
