import { didYouMean, nearest, quoteList, shown } from '../lib/text';

test.each([
  ['htp', ['http', 'metrics'], 'http'],
  ['HTTP', ['http'], 'http'],
  ['KubePodCrashloping', ['KubePodCrashLooping', 'KubePodNotReady'], 'KubePodCrashLooping'],
  ['ab', ['xyz'], undefined],
  ['something', ['entirely', 'different'], undefined],
  ['a', [], undefined],
  ['same', ['other', 'same', 'sane'], 'same'],
])('nearest to %s of %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

test('did you mean', () => {
  expect(didYouMean('htp', ['http'])).toBe(", did you mean 'http'?");
  expect(didYouMean('x', ['something'])).toBe('');
});

test.each([
  [[], 'none'],
  [['a'], "'a'"],
  [['a', 'b'], "'a' and 'b'"],
  [['a', 'b', 'c'], "'a', 'b' and 'c'"],
])('%j is quoted as %s', (items, expected) => {
  expect(quoteList(items)).toBe(expected);
});

test.each<[unknown, string]>([
  ['a', "'a'"], [1.5, '1.5'], [NaN, 'NaN'], [true, 'true'], [null, 'null'], [undefined, 'undefined'],
  [[1], 'a list'], [{ a: 1 }, 'a mapping'], [new Date(0), 'an object'], [() => 1, 'a function'],
])('a message shows %p as %s', (value, expected) => {
  expect(shown(value)).toBe(expected);
});
