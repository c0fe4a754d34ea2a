import { checkRegex, matchesAnchored, regexProblem } from '../lib/regex';

test.each([
  '', 'a', '.*', 'node_(cpu|memory)_.+', 'prod-(eu|us)-\\d+', '(?i)a', '(?i-s:a)', '(?P<n>a)', '(?<n>a)', 'a{1000}', 'a{,2}', '[[:alpha:]]', '[[:^digit:]_]',
  '\\pL', '\\p{Greek}', '\\x{10FFFF}', '\\Qa*\\E', '^*', '\\b+', '\\A\\z', '\\_', '[]a]', 'é', '(|a)', 'x{',
])('%j is one', (pattern) => {
  expect(regexProblem(pattern)).toBeUndefined();
});

test.each([
  ['(', 'missing )'], ['a)', 'unexpected )'], ['[a', 'missing ]'], ['a**', 'repetition of a repetition'], ['*', 'nothing to repeat'], ['a{2,1}', 'invalid repeat count'],
  ['a{1001}', 'repeat'], ['(a{100}){100}', 'repetitions'], ['\\y', 'unknown escape'], ['\\1', 'RE2 knows no back-reference'], ['(?=a)', 'RE2 knows no look-around'], ['(?<!a)', 'look-around'],
  ['[[:foo:]]', 'unknown character class'], ['[z-a]', 'backwards'], ['\\p{Foo}', 'unknown Unicode class'], ['\\', 'trailing backslash'],
])('%j is none: %s', (pattern, problem) => {
  expect(regexProblem(pattern)).toContain(problem);
  expect(() => checkRegex(pattern, 'here')).toThrow(`here: '${pattern}' is not a regular expression (RE2), `);
});

test.each([
  ['a', 'a', true], ['a', 'ab', false], ['a|b', 'b', true], ['a|b', 'ab', false], ['.*', 'a\nb', true], ['(?i)A.*', 'abc', true], ['(?P<n>a)(?P<m>b)', 'ab', true],
  ['[[:alpha:]]+', 'abc', true], ['[[:alpha:]]+', 'ab1', false], ['[[:^digit:]]', 'a', true], ['\\Qa.b\\E', 'a.b', true], ['\\Qa.b\\E', 'axb', false],
  ['\\pL+', 'ä', true], ['\\x{e4}', 'ä', true], ['\\Aa\\z', 'a', true], ['[[:punct:]]', 'a', true],
])('%j matches %j: %s', (pattern, text, matches) => {
  expect(matchesAnchored(pattern, text)).toBe(matches);
});

test('what JavaScript cannot say is unknown', () => {
  expect(matchesAnchored('^*a', 'a', true)).toBe(true);
  expect(matchesAnchored('^*a', 'a', false)).toBe(false);
});
