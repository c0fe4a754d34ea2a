import { checkRuleTemplate } from '../../lib/templates/rule-template';
import { INVALID_TEMPLATES, VALID_TEMPLATES } from '../monitoring/rules/templates';

/** Templates that Prometheus parses and then fails to expand each time the alert fires, or that lack what was meant. */
const FAILING_TEMPLATES: readonly (readonly [string, string])[] = [
  ['{{ .Label.instance }}', "'.Label' in '{{ .Label.instance }}' does not exist, did you mean 'Labels'?"],
  ['{{ .Annotations.summary }}', 'use one of .Labels, .ExternalLabels, .ExternalURL, .Value'],
  ['{{ $labels.a.b }}', "'.b' in '{{ $labels.a.b }}' is out of place, as a label has no fields"],
  ['{{ $value.x }}', '$value has no fields'],
  ['{{ $value | }}', 'a value is missing'],
  ['{{ $x = 2 }}', "variable '$x'"],
  ['{{ $labels "instance" }}', 'leave its arguments out'],
];

test.each(VALID_TEMPLATES)('%s is valid', (template) => {
  expect(() => checkRuleTemplate('x', template)).not.toThrow();
});

test.each([...INVALID_TEMPLATES, ...FAILING_TEMPLATES])('%s is refused', (template, message) => {
  expect(() => checkRuleTemplate("alerting rule 'X': annotation 'summary'", template)).toThrow(message);
  expect(() => checkRuleTemplate("alerting rule 'X': annotation 'summary'", template)).toThrow(/^alerting rule 'X': annotation 'summary': template: /);
});
