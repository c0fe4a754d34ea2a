// ESLint rules for docstrings and messages, where a linter can tell; CONTRIBUTING.md says the rest. `eslint --fix` fixes tags.

/** The docstring of an exported declaration. */
function docstringOf(source, node) {
  const comment = source.getCommentsBefore(node.parent).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*') ? comment : undefined;
}

/** What a file exports says what it is. The members of public types are judged by what jsii makes of them, in test/package. */
const exported = {
  meta: { type: 'suggestion', messages: { missing: "'{{name}}' has no docstring: say in one what it is" }, schema: [] },
  create(context) {
    const source = context.sourceCode;
    /** The overloads of a function, before its body, are described by the first of them. */
    const isOverloaded = (node, name) => {
      const { body } = source.ast;
      const before = body[body.indexOf(node.parent) - 1]?.declaration;
      return before?.type === 'TSDeclareFunction' && before.id.name === name;
    };
    return {
      'ExportNamedDeclaration > .declaration'(node) {
        const name = node.id?.name ?? node.declarations?.[0].id.name;
        if (name !== undefined && docstringOf(source, node) === undefined && !isOverloaded(node, name)) {
          context.report({ node, loc: node.loc.start, messageId: 'missing', data: { name } });
        }
      },
    };
  },
};

const SHORT = 150;

/** The docstring as it is written here, or undefined where it is so already. */
function tidied(comment) {
  const lines = `/*${comment.value}*/`.split('\n').map((line) => line.trimEnd());
  if (lines.length === 1) {
    const [, text] = /^\/\*\*\s*(.*?)\s*\*\/$/.exec(lines[0]);
    return /@internal./.test(text) ? `/** ${text.replace(/\s*@internal\s*/, ' ').trim()} @internal */` : undefined;
  }
  const indent = ' '.repeat(comment.loc.start.column);
  const body = lines.slice(1, -1).map((line) => line.replace(/^\s*\* ?/, ''));
  // a tag follows the text, or another tag, at once
  const tight = body.filter((line, i) => !(line === '' && /^@/.test(body.slice(i).find((later) => later !== '') ?? '')));
  const isInternal = tight.includes('@internal');
  const others = tight.filter((line) => line !== '@internal');
  const short = `/** ${[...others, '@internal'].join(' ')} */`;
  const fits = others.length <= 1 && !/^@/.test(others[0] ?? '') && indent.length + short.length <= SHORT;
  const whole = isInternal && fits
    ? short
    : [lines[0], ...[...others, ...isInternal ? ['@internal'] : []].map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`), `${indent} */`].join('\n');
  return whole === lines.join('\n') ? undefined : whole;
}

/** Tags follow the text without a blank line; `@internal` comes last, in the line of a docstring of one line, else in a line of its own. */
const tags = {
  meta: {
    type: 'layout',
    fixable: 'code',
    messages: { form: 'no blank line before a tag; @internal last, on the line of a docstring of one line, else on a line of its own' },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        context.sourceCode.getAllComments().filter(({ type, value }) => type === 'Block' && value.startsWith('*') && value.includes('@')).forEach((comment) => {
          const text = tidied(comment);
          if (text !== undefined) {
            context.report({ loc: comment.loc, messageId: 'form', fix: (fixer) => fixer.replaceTextRange(comment.range, text) });
          }
        });
      },
    };
  },
};

/** The text with which an expression begins and ends, as far as it can be seen. */
function endsOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') {
    return { first: node.value, last: node.value };
  }
  if (node.type === 'TemplateLiteral') {
    return { first: node.quasis[0].value.cooked, last: node.quasis.at(-1).value.cooked };
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return { first: endsOf(node.left).first, last: endsOf(node.right).last };
  }
  return { first: '', last: '' };
}

/** All of its own text that a message is made of, whichever of its branches is taken; that of what it calls is judged there. */
function textOf(node) {
  switch (node?.type) {
    case 'Literal': return String(node.value);
    case 'TemplateLiteral': return [...node.quasis.map((quasi) => quasi.value.cooked), ...node.expressions.map(textOf)].join('');
    case 'BinaryExpression': case 'LogicalExpression': return textOf(node.left) + textOf(node.right);
    case 'ConditionalExpression': return textOf(node.consequent) + textOf(node.alternate);
    // a sentence with its way out, by the names that such sentences have
    case 'Identifier': return ['says', 'wayOut'].includes(node.name) ? ';' : '';
    case 'MemberExpression': return textOf(node.property);
    default: return '';
  }
}

/** Whether a text is a sentence, and not only places such as `location: ` before one. */
const isSentence = (text) => text.split(':').some((part) => /[a-z] +[a-z]/i.test(part));

/**
 * A message begins with a place or a small letter, has no period at its end, and says what to do: after a semicolon, or by a question such as
 * `did you mean 'x'?`. A place is a value, or a name such as `RuleEdit.without`.
 */
const messages = {
  meta: {
    type: 'suggestion',
    messages: {
      capital: 'a message begins with the place of the mistake, or a small letter',
      period: 'a message has no period at its end',
      wayOut: "a message says what to do, after a semicolon: 'x' is not a port; use 1 to 65535",
    },
    schema: [],
  },
  create(context) {
    return {
      'ThrowStatement > NewExpression[arguments.length>0]'({ callee, arguments: [argument] }) {
        const { first, last } = endsOf(argument);
        if (/^[A-Z][a-z]*( |$)/.test(first)) {
          context.report({ node: argument, messageId: 'capital' });
        }
        if (/[.!]$/.test(last)) {
          context.report({ node: argument, messageId: 'period' });
        }
        const text = textOf(argument);
        if (callee.name === 'Error' && isSentence(text) && !/[;?]/.test(text)) {
          context.report({ node: argument, messageId: 'wayOut' });
        }
      },
    };
  },
};

export const style = { rules: { exported, tags, messages } };
