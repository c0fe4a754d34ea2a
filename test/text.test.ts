import { didYouMean, nearest, quoteList } from '../lib/text';

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
