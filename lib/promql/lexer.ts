import { Problem } from './problem';
import { scanNumber, scanString } from './scan';
import { DURATION_WORDS, FILL_WORDS, KEYWORDS, Token } from './token';

const SPACE = /[ \t\n\r]+/y;
const COMMENT = /#[^\n\r]*/y;
const WORD = /[A-Za-z_:][\w:]*/y;
const LABEL = /[A-Za-z_]\w*/y;
const LETTERS = /[A-Za-z_]+/y;
const OPERATOR = /==|!=|<=|<\/|>=|>\/|[-+*/%^=<>@,()[\]{}]/y;
const BRACE_OPERATOR = /=~|!~|!=|[=,}]/y;
const DURATION_OPERATOR = /[-+*/%^,():\]]/y;
const NUMBER_START = /\d|\.\d/y;
const CALL = /[ \t\n\r]*\(/y;

/**
 * Prometheus's lexer: what is a word depends on the braces and brackets around it.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/parser/lex.go
 */
class Lexer {
  private readonly tokens: Token[] = [];
  private position = 0;
  private inBraces = false;
  private inBrackets = false;
  /** After an opening bracket only the words of durations are known, until the first number. */
  private onlyDurations = false;
  private sawColon = false;
  /** Prometheus wants a number before a colon and looks no further than any bracket of the expression. */
  private sawNumber = false;

  public constructor(private readonly input: string) {}

  public run(): readonly Token[] {
    while (this.position < this.input.length) {
      if (this.skip(SPACE)) {
        continue;
      }
      if (this.onlyDurations) {
        this.duration();
      } else if (this.skip(COMMENT)) {
        continue;
      } else if (this.inBraces) {
        this.braces();
      } else {
        this.statement();
      }
    }
    if (this.inBraces) {
      throw new Problem("unexpected end of the expression inside braces, expected '}'", this.position);
    }
    return this.tokens;
  }

  private statement(): void {
    if (this.numberOrString()) {
      return;
    }
    const word = this.match(WORD);
    if (word !== undefined) {
      return this.inBrackets ? this.wordInBrackets(word) : this.word(word);
    }
    const operator = this.match(OPERATOR) ?? this.unexpected('');
    if (operator === '=' && this.input[this.position + 1] === '~') {
      throw new Problem("unexpected '=~' outside braces, a regular expression can only match labels", this.position);
    }
    if (operator === '[') {
      if (this.inBrackets) {
        this.unexpected(' inside brackets');
      }
      this.inBrackets = true;
      this.onlyDurations = true;
      this.sawColon = false;
    } else if (operator === ']') {
      if (!this.inBrackets) {
        this.unexpected(', no bracket is open');
      }
      this.inBrackets = false;
    } else if (operator === '{') {
      this.inBraces = true;
    } else if (operator === '}') {
      this.unexpected(', no brace is open');
    }
    this.emit(operator, operator);
  }

  /** Outside braces and brackets: a keyword in any case, `inf` and `nan`, or a name. */
  private word(text: string): void {
    const lower = text.toLowerCase();
    if (lower === 'inf' || lower === 'nan') {
      this.emit('number', text);
    } else if (KEYWORDS.has(lower) && (!FILL_WORDS.has(lower) || this.isCalled(text))) {
      this.emit(lower, text);
    } else {
      this.emit(text.includes(':') ? 'metric' : 'identifier', text);
    }
  }

  /** `fill` and its like are keywords only where a parenthesis follows, so that metrics can be called so. */
  private isCalled(text: string): boolean {
    CALL.lastIndex = this.position + text.length;
    return CALL.test(this.input);
  }

  private wordInBrackets(text: string): void {
    if (!text.startsWith(':')) {
      return this.durationWord();
    }
    if (this.sawColon) {
      this.unexpected(' again');
    }
    this.sawColon = true;
    this.emit(':', ':');
  }

  private durationWord(): void {
    const word = this.match(LETTERS) ?? '';
    if (!DURATION_WORDS.has(word.toLowerCase())) {
      this.unexpected(' inside brackets, expected a duration such as 5m', word);
    }
    this.emit(word.toLowerCase(), word);
  }

  private duration(): void {
    if (this.startsNumber()) {
      this.onlyDurations = false;
      this.sawNumber = true;
      this.number();
      return;
    }
    const operator = this.match(DURATION_OPERATOR);
    if (operator === undefined) {
      return this.durationWord();
    }
    if (operator === ':') {
      if (this.sawColon || !this.sawNumber) {
        this.unexpected(this.sawColon ? ' again' : ' before a number');
      }
      this.sawColon = true;
    } else if (operator === ']') {
      this.inBrackets = false;
      this.onlyDurations = false;
    }
    this.emit(operator, operator);
  }

  private braces(): void {
    const label = this.match(LABEL);
    if (label !== undefined) {
      return this.emit('identifier', label);
    }
    if (this.string()) {
      return;
    }
    const operator = this.match(BRACE_OPERATOR) ?? this.unexpected(' inside braces');
    this.inBraces = operator !== '}';
    this.emit(operator, operator);
  }

  private numberOrString(): boolean {
    if (this.startsNumber()) {
      this.number();
      return true;
    }
    return this.string();
  }

  private startsNumber(): boolean {
    return this.match(NUMBER_START) !== undefined;
  }

  private number(): void {
    const { kind, end } = scanNumber(this.input, this.position);
    this.emit(kind, this.input.slice(this.position, end));
  }

  private string(): boolean {
    const quote = this.input[this.position];
    if (quote !== '"' && quote !== "'" && quote !== '`') {
      return false;
    }
    this.emit('string', this.input.slice(this.position, scanString(this.input, this.position)));
    return true;
  }

  private emit(kind: string, text: string): void {
    this.tokens.push({ kind, text, from: this.position });
    this.position += text.length;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    return pattern.exec(this.input)?.[0];
  }

  private skip(pattern: RegExp): boolean {
    const text = this.match(pattern);
    this.position += text?.length ?? 0;
    return text !== undefined;
  }

  private unexpected(where: string, word = ''): never {
    const character = String.fromCodePoint(this.input.codePointAt(this.position) ?? 0);
    throw new Problem(`unexpected ${word === '' ? visible(character) : `'${word}'`}${where}`, this.position);
  }
}

/** The words of an expression, without spaces and comments. */
export function tokenize(expr: string): readonly Token[] {
  return new Lexer(expr).run();
}

/** A character in quotes; one that cannot be seen as `U+0000`. */
function visible(character: string): string {
  return character !== ' ' && /[\p{C}\p{Z}]/u.test(character)
    ? `the invisible character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}, take it out`
    : `'${character}'`;
}
