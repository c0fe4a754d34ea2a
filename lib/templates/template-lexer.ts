/** A token inside `{{ }}` of a Go text template. `space` matters: operands must stand apart. */
export interface TemplateToken {
  readonly kind: 'space' | 'string' | 'char' | 'number' | 'variable' | 'field' | 'dot' | 'word' | 'open' | 'close' | 'pipe' | 'assign' | 'comma';
  readonly text: string;
}

/** One `{{ }}` with its source. */
export interface TemplateAction {
  readonly source: string;
  readonly tokens: readonly TemplateToken[];
}

const TOKENS: readonly (readonly [TemplateToken['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)+'/y],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)i?(?![\w.])/y],
  ['variable', /\$\w*/y],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['dot', /\.(?!\w)/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['open', /\(/y],
  ['close', /\)/y],
  ['pipe', /\|/y],
  ['assign', /:=|=/y],
  ['comma', /,/y],
];

/** One character, or the escape of one. */
const CHARACTER = /^'(?:[^\\]|\\.|\\[0-7]{3}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})'$/u;

/** The actions of a template in order, comments left out. Throws with what is wrong; the caller says where. */
export function templateActions(text: string): TemplateAction[] {
  const actions: TemplateAction[] = [];
  let at = text.indexOf('{{');
  while (at !== -1) {
    const action = readAction(text, at);
    if (action.tokens !== undefined) {
      actions.push({ source: text.slice(at, action.end), tokens: action.tokens });
    }
    at = text.indexOf('{{', action.end);
  }
  return actions;
}

function readAction(text: string, start: number): { end: number; tokens?: TemplateToken[] } {
  let at = start + 2;
  if (/^-\s/.test(text.slice(at, at + 2))) {
    at += 1;
  }
  const body = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  if (text.startsWith('/*', text[start + 2] === '-' ? body : start + 2)) {
    return { end: commentEnd(text, start, body) };
  }
  const tokens: TemplateToken[] = [];
  for (;;) {
    const closing = /^(?:\s-)?\}\}/.exec(text.slice(at, at + 4));
    if (closing !== null) {
      return { end: at + closing[0].length, tokens };
    }
    if (at >= text.length) {
      throw new Error(`'${excerpt(text, start)}' is not closed; write }} after it`);
    }
    const token = nextToken(text, at, start);
    tokens.push(token);
    at += token.text.length;
  }
}

function commentEnd(text: string, start: number, body: number): number {
  const close = text.indexOf('*/', body + 2);
  const tail = close === -1 ? null : /^(?:\s-)?\}\}/.exec(text.slice(close + 2));
  if (tail === null) {
    throw new Error(`the comment '${excerpt(text, start)}' is not closed; end it with */}}`);
  }
  return close + 2 + tail[0].length;
}

function nextToken(text: string, at: number, start: number): TemplateToken {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) {
      if (kind === 'char' && !CHARACTER.test(match[0])) {
        throw new Error(`${match[0]} in '${excerpt(text, start)}' is one character in Go; write a string in double quotes`);
      }
      return kind === 'space' ? { kind, text: beforeTrimMarker(match[0], text, at) } : { kind, text: match[0] };
    }
  }
  if (text.startsWith('"', at) || text.startsWith('`', at)) {
    throw new Error(`the string in '${excerpt(text, start)}' is not closed; write the quote at its end`);
  }
  if (text.startsWith('{{', at)) {
    throw new Error(`'${excerpt(text, start)}' is not closed; write }} before the next {{`);
  }
  const name = /\.(\w+[-/]\S*?)(?=\s|\)|\}\}|$)/.exec(text.slice(Math.max(start, text.lastIndexOf('.', at))))?.[1];
  throw new Error(`'${text[at]}' is out of place in '${excerpt(text, start)}'`
    + (text[at] === '-' && name !== undefined ? `; read a name that has it by 'index', as in {{ index .CommonLabels "${name}" }}` : ''));
}

/** The last space before `-}}` belongs to the closing delimiter. */
function beforeTrimMarker(space: string, text: string, at: number): string {
  return space.length > 1 && text.startsWith('-}}', at + space.length) ? space.slice(0, -1) : space;
}

function excerpt(text: string, start: number): string {
  const close = text.indexOf('}}', start);
  const end = Math.min(close === -1 ? text.length : close + 2, start + 60);
  return text.slice(start, end).trimEnd();
}
