import { Secret } from 'cdk8s-plus-27';
import { requireOwnSecret } from '../../lib/kubernetes/own-namespace';
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
