/**
 * Texts of which a writer or a loader of YAML may make others: of either version of YAML they are nothing, truth, numbers, dates, marks or the
 * beginning of something else, or they have characters that need an escape.
 */
export const NASTY_TEXTS: readonly string[] = [
  ' ', ' a', 'a ', '~', 'null', 'Null', 'NULL', 'true', 'True', 'yes', 'Yes', 'no', 'on', 'off', 'y', 'N', '<<', '=', '0', '-1', '+1', '1.', '.5', '1e3', '1E-3',
  '0777', '08', '0o17', '0b11', '0x1F', '1_000', '190:20:30', '1:30', '.inf', '-.inf', '.nan', '2001-01-01', '2001-01-01T00:00:00Z', '-', '- a', '?', '? a', ':', 'a:',
  'a: b', '#a', 'a #b', '{a}', '[a]', 'a, b', '%a', '@a', '`a', '!a', '!!str a', '&a', '*a', '|', '>', '---', '...', '---\na\n...\n', "it's", '"a"', "'", '"', '\\', '\\d+',
  '\\n', 'a\tb', '\ta', '\t\na', ' \t\n a', '\n\ta', '\ta\n', '\n', '\n\na', 'a\n', 'a\n\n', 'a\nb', '  a\nb\n', 'a \n b\n', 'a\r\nb', 'a\rb', 'a\u0085b', 'a\u2028b', 'a\u2029b',
  'a\n\u2028b', '\ufeffa', 'a\ufeffb', 'a\u00a0b', 'a\u007fb', '\u{1f600}', '\u00e9', '\u202ea', '$', '$$', '$1', '${A}', '$(A)', '%', '%s', '{{', '}}',
  '{{ "{{" }}', '{% a %}', '<a href="b">c</a> & d', `${'long '.repeat(60)}end`, 'x'.repeat(200),
];
