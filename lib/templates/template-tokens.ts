import { TemplateToken } from './template-lexer';

/** Without the space in front. */
export function skipSpace(tokens: readonly TemplateToken[]): readonly TemplateToken[] {
  return tokens[0]?.kind === 'space' ? tokens.slice(1) : tokens;
}

/** Without the space in front and behind. */
export function trim(tokens: readonly TemplateToken[]): readonly TemplateToken[] {
  const rest = skipSpace(tokens);
  return rest.at(-1)?.kind === 'space' ? rest.slice(0, -1) : rest;
}

/** The parts between the tokens of `kind` that stand outside of parentheses. */
export function split(tokens: readonly TemplateToken[], kind: TemplateToken['kind']): TemplateToken[][] {
  const parts: TemplateToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    if (depth === 0 && token.kind === kind) {
      parts.push([]);
    } else {
      parts[parts.length - 1].push(token);
    }
  }
  return parts;
}

/** Index of the token that closes the parenthesis with which `tokens` begin, or -1. */
export function closing(tokens: readonly TemplateToken[]): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    return depth === 0;
  });
}
