import { checkMessageTemplate, definedTemplates } from '../../../lib/monitoring/routing/template';

test.each([
  'no template', '{{ .Status }}', 'a }} b', '{{- .Status -}}', '{{/* a {{ b */}}', '{{- /* a */ -}} {{ .Receiver }}', '{{ printf "}}" }}',
  '{{ `a\n}}` }}', "{{ '}' }}",
  '{{ if eq .Status "firing" }}a{{ else if .Alerts }}b{{ else }}c{{ end }}', '{{ range $i, $a := .Alerts }}{{ with $a }}{{ .X }}{{ end }}{{ end }}',
  '{{ define "a" }}{{ template "b" . }}{{ end }}', '{{ block "a" . }}x{{ end }}', '{{ "a\\"b" }}', '{{ $endless := 1 }}{{ $endless }}',
])('%j is a template', (text) => {
  expect(() => checkMessageTemplate(text, 'x')).not.toThrow();
});

test.each([
  ['{{ .A', "x: the template action '{{ .A' has no closing '}}'; close it"],
  ['{{ .A }', "has no closing '}}'"],
  ['{{ .A {{ .B }}', "the template action '{{ .A {{ .B }}' has no closing '}}'"],
  ['{{ printf "a }}', "the template action '{{ printf \"a }}' has an open \"; close it"],
  ['{{ "a\n" }}', 'has an open "'],
  ['{{/* a }}', "the comment '{{/* a }}' is not closed; end it with '*/}}'"],
  ['{{ }}', "the template action '{{ }}' is empty"],
  ['{{ if .A }}', "the template block '{{ if .A }}' is not closed; close it with '{{ end }}'"],
  ['{{ .A }}{{ end }}', "the template has an '{{ end }}' that closes nothing; remove it"],
  ['{{ else }}', "the template has an '{{ else }}' outside of a block"],
])('%j is none', (text, message) => {
  expect(() => checkMessageTemplate(text, 'x')).toThrow(message);
});

test('knows what a file defines', () => {
  expect(definedTemplates('{{ define "a" }}{{ end }}{{- define `b` -}}{{ end }}{{ block "c" . }}{{ end }}')).toEqual(['a', 'b', 'c']);
});
