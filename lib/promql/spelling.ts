import { AGGREGATORS, DURATION_WORDS, FILL_WORDS, FUNCTION_WORDS, mayBeLabel, mayBeMetric, Token } from './token';

/** An expression spelled so that the grammar reads it right, with the place of each token. */
export interface Spelled {
  readonly text: string;
  /** The token that a spelled word replaces, by its place in the text. */
  readonly tokenAt: ReadonlyMap<number, Token>;
  /** The same by the place behind the word. */
  readonly tokenBefore: ReadonlyMap<number, Token>;
}

/** Content of a parenthesis, and whether an operand follows it. */
interface Paren {
  readonly holds: 'expression' | 'labels' | 'duration';
  readonly thenOperand: boolean;
}

const ILLEGAL = '$';
const METRIC = 'm';
const LABEL = 'l';
const ANY_FUNCTION = 'vector';
const EXPRESSION: Paren = { holds: 'expression', thenOperand: false };
const DURATION: Paren = { holds: 'duration', thenOperand: false };
const MATCHING: ReadonlySet<string> = new Set(['on', 'ignoring', 'group_left', 'group_right']);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '^']);
const BINARY: ReadonlySet<string> = new Set([
  ...ARITHMETIC, '==', '!=', '<', '<=', '>', '>=', '</', '>/', 'and', 'or', 'unless', 'atan2',
]);

/** A token where nothing but its kind matters. */
function plain(kind: string): string {
  switch (kind) {
    case 'number':
    case 'duration':
      return '1';
    case 'string':
      return '"s"';
    case 'identifier':
    case 'metric':
      return ILLEGAL;
    default:
      return kind;
  }
}

/** Index behind the operand of duration arithmetic that begins at `from`. */
function afterDurationOperand(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.kind === '+' || tokens[at]?.kind === '-') {
    at++;
  }
  if (DURATION_WORDS.has(tokens[at]?.kind)) {
    at++;
  }
  let depth = 0;
  do {
    const kind = tokens[at]?.kind;
    depth += kind === '(' ? 1 : kind === ')' ? -1 : 0;
    at++;
  } while (depth > 0 && at < tokens.length);
  return at;
}

/**
 * `offset 5m * 2` multiplies the series, but after `offset (5m)` and `offset --5m` Prometheus goes on with duration arithmetic.
 * Index behind that arithmetic, or undefined where there is none.
 */
function afterOffsetArithmetic(tokens: readonly Token[], from: number): number | undefined {
  const signed = [tokens[from], tokens[from + 1]].filter((token) => token?.kind === '+' || token?.kind === '-').length;
  if (signed !== 2 && tokens[from]?.kind !== '(') {
    return undefined;
  }
  let at = afterDurationOperand(tokens, from);
  while (at < tokens.length && ARITHMETIC.has(tokens[at].kind)) {
    at = afterDurationOperand(tokens, at + 1);
  }
  return at;
}

/**
 * Whether a keyword is meant as such or as a name depends on whether an operand or an operator may come; the grammar of lezer-promql
 * decides that otherwise than Prometheus for some, and knows fewer ways to write a number, a string and a function.
 * So each token is spelled in the one way that the grammar knows, and looked up again where its text matters.
 */
class Speller {
  private text = '';
  private readonly parens: Paren[] = [];
  /** Kind of the next parenthesis, if the word before it determines that. */
  private nextParen: Paren | undefined;
  /** An operand is expected, else an operator. */
  private operand = true;
  private inBrackets = false;
  private inBraces = false;
  /** Behind `@` or `offset`, until their value. */
  private modifier: 'none' | '@' | 'offset' = 'none';
  private next: string | undefined;

  public constructor(private readonly tokens: readonly Token[]) {}

