import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PromQl, PromQlOptions } from '../../lib/promql';
import { promtool } from '../tools';

interface Entry {
  readonly expr: string;
  /** Value type, or `invalid`. */
  readonly type: string;
  /** The same with feature flags, where it differs. */
  readonly experimental?: string;
}

const corpus: readonly Entry[] = JSON.parse(fs.readFileSync(path.join(__dirname, 'corpus.json'), 'utf8'));

/** What promtool can be told with its feature flags. */
const EXPERIMENTS: PromQlOptions = { experimentalFunctions: true, extendedRangeSelectors: true };

function typeOf(expr: string, options: PromQlOptions): string {
  try {
    return PromQl.parse(expr, options).valueType;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('invalid PromQL at ')) {
      return 'invalid';
    }
    throw error;
  }
}

describe('corpus of expressions', () => {
  test('is large, with valid and invalid ones', () => {
    expect(corpus.length).toBeGreaterThan(1400);
    expect(new Set(corpus.map(({ expr }) => expr)).size).toBe(corpus.length);
    expect(corpus.filter(({ type }) => type === 'invalid').length).toBeGreaterThan(800);
    expect(corpus.filter(({ type }) => type !== 'invalid').length).toBeGreaterThan(500);
  });

  test('says what promtool says', () => {
    const disagreements = execFileSync(process.execPath, [path.join(__dirname, 'corpus.mjs'), 'check', promtool()], { encoding: 'utf8' });
    expect(disagreements).toBe('');
  });

  test('says what PromQl says', () => {
    expect(corpus.filter(({ expr, type }) => typeOf(expr, {}) !== type)).toEqual([]);
  });

  test('says what PromQl says with experiments', () => {
    expect(corpus.filter(({ expr, type, experimental }) => typeOf(expr, EXPERIMENTS) !== (experimental ?? type))).toEqual([]);
  });
});
