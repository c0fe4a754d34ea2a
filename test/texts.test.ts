import { textProblem } from '../lib/texts';

test.each([
  ['up\0', 'expr', 'AlertingRuleProps', 'the character U+0000 at column 3 is not one of a text; take it out'],
  ['a\nb\u0007', 'summary', 'AlertingRuleProps', 'the character U+0007 at column 2 is not one of a text; take it out'],
  ['\ud800', 'title', 'SlackProps', 'the character U+D800 at column 1 is not one of a text; take it out'],
  [' ', 'cluster', 'PrometheusProps', "' ' is not a name; give one, or leave it out"],
  ['a ', 'cluster', 'PrometheusProps', "'a ' is not without white space around it; take that away"],
  ['a\u200bb', 'cluster', 'PrometheusProps', 'has the character U+200B, which is not one of a name; take it out'],
  [' web', 'container', 'ScalingMetric.containerCpuUtilization', "' web' is not the name of a container; "],
  ['(', 'ignoredUnits', 'NodeRuleOptions', "'(' is not a regular expression (RE2), "],
  ['Shop', 'namespace', 'KubeletDiscovery.service', "'Shop' is not the name of a namespace"],
])('%j as %s of %s is told', (text, name, owner, says) => {
  expect(textProblem(text, name, owner)).toContain(says);
});

test.each([
  ['a\tb\r\nc \u{1f600}\u2028', 'summary', 'AlertingRuleProps'],
  ['\u0001', 'send', 'TcpExchange'],
  ['', 'title', 'SlackProps'],
  ['', 'ignoredUnits', 'NodeRuleOptions'],
  ['Europe (west)', 'cluster', 'PrometheusProps'],
])('%j as %s of %s is taken', (text, name, owner) => {
  expect(textProblem(text, name, owner)).toBeUndefined();
});
