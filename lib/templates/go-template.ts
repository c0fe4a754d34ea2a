import { TemplateAction, TemplateToken, templateActions } from './template-lexer';
import { closing, skipSpace, split, trim } from './template-tokens';
import { didYouMean } from '../text';

const GO_FUNCTIONS = [
  'and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery', 'eq', 'ge', 'gt', 'le', 'lt', 'ne',
];
const CONSTANTS = ['true', 'false', 'nil'];

/** Data and functions of the templates of a program. */
export interface TemplateDialect {
  /** Name of the program, for messages. */
  readonly program: string;
  /** Functions besides those of Go. */
  readonly functions: readonly string[];
  /** Variables, `$` among them. */
  readonly variables: readonly string[];
  /** Fields of the data, with how many fields may follow each. */
  readonly fields: ReadonlyMap<string, number>;
  /** Variables that hold a field of the data. */
  readonly fieldOf: ReadonlyMap<string, string>;
  /** What to write instead of a word, a variable or a field that only other templates know. */
  readonly instead: ReadonlyMap<string, string>;
}

/** A block that waits for its `{{ end }}`. */
interface Block {
  readonly keyword: string;
  readonly source: string;
  readonly variables: readonly string[];
  readonly rootDot: boolean;
  readonly rootDollar: boolean;
}

