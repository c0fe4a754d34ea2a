import { judgeRegex } from '../../lib/re2';

describe('judgeRegex', () => {
  test.each([
    '', '.*', 'a*', 'a?', 'a|', '(|a)', '(a*)+', '(?:a?){3}', 'a{0}', 'a{0,5}', '^$', '\\A\\z', '\\B', '(?i)', '(?i:a*)', '(?P<n>a*)', '(?<n>)',
    '\\Q\\E', '[[:alpha:]]*', '\\pL*', '\\p{Greek}?', '(?m)^', 'a*(?i)', '\\x{1F600}*', '[^]a]*', '()', 'a*?', '(?s-i:.*)',
  ])('%s matches the empty string', (pattern) => {
    expect(judgeRegex(pattern)).toEqual({ matchesEmpty: true });
  });

  test.each([
    'a', '.', '.+', 'a+', 'a|b', '(a|b)+', 'a{1,3}', '\\b', '\\d', '[a-z]', '\\Qa*\\E', '{', 'a{,2}', 'a{x}', '\\x41', '\\01', '\\_', '😀', '[]]', '[a-]',
    '[[:^space:]x]', '\\p{^Lu}', '\\P{Thai}', '\\p{Any}', '(a{10}){100}', '[[:alpha]', '\\t', '[\\a-\\x{10FFFF}]', 'a{01}',
  ])('%s does not match the empty string', (pattern) => {
    expect(judgeRegex(pattern)).toEqual({ matchesEmpty: false });
  });

  test.each([
    ['(', 'missing )'],
    [')', 'unexpected )'],
    ['[a', 'missing ]'],
    ['[z-a]', 'a character range runs backwards'],
    ['[a-\\d]', "unknown escape '\\d'"],
    ['[[:foo:]]', "unknown character class '[:foo:]'"],
    ['*', "nothing to repeat at '*'"],
    ['(+)', "nothing to repeat at '+'"],
    ['a**', "repetition of a repetition at '*'"],
    ['a{2}{3}', "repetition of a repetition at '{3}'"],
    ['a{1001}', "invalid repeat count '{1001}'"],
    ['a{3,2}', "invalid repeat count '{3,2}'"],
    ['(a{100}){11}', "more than 1000 repetitions at '{11}'"],
    ['(?=a)', "RE2 knows no '(?=', such as look-around"],
    ['(?<=a)', "RE2 knows no '(?<', such as look-around"],
    ['(?P<a-b>c)', "invalid group name 'a-b'"],
    ['\\1', "unknown escape '\\1'"],
    ['\\C', "unknown escape '\\C'"],
    ['\\x{110000}', "unknown escape '\\x'"],
    ['a\\', 'trailing backslash'],
    ['\\p{Foo}', "unknown Unicode class 'Foo'"],
    ['\\p{Grek}', "unknown Unicode class 'Grek'"],
    ['('.repeat(1200), 'nests too deeply'],
  ])('%s is refused', (pattern, refusal) => {
    expect(judgeRegex(pattern)).toEqual({ matchesEmpty: false, refusal });
  });
});