  public run(): Spelled {
    const tokenAt = new Map<number, Token>();
    const tokenBefore = new Map<number, Token>();
    let arithmeticEnd: number | undefined;
    this.tokens.forEach((token, i) => {
      this.next = this.tokens[i + 1]?.kind;
      if (i === arithmeticEnd) {
        this.write(this.close());
      }
      const modifierBefore = this.modifier;
      tokenAt.set(this.text.length, token);
      this.write(this.spell(token.kind));
      tokenBefore.set(this.text.length - 1, token);
      if (modifierBefore === 'none' && this.modifier === 'offset') {
        arithmeticEnd = afterOffsetArithmetic(this.tokens, i + 1);
        if (arithmeticEnd !== undefined) {
          this.write(this.open());
        }
      }
    });
    if (arithmeticEnd !== undefined && arithmeticEnd >= this.tokens.length) {
      this.write(this.close());
    }
    return { text: this.text, tokenAt, tokenBefore };
  }

  private write(word: string): void {
    this.text += `${word} `;
  }

  private spell(kind: string): string {
    if (this.inBraces) {
      this.inBraces = kind !== '}';
      return kind === 'identifier' ? LABEL : plain(kind);
    }
    if (kind === '(') {
      return this.open();
    }
    if (kind === ')') {
      return this.close();
    }
    const holds = this.parens.at(-1)?.holds;
    if (holds === 'labels') {
      return kind === 'string' || kind === ',' ? plain(kind) : mayBeLabel(kind) ? LABEL : ILLEGAL;
    }
    if (this.inBrackets || holds === 'duration') {
      this.inBrackets = this.inBrackets && kind !== ']';
      return plain(kind);
    }
    if (this.modifier !== 'none') {
      return this.modifierValue(kind);
    }
    return this.operand ? this.operandWord(kind) : this.operatorWord(kind);
  }

  private open(): string {
    const within = this.inBrackets || this.modifier === 'offset' || this.parens.at(-1)?.holds === 'duration' ? DURATION : EXPRESSION;
    this.parens.push(this.nextParen ?? within);
    this.nextParen = undefined;
    this.modifier = 'none';
    this.operand = true;
    return '(';
  }

  private close(): string {
    this.operand = this.parens.pop()?.thenOperand ?? false;
    return ')';
  }

  /** After `@` and `offset`: signs, then a number, a word or a parenthesis. */
  private modifierValue(kind: string): string {
    if (kind === '+' || kind === '-') {
      return kind;
    }
    const words = this.modifier === '@' ? kind === 'start' || kind === 'end' : DURATION_WORDS.has(kind);
    if (this.modifier === '@' || this.next !== '(') {
      this.modifier = 'none';
    }
    this.operand = false;
    return words || kind === 'number' || kind === 'duration' ? plain(kind) : ILLEGAL;
  }

  private operandWord(kind: string): string {
    if (kind === '+' || kind === '-' || kind === ',' || kind === 'bool') {
      return kind;
    }
    if (MATCHING.has(kind) || FILL_WORDS.has(kind)) {
      this.nextParen = this.next === '(' ? { holds: MATCHING.has(kind) ? 'labels' : 'expression', thenOperand: true } : undefined;
      return kind;
    }
    this.operand = false;
    if (kind === '{') {
      this.inBraces = true;
      return kind;
    }
    if (AGGREGATORS.has(kind) && (this.next === '(' || this.next === 'by' || this.next === 'without')) {
      return 'sum';
    }
    if ((kind === 'identifier' || FUNCTION_WORDS.has(kind)) && this.next === '(') {
      return ANY_FUNCTION;
    }
    if (mayBeMetric(kind)) {
      return METRIC;
    }
    return kind === 'number' || kind === 'duration' || kind === 'string' ? plain(kind) : ILLEGAL;
  }

  private operatorWord(kind: string): string {
    this.operand = BINARY.has(kind) || kind === ',';
    if (this.operand || kind === 'anchored' || kind === 'smoothed') {
      return kind;
    }
    switch (kind) {
      case '@':
      case 'offset':
        this.modifier = kind;
        return kind;
      case 'by':
      case 'without':
        this.nextParen = this.next === '(' ? { holds: 'labels', thenOperand: false } : undefined;
        return kind;
      case '[':
        this.inBrackets = true;
        return kind;
      case '{':
        this.inBraces = true;
        return kind;
      default:
        return ILLEGAL;
    }
  }
}

/** Spells the tokens of an expression for the grammar. */
export function spellTokens(tokens: readonly Token[]): Spelled {
  return new Speller(tokens).run();
}