/** Throws unless `text` is a template in Go's grammar, with the functions, the variables and the fields that a dialect has. */
export function checkGoTemplate(where: string, text: string, dialect: TemplateDialect): void {
  if (!text.includes('{{')) {
    return;
  }
  try {
    new TemplateChecker(dialect).check(templateActions(text));
  } catch (error) {
    throw new Error(`${where}: template: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

class TemplateChecker {
  private readonly blocks: Block[] = [];
  private readonly functions: readonly string[];
  private variables: readonly string[];
  private rootDot = true;
  private rootDollar = true;
  private source = '';

  constructor(private readonly dialect: TemplateDialect) {
    this.functions = [...dialect.functions, ...GO_FUNCTIONS];
    this.variables = dialect.variables;
  }

  public check(actions: readonly TemplateAction[]): void {
    for (const action of actions) {
      this.source = action.source;
      this.action(action.tokens.filter((token, i, all) => token.kind !== 'space' || (i > 0 && i < all.length - 1)));
    }
    const open = this.blocks.at(-1);
    if (open !== undefined) {
      throw new Error(`'${open.source}' is not closed; write {{ end }} after it`);
    }
  }

  private action(tokens: readonly TemplateToken[]): void {
    const keyword = tokens[0]?.kind === 'word' ? tokens[0].text : '';
    const rest = skipSpace(tokens.slice(1));
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.open(keyword, rest);
        break;
      case 'else':
        this.otherwise(rest);
        break;
      case 'end':
        this.none(rest);
        this.close();
        break;
      case 'break':
      case 'continue':
        this.none(rest);
        this.insideRange();
        break;
      case 'define':
      case 'block':
      case 'template':
        this.named(keyword, rest);
        break;
      default:
        this.pipeline(tokens);
    }
  }

  private open(keyword: string, pipeline: readonly TemplateToken[]): void {
    this.blocks.push({ keyword, source: this.source, variables: this.variables, rootDot: this.rootDot, rootDollar: this.rootDollar });
    this.pipeline(pipeline, keyword === 'range');
    this.rootDot = this.rootDot && keyword === 'if';
  }

  private otherwise(rest: readonly TemplateToken[]): void {
    const block = this.blocks.at(-1);
    if (block === undefined || !['if', 'with', 'range'].includes(block.keyword)) {
      throw new Error(`'${this.source}' is outside of if, with and range; open one before it`);
    }
    this.rootDot = block.rootDot;
    if (rest.length === 0) {
      this.blocks.splice(-1, 1, { ...block, keyword: 'else' });
      this.variables = block.variables;
      return;
    }
    if (rest[0].text !== block.keyword || block.keyword === 'range') {
      throw new Error(`'${this.source}' is not understood; write {{ else }} or {{ else ${block.keyword === 'with' ? 'with' : 'if'} … }}`);
    }
    this.pipeline(skipSpace(rest.slice(1)));
    this.rootDot = this.rootDot && block.keyword === 'if';
  }

  private close(): void {
    const block = this.blocks.pop();
    if (block === undefined) {
      throw new Error(`'${this.source}' ends nothing; leave it out, or open an if, with or range before it`);
    }
    this.variables = block.variables;
    this.rootDot = block.rootDot;
    this.rootDollar = block.rootDollar;
  }

  private insideRange(): void {
    if (!this.blocks.some((block) => block.source.includes('range'))) {
      throw new Error(`'${this.source}' is outside of range; leave it out, or open a range before it`);
    }
  }

  private named(keyword: string, rest: readonly TemplateToken[]): void {
    if (rest[0]?.kind !== 'string') {
      throw new Error(`'${this.source}' names no template; give the name in quotes`);
    }
    const pipeline = skipSpace(rest.slice(1));
    if (keyword !== 'template') {
      this.blocks.push({ keyword, source: this.source, variables: this.variables, rootDot: this.rootDot, rootDollar: this.rootDollar });
    }
    if (pipeline.length > 0 || keyword === 'block') {
      this.pipeline(pipeline);
    }
    if (keyword !== 'template') {
      this.variables = ['$'];
      this.rootDot = false;
      this.rootDollar = false;
    }
  }

  private none(rest: readonly TemplateToken[]): void {
    if (rest.length > 0) {
      throw new Error(`'${rest[0].text}' is out of place in '${this.source}'; take it out`);
    }
  }

  /** Checks `[$x :=] command | command …`. */
  private pipeline(tokens: readonly TemplateToken[], isRange = false): void {
    const assign = tokens.findIndex((token) => token.kind === 'assign');
    const declared: string[] = [];
    let rest = tokens;
    if (assign !== -1) {
      const targets = tokens.slice(0, assign).filter((token) => token.kind !== 'space');
      const names = targets.filter((token) => token.kind === 'variable').map((token) => token.text);
      if (targets.length !== 2 * names.length - 1 || names.length > (isRange ? 2 : 1)) {
        throw new Error(`'${tokens[assign].text}' is out of place in '${this.source}'; write one variable before it`);
      }
      if (tokens[assign].text === ':=') {
        declared.push(...names);
      } else {
        names.forEach((name) => this.variable(name, []));
      }
      rest = skipSpace(tokens.slice(assign + 1));
    }
    split(rest, 'pipe').forEach((command, i) => this.command(command, i));
    this.variables = [...this.variables, ...declared];
  }

  private command(tokens: readonly TemplateToken[], stage: number): void {
    const operands = this.operands(tokens);
    if (operands.length === 0) {
      throw new Error(`a value is missing in '${this.source}'; write one`);
    }
    operands.forEach((operand) => this.operand(operand));
    const first = operands[0][0];
    if (stage > 0 && !['word', 'field', 'variable', 'open', 'dot'].includes(first.kind) || (stage > 0 && CONSTANTS.includes(first.text))) {
      throw new Error(`'${first.text}' in '${this.source}' is not a function; values can be piped into functions only`);
    }
    if (operands.length > 1 && (['string', 'number', 'char', 'dot'].includes(first.kind) || CONSTANTS.includes(first.text))) {
      throw new Error(`'${first.text}' in '${this.source}' is not a function; leave its arguments out`);
    }
    if (first.kind === 'variable' && this.dialect.variables.includes(first.text) && (operands.length > 1 || stage > 0)) {
      throw new Error(`'${first.text}' in '${this.source}' is not a function; leave its arguments out`);
    }
  }

  /** The operands of a command: a head with the fields behind it, parentheses kept whole. */
  private operands(tokens: readonly TemplateToken[]): TemplateToken[][] {
    return split(tokens, 'space').filter((part) => part.length > 0);
  }

  private operand(tokens: readonly TemplateToken[]): void {
    const [head] = tokens;
    let fields = tokens.slice(1);
    switch (head.kind) {
      case 'open': {
        const close = closing(tokens);
        if (close === -1) {
          throw new Error(`a parenthesis is not closed in '${this.source}'; close it`);
        }
        this.pipeline(trim(tokens.slice(1, close)));
        fields = tokens.slice(close + 1);
        break;
      }
      case 'variable':
        this.variable(head.text, fields);
        break;
      case 'word':
        if (!this.functions.includes(head.text) && !CONSTANTS.includes(head.text)) {
          throw new Error(this.unknownWord(head.text));
        }
        break;
      case 'field':
        this.field(head.text.slice(1), fields);
        break;
      case 'string':
      case 'char':
      case 'number':
      case 'dot':
        break;
      default:
        throw new Error(`'${head.text}' is out of place in '${this.source}'; write a value there`);
    }
    const stray = fields.find((token) => token.kind !== 'field');
    if (stray !== undefined) {
      throw new Error(`'${stray.text}' is out of place in '${this.source}'; take it out`);
    }
  }

  private unknownWord(word: string): string {
    return this.dialect.variables.includes(`$${word}`)
      ? `'${word}' in '${this.source}' is not a function; write '$${word}'`
      : `'${word}' in '${this.source}' is not a function that ${this.dialect.program} has${this.insteadOf(word, this.functions) || '; write a text in double quotes'}`;
  }

  /** What to write instead of a name that does not exist. */
  private insteadOf(name: string, candidates: readonly string[]): string {
    const instead = this.dialect.instead.get(name);
    return instead === undefined ? didYouMean(name, candidates) : `; ${instead}`;
  }

  private variable(name: string, fields: readonly TemplateToken[]): void {
    if (!this.variables.includes(name)) {
      throw new Error(`variable '${name}' in '${this.source}' does not exist${this.insteadOf(name, this.variables) || '; declare it by := before'}`);
    }
    if (name === '$' && fields.length > 0 && this.rootDollar) {
      this.rootField(fields[0].text.slice(1), fields.slice(1));
    }
    this.depth(this.dialect.fieldOf.get(name), name, fields);
  }

  private field(name: string, fields: readonly TemplateToken[]): void {
    if (this.rootDot) {
      this.rootField(name, fields);
    }
  }

  private rootField(name: string, fields: readonly TemplateToken[]): void {
    const known = [...this.dialect.fields.keys()];
    if (!known.includes(name)) {
      const instead = this.insteadOf(name, known);
      throw new Error(`'.${name}' in '${this.source}' does not exist${instead === '' ? `; use one of ${known.map((field) => `.${field}`).join(', ')}` : instead}`);
    }
    this.depth(name, `.${name}`, fields);
  }

  /** Labels are texts: nothing is below them. */
  private depth(field: string | undefined, written: string, fields: readonly TemplateToken[]): void {
    const allowed = field === undefined ? undefined : this.dialect.fields.get(field);
    if (allowed !== undefined && fields.length > allowed) {
      throw new Error(`'${fields[allowed].text}' in '${this.source}' is out of place, as ${allowed === 0 ? written : 'a label'} has no fields; take it out`);
    }
  }
}
