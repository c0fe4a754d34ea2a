import tseslint from 'typescript-eslint';
import { style } from './tools/style.mjs';

// What leaves tests out, or the others.
const unrun = ['describe', 'it', 'test'].flatMap((object) => ['skip', 'only', 'todo', 'failing'].map((property) => ({
  object, property, message: 'every test runs, in every run',
})));
const focused = ['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe', 'ftest'].map((name) => ({ name, message: 'every test runs, in every run' }));

const layout = {
  'max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  'indent': ['error', 2, {
    SwitchCase: 1,
    ignoredNodes: ['ConditionalExpression *', 'TemplateLiteral *', 'PropertyDefinition', 'TSTypeParameterInstantiation'],
  }],
  'quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
  'semi': ['error', 'always'],
  'comma-dangle': ['error', 'always-multiline'],
  'eol-last': ['error', 'always'],
  'no-trailing-spaces': 'error',
  'no-multiple-empty-lines': ['error', { max: 1, maxEOF: 0, maxBOF: 0 }],
};

const meaning = {
  'curly': ['error', 'all'],
  'eqeqeq': ['error', 'always'],
  'no-console': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'no-restricted-properties': ['error', ...unrun],
  'no-restricted-globals': ['error', ...focused],
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/', 'dist/', 'build/', 'coverage/', 'tools/bin/',
      'imports/', // written by cdk8s import
      '.warnings.jsii.js', // written by jsii
      'tools/pictures/page/', // of a package of its own, whose types are not installed here
      'examples/*/dist/', 'test/consumers/*/node_modules/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { ecmaVersion: 'latest' },
    rules: { ...layout, ...meaning, 'no-console': 'off', 'no-unused-vars': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...layout,
      ...meaning,
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true, 'ts-check': false }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // A construct is made for what it adds to its scope.
      'no-new': 'off',
      // It overflows the stack on types that contain themselves, as those of lib/wire do.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Numbers are what messages and manifests are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Enum-like classes and collections of factories have only static members.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Types cannot say that an index is within bounds.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/generated/**'],
    plugins: { style },
    rules: {
      'max-lines': ['error', 300],
      'style/exported': 'error',
      'style/tags': 'error',
      'style/messages': 'error',
      // Its types cost nothing; to read its classes takes an eighth of the time of a synth.
      'no-restricted-syntax': ['error', {
        selector: 'MemberExpression[object.name=/^(k8s|Cpu)$/]', message: 'use KIND, numberOrText() and cpuMillis() of lib/kubernetes instead of the classes of cdk8s-plus-27',
      }],
    },
  },
  {
    files: ['lib/*/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...focused, { name: '__dirname', message: 'an app runs build/bundle.js: use PACKAGE_FOLDER of lib/package-folder.ts' }],
    },
  },
  {
    // A test may take a parsed manifest for what it expects and look into it, and so may what reads answers of Prometheus.
    files: ['test/**/*.ts', 'examples/**/*.test.ts', 'dashboards/live/**/*.ts', 'tools/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
);
