import { Problem } from './problem';
import { Spelled, spellTokens } from './spelling';
import { describeToken, Token } from './token';
import { packageRequire } from '../package-folder';

/** A node of the syntax tree, by the names of the grammar of lezer-promql. */
export interface Node {
  readonly name: string;
  /** The token it begins with. */
  readonly token: Token;
  /** The token it ends with. */
  readonly last: Token;
  readonly children: readonly Node[];
  /** False for parentheses that the expression has not. */
  readonly written: boolean;
}

/** Used part of a lezer tree. */
interface TreeNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
  readonly firstChild: TreeNode | null;
  readonly nextSibling: TreeNode | null;
}

/** A parse under way. */
interface Parse {
  /** Number of times in a row that the tree grew to its left. */
  bigReductionCount: number;
  advance(): { readonly topNode: TreeNode } | null;
}

interface Grammar {
  readonly parser: { startParse(text: string): Parse };
}

function isGrammar(module: unknown): module is Grammar {
  return typeof module === 'object' && module !== null && 'parser' in module;
}

let grammar: Grammar | undefined;

/** Loads the grammar; only when first needed, because most apps never parse an expression. */
function loaded(): Grammar {
  if (grammar === undefined) {
    const found: unknown = packageRequire('@prometheus-io/lezer-promql');
    if (!isGrammar(found)) {
      throw new Error('the package @prometheus-io/lezer-promql does not fit this library; install it anew');
    }
    grammar = found;
  }
  return grammar;
}

/** The tree of a text; for editors lezer gives up on one that leans far to the left, as that of a long sum does, here it is read whole. */
function parseWhole(text: string): TreeNode {
  const parse = loaded().parser.startParse(text);
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) {
      return tree.topNode;
    }
    parse.bigReductionCount = 0;
  }
}

/** Deeper trees lezer would flatten. */
const MAX_DEPTH = 2000;

function unexpected(spelled: Spelled, from: number, end: number): Problem {
  const tokens = [...spelled.tokenAt];
  const token = tokens.find(([place]) => place >= from)?.[1];
  const open = tokens.filter(([, { kind }]) => kind === '(').length > tokens.filter(([, { kind }]) => kind === ')').length;
  return new Problem(`unexpected ${describeToken(token)}${token === undefined && open ? ', a parenthesis is not closed' : ''}`, token?.from ?? end);
}

/** The syntax tree of the tokens of an expression that is `length` long; throws where the grammar finds an error. */
export function syntaxTree(tokens: readonly Token[], length: number): Node {
  if (tokens.length === 0) {
    throw new Problem('no expression found', 0);
  }
  const spelled = spellTokens(tokens);
  const convert = (node: TreeNode, outer: Token, depth: number): Node => {
    if (depth > MAX_DEPTH) {
      throw new Problem(`the expression nests deeper than ${MAX_DEPTH} levels, split it by recording rules`, outer.from);
    }
    if (node.type.isError) {
      throw unexpected(spelled, node.from, length);
    }
    const written = spelled.tokenAt.get(node.from);
    const token = written ?? outer;
    const children: Node[] = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      children.push(convert(child, token, depth + 1));
    }
    return { name: node.name, token, last: spelled.tokenBefore.get(node.to) ?? token, children, written: written !== undefined };
  };
  return convert(parseWhole(spelled.text), tokens[0], 0).children[0];
}
