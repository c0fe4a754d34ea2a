import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { ProxyEnvironment, SecretKey } from '../../lib';
import { proxyVariables } from '../../lib/kubernetes/proxy-environment';

const identity = { where: 'test/it', name: 'it', namespace: 'monitoring', labels: {}, selector: {} };
const chart = new Chart(Testing.app(), 'test');
const key = SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url');
const variables = (environment?: ProxyEnvironment) => proxyVariables(identity, environment);

test('there are none by default', () => {
  expect(variables()).toEqual([]);
});

test('proxies are URLs or from Secrets, and the cluster is reached without them', () => {
  const plain: Required<Omit<ProxyEnvironment, 'httpProxyFrom' | 'httpsProxyFrom'>> = {
    httpProxy: 'http://proxy:3128', httpsProxy: 'http://proxy:3129', noProxy: ['10.0.0.0/8', '.example.com'],
  };
  expect(variables(plain)).toEqual([
    { name: 'HTTP_PROXY', value: 'http://proxy:3128' }, { name: 'HTTPS_PROXY', value: 'http://proxy:3129' },
    { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc,10.0.0.0/8,.example.com' },
  ]);
  const from = { valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } };
  expect(variables({ httpProxyFrom: key, httpsProxyFrom: key })).toEqual([
    { name: 'HTTP_PROXY', ...from }, { name: 'HTTPS_PROXY', ...from }, { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),.svc' },
  ]);
});

test.each<[string, ProxyEnvironment, string]>([
  ['no proxy', { noProxy: ['a'] }, "test/it: proxyEnvironment names no proxy; give 'httpProxy' or 'httpsProxy', or leave it out"],
  ['two proxies for http', { httpProxy: 'http://proxy', httpProxyFrom: key }, "test/it: proxyEnvironment: got 'httpProxy' and 'httpProxyFrom'; keep one of them"],
  ['what is no URL', { httpsProxy: 'proxy:3128' }, "test/it: proxyEnvironment.httpsProxy: 'proxy:3128' is not an absolute http or https URL"],
  ['a password', { httpProxy: 'http://me:pw@proxy' }, "take that out and give the URL by 'httpProxyFrom', from a Secret"],
  [
    'a Secret of another namespace',
    { httpProxyFrom: SecretKey.of(new Secret(chart, 'elsewhere', { metadata: { name: 'p', namespace: 'elsewhere' }, stringData: { url: '' } }), 'url') },
    "test/it: Secret 'p' is made in namespace 'elsewhere'",
  ],
])('refuses %s', (_, environment, message) => {
  expect(() => variables(environment)).toThrow(message);
});
