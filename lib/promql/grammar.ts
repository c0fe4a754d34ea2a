import { createRequire } from 'node:module';
import { Problem } from './problem';
import { Spelled, spell } from './spelling';
import { describeToken, Token } from './token';

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

/** What is used of a lezer tree. */
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
  /** How often the tree grew to its left lately. */
  bigReductionCount: number;
  advance(): { readonly topNode: TreeNode } | null;
}

interface Grammar {
  readonly parser: { startParse(text: string): Parse };
}

/** Type of an expression or argument. */
export type ValueType = 'none' | 'vector' | 'scalar' | 'matrix' | 'string';

/** How a function is called; `variadic` is the number of arguments that may be left out or added, -1 for any. */
export interface Signature {
  readonly name: string;
  readonly argTypes: readonly ValueType[];
  readonly variadic: number;
  readonly returnType: ValueType;
}

interface Functions {
  getFunction(id: number): Signature | undefined;
}

function isGrammar(module: unknown): module is Grammar {
  return typeof module === 'object' && module !== null && 'parser' in module;
}

function isFunctions(module: unknown): module is Functions {
  return typeof module === 'object' && module !== null && 'getFunction' in module;
}

interface Packages {
  readonly parser: Grammar['parser'];
  /** Signatures by the function's name. */
  readonly signatures: ReadonlyMap<string, Signature>;
}

/** Loads the grammar and the signatures of functions; only when first needed, for most apps never parse an expression. */
function loadPackages(): Packages {
  const load = createRequire(__filename);
  const grammar: unknown = load('@prometheus-io/lezer-promql');
  // Of codemirror-promql only the signatures: the rest needs an editor, and gives its parser a time limit.
  const functions: unknown = load('@prometheus-io/codemirror-promql/dist/cjs/types/function.js');
  if (!isGrammar(grammar) || !isFunctions(functions)) {
    throw new Error('the packages @prometheus-io/lezer-promql and @prometheus-io/codemirror-promql do not fit this library, install it anew');
  }
  const signatures = new Map<string, Signature>();
  for (const term of Object.values(grammar)) {
    const signature = typeof term === 'number' ? functions.getFunction(term) : undefined;
    if (signature !== undefined) {
      signatures.set(signature.name.toLowerCase(), signature);
    }
  }
  return { parser: grammar.parser, signatures };
}

let packages: Packages | undefined;

function loaded(): Packages {
  packages ??= loadPackages();
  return packages;
}

/** The signatures of PromQL's functions as codemirror-promql knows them. */
export function knownSignatures(): ReadonlyMap<string, Signature> {
  return loaded().signatures;
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
  const spelled = spell(tokens);
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
