import { execFileSync } from 'node:child_process';
import { root } from './support';

interface Linted {
  readonly output: string;
  readonly messages: string[];
}

/** Lints each text with the rules of tools/style.mjs, fixes it, and gives what is left. */
function lint(texts: readonly string[]): Linted[] {
  const script = `
    import { Linter } from 'eslint';
    import tseslint from 'typescript-eslint';
    import { style } from './tools/style.mjs';
    const config = [{
      files: ['**/*.ts'], plugins: { style }, languageOptions: { parser: tseslint.parser },
      rules: { 'style/exported': 'error', 'style/tags': 'error', 'style/messages': 'error' },
    }];
    const linter = new Linter();
    const lint = (text) => {
      const messages = linter.verify(text, config, 'a.ts').map(({ ruleId, messageId, line }) => line + ' ' + ruleId + ' ' + messageId);
      return { messages, output: linter.verifyAndFix(text, config, 'a.ts').output };
    };
    console.log(JSON.stringify(${JSON.stringify(texts)}.map(lint)));
  `;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' }));
}

/** Rows of a text, what is found in it, and what a fix makes of it. */
const rows: ReadonlyArray<readonly [text: string, found: string[], fixed?: string]> = [
  ['export const a = 1;', ['1 style/exported missing']],
  ['// A comment.\nexport function a(): void {}', ['2 style/exported missing']],
  ['/** A number. */\nexport const a = 1;\nconst b = 2;', []],
  ['export { a } from "./a";\nexport * from "./b";', []],
  ['/** Same text for each. */\nexport function a(b: string): void;\nexport function a(b?: string): void {}', []],
  ['export interface A {\n  readonly a: string;\n}', ['1 style/exported missing']],

  ['/**\n * A.\n *\n * @default 1\n */', ['1 style/tags form'], '/**\n * A.\n * @default 1\n */'],
  ['/**\n * A.\n *\n * B.\n *\n * @see c\n *\n * @default 1\n */', ['1 style/tags form'], '/**\n * A.\n *\n * B.\n * @see c\n * @default 1\n */'],
  ['/**\n * A.\n *\n * @internal\n */', ['1 style/tags form'], '/** A. @internal */'],
  ['/**\n * @internal\n */', ['1 style/tags form'], '/** @internal */'],
  ['/** @internal A. */', ['1 style/tags form'], '/** A. @internal */'],
  ['/**\n * @internal\n * A.\n * B.\n */', ['1 style/tags form'], '/**\n * A.\n * B.\n * @internal\n */'],
  ['/** A. @internal */', []],
  ['/** A. */', []],
  ['/**\n * A.\n * @default 1\n */', []],
  ['/**\n * A.\n * @see b\n * @internal\n */', []],

  ["throw new Error('The name is empty; give one');", ['1 style/messages capital']],
  ["throw new TypeError('Empty');", ['1 style/messages capital']],
  ['throw new Error(`name is ${a}; give one.`);', ['1 style/messages period']],
  ["throw new Error('name is empty' + '; give one.');", ['1 style/messages period']],
  ["throw new Error('name is empty');", ['1 style/messages wayOut']],
  ['throw new Error(`RuleEdit.${verb}: alert is empty; name one`);', []],
  ["throw new Error(`ScrapeJob '${a}': name is empty; give one`);", []],
  ['throw new Error(`${a}: The ${b}`);', []],
  ['throw error;', []],
];

test('the rules of docstrings and messages find what they should, and fix it', () => {
  const linted = lint(rows.map(([text]) => text));
  expect(linted.map(({ messages }, i) => [rows[i][0], messages])).toEqual(rows.map(([text, found]) => [text, found]));
  expect(linted.map(({ output }) => output)).toEqual(rows.map(([text, , fixed]) => fixed ?? text));
});
