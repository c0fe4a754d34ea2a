import { Inhibition, InhibitionProps, Matcher } from '../../../lib/monitoring/routing';
import { accepted, written } from './support';

test('matchers are written as Alertmanager reads them', () => {
  expect([
    Matcher.equal('severity', 'critical'), Matcher.notEqual('team', ''), Matcher.matches('alertname', 'Kube.*|etcd.*'),
    Matcher.notMatches('namespace', 'kube-.+'),
  ].map(String)).toEqual(['severity="critical"', 'team!=""', 'alertname=~"Kube.*|etcd.*"', 'namespace!~"kube-.+"']);
  expect(Matcher.equal('a', 'say "x" \\ {y}\n,z').toString()).toBe('a="say \\"x\\" \\\\ {y}\\n,z"');
});

test('a name of other characters is in quotes', () => {
  expect([Matcher.equal('service.name', 'cart'), Matcher.matches('1 "größe"\\', '.+')].map(String)).toEqual(['"service.name"="cart"', '"1 \\"größe\\"\\\\"=~".+"']);
});

test.each<[string, () => unknown, string]>([
  ['label', () => Matcher.equal('namespace ', 'x'), "Matcher.equal: label: 'namespace ' is not a label name; use at least one character, no white space around it and no characters that cannot be seen"],
  ['empty label', () => Matcher.equal('', 'x'), "Matcher.equal: label: '' is not a label name"],
  ['open group', () => Matcher.matches('a', '(x'), "Matcher on label 'a': '(x' is not a regular expression (RE2)"],
  ['look-ahead', () => Matcher.matches('a', '(?!kube).*'), "'(?!kube).*' is not a regular expression (RE2), RE2 knows no look-around"],
  ['back-reference', () => Matcher.notMatches('a', '(a)\\1'), 'RE2 knows no back-reference'],
])('matcher: %s', (_, act, message) => {
  expect(act).toThrow(message);
});

test('inhibition: all the props', () => {
  const props: Required<InhibitionProps> = {
    name: 'cluster-gone', source: [Matcher.equal('alertname', 'ClusterGone')], target: [Matcher.notEqual('alertname', 'ClusterGone')],
    equal: ['cluster'],
  };
  const inhibition = new Inhibition(props);
  expect(written(inhibition._wire())).toEqual({
    name: 'cluster-gone', source_matchers: ['alertname="ClusterGone"'], target_matchers: ['alertname!="ClusterGone"'], equal: ['cluster'],
  });
  expect([inhibition.source, inhibition.target, inhibition.equal]).toEqual([props.source, props.target, props.equal]);
  expect(new Inhibition({ source: props.source, target: props.target }).equal).toEqual([]);
  expect(accepted({ inhibitions: [inhibition] })).toContain('name: cluster-gone');
});

test('a caller\'s arrays are not kept', () => {
  const source = [Matcher.equal('a', 'b')];
  const inhibition = new Inhibition({ source, target: source });
  source.push(Matcher.equal('c', 'd'));
  expect(inhibition.source).toHaveLength(1);
});

const one = [Matcher.equal('a', 'b')];

test.each<[string, () => unknown, string]>([
  [
    'no source', () => new Inhibition({ source: [], target: one }),
    'Inhibition: source has no matcher, so every alert would mute the targets; name the alerts that mute',
  ],
  ['no target', () => new Inhibition({ source: one, target: [], name: 'x' }), "Inhibition 'x': target has no matcher, so every alert would be muted"],
  ['equal', () => new Inhibition({ source: one, target: one, equal: [''] }), "Inhibition: equal[0]: '' is not a label name"],
  ['empty name', () => new Inhibition({ source: one, target: one, name: '' }), 'name is empty; leave it out'],
])('inhibition: %s', (_, act, message) => {
  expect(act).toThrow(message);
});
