import { PromQl, PromQlOptions, PromQlValueType } from '../../lib/promql';

const ALL: Required<PromQlOptions> = {
  experimentalFunctions: true, extendedRangeSelectors: true, binaryFillModifiers: true,
};

function problem(expr: string, options?: PromQlOptions): string {
  try {
    PromQl.parse(expr, options);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no error';
}

/** Where the caret points, and the first line of the message without place. */
function found(expr: string, options?: PromQlOptions): { readonly column: number; readonly message: string } {
  const lines = problem(expr, options).split('\n');
  return {
    column: (lines.at(-1) ?? '').indexOf('^') - 1,
    message: lines[0].replace(/^invalid PromQL at (line \d+, )?column \d+: /, ''),
  };
}

describe('PromQl.parse', () => {
  test('gives the expression as written, its type and its metrics', () => {
    const expr = ' sum by (job) (rate(b_total[5m])) / a:b{x="y"} + a:b ';
    const parsed = PromQl.parse(expr);
    expect(parsed.expr).toBe(expr);
    expect(parsed.valueType).toBe(PromQlValueType.INSTANT_VECTOR);
    expect(parsed.metrics).toEqual(['a:b', 'b_total']);
  });

  test('refuses half of a character, as all texts are refused that have one', () => {
    expect(() => PromQl.parse('"\ud800"')).toThrow('PromQl.parse: expr: the character U+D800 at column 2 is not one of a text; take it out');
  });

  test.each([
    ['1 + 2', PromQlValueType.SCALAR],
    ['foo', PromQlValueType.INSTANT_VECTOR],
    ['foo[5m]', PromQlValueType.RANGE_VECTOR],
    ['foo[5m:1m]', PromQlValueType.RANGE_VECTOR],
    ['"foo"', PromQlValueType.STRING],
    ['1 == bool 2', PromQlValueType.SCALAR],
    ['pi()', PromQlValueType.SCALAR],
    ['(foo offset 5m)', PromQlValueType.INSTANT_VECTOR],
  ])('%s is of type %s', (expr, type) => {
    expect(PromQl.parse(expr).valueType).toBe(type);
  });

  test.each([
    ['{"my.metric", job="x"}', ['my.metric']],
    ['{__name__="foo"} or {\'bar\'}', ['bar', 'foo']],
    ['{__name__=~"foo|bar"}', []],
    ['{job="x"}', []],
    ['{__name__!="foo", job="x"}', []],
    ['{__name__="foo", "bar"}', ['bar', 'foo']],
    ['{"caf\\u00e9\\t"}', ['café\t']],
    ['sum(sum) by (by)', ['sum']],
    ['time()', []],
  ])('the metrics of %s are %j', (expr, metrics) => {
    expect(PromQl.parse(expr).metrics).toEqual(metrics);
  });

  test('keeps the selectors, with what they match', () => {
    expect(PromQl.parse('foo{a="b", "c.d"=~`e+`}[5m] offset 5m')._selectors).toEqual([{
      metric: 'foo', matchers: [{ label: 'a', operator: '=', value: 'b' }, { label: 'c.d', operator: '=~', value: 'e+' }],
    }]);
    expect(PromQl.parse('{a!=""}')._selectors).toEqual([{ matchers: [{ label: 'a', operator: '!=', value: '' }] }]);
  });

  test('takes long sums', () => {
    const terms = Array.from({ length: 900 }, (_, i) => `metric_${i}{a="b"} offset 5m`);
    expect(PromQl.parse(terms.join(' + ')).metrics.length).toBe(900);
  });
});

describe('a message of PromQl.parse', () => {
  test('shows the expression with a caret', () => {
    expect(problem('sum(rate(foo)) > 5')).toBe([
      "invalid PromQL at column 10: 'rate' expects range vector, such as foo[5m], got instant vector",
      '  sum(rate(foo)) > 5',
      '           ^',
    ].join('\n'));
  });

  test('shows the line concerned, with its tabs', () => {
    expect(problem('sum by (a) (\r\n\trate(b[5m]) c\r\n)')).toBe([
      "invalid PromQL at line 2, column 14: unexpected identifier 'c'",
      '  \trate(b[5m]) c',
      '  \t            ^',
    ].join('\n'));
  });

  test('cuts a long line around the caret', () => {
    const message = problem(`${'a + '.repeat(200)}$${' + a'.repeat(200)}`);
    const [, line, caret] = message.split('\n');
    expect(line.length).toBeLessThan(220);
    expect(line[caret.indexOf('^')]).toBe('$');
  });

  test('points behind the end', () => {
    expect(problem('foo +')).toBe('invalid PromQL at column 6: unexpected end of the expression\n  foo +\n       ^');
  });
});

describe('PromQl.parse refuses', () => {
  test.each<[string, number, string]>([
    ['', 1, 'no expression found'],
    ['# nothing', 1, 'no expression found'],
    // words
    ['foo{a="b"', 10, "unexpected end of the expression inside braces, expected '}'"],
    ['foo =~ "a"', 5, "unexpected '=~' outside braces, a regular expression can only match labels"],
    ['foo & bar', 5, "unexpected '&'"],
    ['rate(foo[[5m]])', 10, "unexpected '[' inside brackets, expected a duration such as 5m"],
    ['foo[5m[', 7, "unexpected '[' inside brackets"],
    ['foo]', 4, "unexpected ']', no bracket is open"],
    ['foo}', 4, "unexpected '}', no brace is open"],
    ['foo[5m:1m:1m]', 10, "unexpected ':' again"],
    ['foo[5m:$a]', 8, "unexpected '$'"],
    ['foo[$__rate_interval]', 5, "unexpected '$' inside brackets, expected a duration such as 5m"],
    ['foo[]', 5, "unexpected ']'"],
    ['foo[:5m]', 5, "unexpected ':' before a number"],
    ['foo[5m x]', 8, "unexpected 'x' inside brackets, expected a duration such as 5m"],
    ['foo{{a="b"}}', 5, "unexpected '{' inside braces"],
    ['5min', 1, "'5min' is neither a number nor a duration such as 1h30m"],
    ['foo{a="b}', 7, 'unterminated string, expected "'],
    ["foo{a='b\n'}", 7, "unterminated string, expected '"],
    ['foo{a=~"\\d"}', 9, "unknown escape sequence '\\d' in a string, a backslash is written \\\\"],
    ['"\\ud800"', 2, "escape sequence '\\ud800' is no Unicode character"],
    ['"\\400"', 2, "escape sequence '\\400' is no Unicode character"],
    ['"\ufffd"', 2, 'invalid UTF-8 in a string'],
    ['0x', 1, "'0x' is not a number"],
    ['1_', 1, "'1_' is neither a number nor a duration such as 1h30m"],
    ['(1_)', 2, "'1_' is not a number"],
    ['1e999', 1, "number '1e999' is out of range"],
    ['0xffffffffffffffff', 1, "number '0xffffffffffffffff' is out of range"],
    ['5m5h', 1, "'5m5h' is not a duration: whole numbers of y, w, d, h, m, s, ms, in this order"],
    ['foo[300y]', 5, "duration '300y' is out of range, Prometheus counts up to 292 years"],
    ['foo[9.5e10]', 5, "duration '9.5e10' is out of range, Prometheus counts up to 292 years"],
    // grammar
    ['foo bar', 5, "unexpected identifier 'bar'"],
    ['a offset (b)', 11, "unexpected identifier 'b'"],
    ['foo a:b', 5, "unexpected metric 'a:b'"],
    ['foo "b"', 5, 'unexpected string "b"'],
    ['foo 5', 5, "unexpected number '5'"],
    ['sum(foo', 8, 'unexpected end of the expression, a parenthesis is not closed'],
    ['sum by (without) (foo)', 9, "unexpected 'without'"],
    ['foo by (a)', 5, "unexpected 'by'"],
    ['a atan2', 8, 'unexpected end of the expression'],
    ['bool', 1, "unexpected 'bool'"],
    // selectors
    ['{}', 1, 'a selector needs at least one matcher that does not match the empty string, or it selects every series'],
    ['{a=~"b*", c!="d", e=""}', 1, 'a selector needs at least one matcher that does not match the empty string, or it selects every series'],
    ['foo{__name__="bar"}', 1, "the metric's name must not be set twice: 'foo' and 'bar'"],
    ['foo{a=~"("}', 8, '"(" is not a regular expression (RE2): missing )'],
    ['foo{a=~"(\\xff"}', 8, '"(\\xff" is not a regular expression (RE2): invalid UTF-8'],
    // modifiers
    ['-foo[5m]', 6, 'operators take scalars and instant vectors, not a range vector'],
    ['sum(foo)[5m]', 10, 'a range is allowed only directly behind a selector, for other expressions write a subquery such as [5m:1m]'],
    ['foo offset 5m[5m]', 15, 'offset must stand behind the range, not before it'],
    ['foo @ 5 [5m]', 10, '@ must stand behind the range, not before it'],
    ['sum(foo) offset 5m', 10, "'offset' is allowed only directly behind a selector, a range or a subquery"],
    ['1 @ 5', 3, "'@' is allowed only directly behind a selector, a range or a subquery"],
    ['foo offset 1m offset 1m', 15, 'offset is set twice'],
    ['foo @ 5 @ 6', 9, '@ is set twice'],
    ['foo @ -inf', 8, "@ takes seconds since 1970, 'inf' is out of bounds"],
    ['foo[0s]', 5, 'a duration in brackets must be greater than 0'],
    ['foo[5m:-1m]', 8, 'a duration in brackets must be greater than 0'],
    ['a + b[5m:]', 7, 'operators take scalars and instant vectors, for a subquery of the whole put it in parentheses'],
    ['foo[5m][5m:]', 9, 'a subquery is allowed on an instant vector only, not on a range vector'],
    // operators
    ['-"a"', 1, 'a sign is allowed before scalars and instant vectors, not before a string'],
    ['a + b[5m]', 7, 'operators take scalars and instant vectors, not a range vector'],
    ['a + (b[5m])', 3, "'+' takes scalars and instant vectors, not a range vector"],
    ['a == "b"', 3, "'==' takes scalars and instant vectors, not a string"],
    ['a + bool b', 3, "bool is allowed behind comparisons only, not behind '+'"],
    ['1 == 2', 3, "a comparison of scalars needs bool: '== bool'"],
    ['a + on (x) group_left ("x") b', 3, "label 'x' must not stand in on and in group_left or group_right at once"],
    ['a and 1', 3, "'and' is allowed between instant vectors only"],
    ['a + on (x) 1', 3, 'on and ignoring can be used between instant vectors only'],
    ['a or ignoring (x) group_left b', 3, "group_left and group_right are not allowed with 'or'"],
    ['a + on ("") b', 9, '"" is not a label name'],
    ['sum by ("\\xff") (a)', 9, '"\\xff" is not a label name'],
    // functions
    ['sum()', 1, "'sum' takes 1 argument (instant vector), got 0"],
    ['topk(a)', 1, "'topk' takes 2 arguments (scalar, instant vector), got 1"],
    ['count_values(1, a)', 14, "'count_values' expects string, got scalar"],
    ['ratee(a[5m])', 1, "unknown function 'ratee', did you mean 'rate'?"],
    ['holt_winters(a[5m], 0.5, 0.5)', 1, "unknown function 'holt_winters'"],
    ['time(1)', 1, "'time' takes 0 arguments, got 1"],
    ['rate()', 1, "'rate' takes 1 argument, got 0"],
    ['round(a, 1, 2)', 1, "'round' takes 1 to 2 arguments, got 3"],
    ['label_join(a, "b")', 1, "'label_join' takes at least 3 arguments, got 2"],
    ['label_join(a, "b", "c", d)', 25, "'label_join' expects string, got instant vector"],
    // experiments
    ['mad_over_time(a[5m])', 1, "'mad_over_time' is experimental: enable experimentalFunctions here and promql-experimental-functions in Prometheus"],
    ['limitk(1, a)', 1, "'limitk' is experimental: enable experimentalFunctions here and promql-experimental-functions in Prometheus"],
    ['start_timestamp(a)', 1, "'start_timestamp' is experimental: enable experimentalFunctions here and promql-experimental-functions in Prometheus"],
    ['a + fill(0) b', 3, 'fill modifiers are experimental: enable binaryFillModifiers here and promql-binop-fill-modifiers in Prometheus'],
  ])('%s', (expr, column, message) => {
    expect(found(expr)).toEqual({ column, message });
  });

  test('what nests too deeply to be read', () => {
    expect(problem(`${'('.repeat(2500)}a${')'.repeat(2500)}`)).toContain('the expression nests deeper than 2000 levels, split it by recording rules');
  });

  test.each<[string, number, string]>([
    ['a anchored smoothed', 12, 'anchored and smoothed cannot be used together'],
    ['sum(a) anchored', 8, "'anchored' is allowed only directly behind a selector or a range"],
    ['a[5m:] smoothed', 8, "'smoothed' is allowed only directly behind a selector or a range"],
    ['a[5m / 0]', 6, 'division of a duration by zero'],
    ['a offset (5m % 0s)', 14, 'division of a duration by zero'],
    ['a offset step() offset 5m', 17, 'offset is set twice'],
    ['1 + fill(0) 2', 3, 'fill can be used between instant vectors only'],
    ['a or fill(0) b', 3, "fill is not allowed with 'or'"],
    ['info(a, b)', 9, "'info' expects label matchers in braces without a metric as its second argument"],
    ['info(a, {b="c"} == 1)', 9, "'info' expects label matchers in braces without a metric as its second argument"],
    ['max_of(1)', 1, "'max_of' takes 2 arguments, got 1"],
    ['a[step():5m]', 9, "unexpected ':' before a number"],
  ])('with all experiments %s', (expr, column, message) => {
    expect(found(expr, ALL)).toEqual({ column, message });
  });
});

test('a package that does not fit is named', () => {
  jest.isolateModules(() => {
    jest.doMock('@prometheus-io/lezer-promql', () => ({}));
    const { PromQl: Isolated } = jest.requireActual<typeof import('../../lib/promql')>('../../lib/promql');
    expect(() => Isolated.parse('foo')).toThrow('the package @prometheus-io/lezer-promql does not fit this library');
    jest.dontMock('@prometheus-io/lezer-promql');
  });
});

describe('what older versions of Prometheus lack', () => {
  test.each<[string, PromQlValueType, string[]]>([
    ['a[max_of(5m, 2 * step()):range() / 4] offset -(1h - 5m)', PromQlValueType.RANGE_VECTOR, ['promql-duration-expr']],
    ['rate(a[5m]) + max_over_time(b[step():5m])', PromQlValueType.INSTANT_VECTOR, ['promql-duration-expr']],
    ['a[(5m)]', PromQlValueType.RANGE_VECTOR, ['promql-duration-expr']],
    ['rate(a[5m] smoothed)', PromQlValueType.INSTANT_VECTOR, ['promql-extended-range-selectors']],
    ['first_over_time(a[5m] anchored)', PromQlValueType.INSTANT_VECTOR, ['first_over_time', 'promql-extended-range-selectors']],
    ['rate(a[5m] offset -5m) + a @ start()', PromQlValueType.INSTANT_VECTOR, []],
  ])('%s is noted', (expr, type, needs) => {
    const parsed = PromQl.parse(expr, { extendedRangeSelectors: true });
    expect(parsed.valueType).toBe(type);
    expect(parsed._needs).toEqual(needs);
  });
});

describe('experiments', () => {
  test.each<[keyof PromQlOptions, string, PromQlValueType]>([
    ['experimentalFunctions', 'mad_over_time(a[5m])', PromQlValueType.INSTANT_VECTOR],
    ['experimentalFunctions', 'limit_ratio(0.5, a)', PromQlValueType.INSTANT_VECTOR],
    ['experimentalFunctions', 'min_of(start(), step())', PromQlValueType.SCALAR],
    ['experimentalFunctions', 'info(a, {b=""})', PromQlValueType.INSTANT_VECTOR],
    ['extendedRangeSelectors', 'rate(a[5m] smoothed)', PromQlValueType.INSTANT_VECTOR],
    ['binaryFillModifiers', 'a == bool on (x) group_left (y) fill_left(0) fill_right(-1) b', PromQlValueType.INSTANT_VECTOR],
  ])('%s allows %s, and only it does', (option, expr, type) => {
    expect(PromQl.parse(expr, { [option]: true }).valueType).toBe(type);
    expect(problem(expr, { ...ALL, [option]: false })).toContain(' experimental: enable ');
  });

  test('fill and its like are names of metrics, too', () => {
    expect(PromQl.parse('fill + fill_left').metrics).toEqual(['fill', 'fill_left']);
  });
});
