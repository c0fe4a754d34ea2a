import { Chart } from 'cdk8s';
import { IConfigMap, ISecret, Secret } from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { requireOwnSecret, serviceAccountOf } from '../../lib/kubernetes/own-namespace';
import { inChart } from '../charts';

const made = (namespace?: string) => inChart((chart) => new Secret(chart, 'secret', { metadata: { name: 'shop', namespace } }));

test('a Secret that the app makes has to be in the namespace of the Pods that read it', () => {
  expect(() => requireOwnSecret('here', made(), 'monitoring')).not.toThrow();
  expect(() => requireOwnSecret('here', made('elsewhere'), 'monitoring'))
    .toThrow("here: Secret 'shop' is made in namespace 'elsewhere', and Pods mount only Secrets of their own, 'monitoring'; make it there");
});

test('of one that is there already the namespace is not known', () => {
  expect(() => requireOwnSecret('here', inChart((chart) => Secret.fromSecretName(chart, 'secret', 'shop')), 'monitoring')).not.toThrow();
});

test.each<[string, (chart: Chart) => ISecret | IConfigMap, string]>([
  ['Secret', (chart) => new plus34.Secret(chart, 'it', { metadata: { name: 'shop', namespace: 'elsewhere' } }), 'Secrets'],
  ['ConfigMap', (chart) => new plus34.ConfigMap(chart, 'it', { metadata: { name: 'shop', namespace: 'elsewhere' } }), 'ConfigMaps'],
])('a %s of another cdk8s-plus is known as well', (kind, make, plural) => {
  expect(() => requireOwnSecret('here', inChart(make), 'monitoring'))
    .toThrow(`here: ${kind} 'shop' is made in namespace 'elsewhere', and Pods mount only ${plural} of their own, 'monitoring'; make it there`);
  expect(() => requireOwnSecret('here', inChart(make), 'elsewhere')).not.toThrow();
  expect(() => requireOwnSecret('here', inChart((chart) => plus34.Secret.fromSecretName(chart, 'it', 'shop')), 'monitoring')).not.toThrow();
});

test('a service account of another cdk8s-plus is known as well', () => {
  const own = { where: 'here', program: 'a', name: 'a', namespace: 'monitoring', labels: {}, selector: {} };
  const account = (namespace?: string) => inChart((chart) => new plus34.ServiceAccount(chart, 'it', { metadata: { name: 'shop', namespace } }));
  expect(() => inChart((chart) => serviceAccountOf(chart, { serviceAccount: account('default') }, own)))
    .toThrow("here: service account 'shop' is in namespace 'default', and Pods use only one of their own, 'monitoring'; make it there");
  expect(() => inChart((chart) => serviceAccountOf(chart, { serviceAccount: account() }, own))).not.toThrow();
});
