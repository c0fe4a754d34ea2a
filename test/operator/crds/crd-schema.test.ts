import { crdProblems } from './crd-schema';

const monitor = (spec: object) => ({ apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'web', namespace: 'ops' }, spec });
const prometheus = (spec: object) => ({ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'web' }, spec });

test('what fits is accepted', () => {
  expect(crdProblems(monitor({ selector: { matchLabels: { app: 'web' } }, endpoints: [{ port: 'http', interval: '1m30s', targetPort: 80 }] }))).toEqual([]);
});

test.each<[string, object, string]>([
  ['a kind that there is not', { ...monitor({}), apiVersion: 'monitoring.coreos.com/v2' }, 'there is no monitoring.coreos.com/v2 ServiceMonitor'],
  ['a field that is missing', monitor({ endpoints: [] }), '.spec.selector is missing'],
  ['a field that is unknown', monitor({ selector: {}, endpoints: [{ ports: 'http' }] }), '.spec.endpoints[0].ports is unknown'],
  ['a value of another type', monitor({ selector: {}, endpoints: [{ honorLabels: 'yes' }] }), '.spec.endpoints[0].honorLabels: "yes" is no boolean'],
  ['a value that is none of those allowed', monitor({ selector: {}, endpoints: [{ scheme: 'ftp' }] }), '"ftp" is none of http, https, HTTP, HTTPS'],
  ['a text of another form', monitor({ selector: {}, endpoints: [{ interval: '1.5m' }] }), ".interval: '1.5m' does not match"],
  ['a number that is too small', monitor({ selector: {}, endpoints: [], sampleLimit: -1 }), '.spec.sampleLimit: -1 is below 0'],
  ['a text that is too short', monitor({ selector: {}, endpoints: [], scrapeClass: '' }), '.spec.scrapeClass: 0 is below 1'],
  ['a number or a text that is neither', monitor({ selector: {}, endpoints: [{ targetPort: {} }] }), '.targetPort: {} is neither'],
  ['an item of a set twice', prometheus({ enableFeatures: ['a', 'a'] }), '.spec.enableFeatures: "a" stands twice'],
  ['a key of a list twice', prometheus({ scrapeClasses: [{ name: 'a' }, { name: 'a' }] }), '.spec.scrapeClasses: ["a"] stands twice'],
])('%s is told', (_, object, problem) => {
  expect(crdProblems(object).join('\n')).toContain(problem);
});
