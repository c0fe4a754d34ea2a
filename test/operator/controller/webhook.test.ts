import { Chart } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-27';
import { AdmissionWebhook, AdmissionWebhookOptions, CertManagerWebhookOptions, TlsWebhookOptions } from '../../../lib/operator/controller/admission-webhook';
import { MonitorSelection } from '../../../lib/operator/prometheus/monitor-selection';
import { OperatedPrometheus } from '../../../lib/operator/prometheus/operated-prometheus';
import { PrometheusOperator } from '../../../lib/operator/controller/prometheus-operator';
import { PrometheusOperatorProps } from '../../../lib/operator/controller/prometheus-operator-props';
import { CertificateIssuerKind, SecretKey, TlsServer } from '../../../lib';
import { inChart, synth } from '../../charts';
import { Manifest } from '../../manifests';
import { PROGRAMS } from '../../../lib/versions';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function of(make: (chart: Chart) => AdmissionWebhook, props: PrometheusOperatorProps = {}): Manifest[] {
  return synth((chart) => new PrometheusOperator(chart, 'operator', { ...props, admissionWebhook: make(chart) }))
    .filter(({ metadata }) => metadata.name.includes('admission-webhook'));
}

const imported = (chart: Chart) => Secret.fromSecretName(chart, 'certificate', 'webhook-tls');

test('takes its certificate from cert-manager', () => {
  const manifests = of(() => AdmissionWebhook.certManager());
  expect(manifests).toMatchSnapshot();
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
  expect(names).toContain('ValidatingWebhookConfiguration /monitoring-operator-admission-webhook');
  expect(names).toContain('Issuer monitoring/operator-admission-webhook');
});

test('takes a certificate that is there', () => {
  const manifests = of((chart) => AdmissionWebhook.tls(TlsServer.fromSecret(imported(chart)), { caBundle: PEM }));
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Service', 'ServiceAccount', 'ValidatingWebhookConfiguration']);
  expect(manifests).toMatchSnapshot();
});

const COMMON: Required<AdmissionWebhookOptions> = { image: 'registry.example.com/webhook:1', replicas: 3, resources: { cpuRequest: Cpu.millis(33) } };

test('takes all the options', () => {
  const certManager: Required<CertManagerWebhookOptions> = { ...COMMON, issuerName: 'ours', issuerKind: CertificateIssuerKind.CLUSTER_ISSUER };
  const signed = of(() => AdmissionWebhook.certManager(certManager));
  expect(signed.filter(({ kind }) => kind === 'Issuer')).toEqual([]);
  expect(signed).toContainEqual(expect.objectContaining({
    kind: 'Certificate', spec: expect.objectContaining({ issuerRef: { name: 'ours', kind: 'ClusterIssuer', group: 'cert-manager.io' } }),
  }));
  const options: Required<TlsWebhookOptions> = { ...COMMON, caBundle: PEM };
  const given = JSON.stringify(of((chart) => AdmissionWebhook.tls(new TlsServer({ certificate: SecretKey.of(imported(chart), 'a.crt'), privateKey: SecretKey.of(Secret.fromSecretName(chart, 'again', 'webhook-tls'), 'a.key') }), options)));
  expect(given).toContain('[{"key":"a.crt","path":"tls.crt"},{"key":"a.key","path":"tls.key"}]');
  expect(given).toContain(`"caBundle":"${Buffer.from(PEM).toString('base64')}"`);
  [JSON.stringify(signed), given].forEach((text) => {
    expect(text).toContain('"replicas":3');
    expect(text).toContain('registry.example.com/webhook:1');
    expect(text).toContain('"cpu":"33m"');
  });
});

test('is asked only about namespaces that the operator looks at', () => {
  const selectors = (props: PrometheusOperatorProps) => JSON.stringify(of(() => AdmissionWebhook.certManager(), props));
  expect(selectors({})).not.toContain('namespaceSelector');
  expect(selectors({ watchNamespaces: ['a'] })).toContain('"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["a"]}]}');
  expect(selectors({ denyNamespaces: ['a'] })).toContain('"operator":"NotIn","values":["a"]');
});

test('knows the PromQL that a Prometheus of the app is told to know', () => {
  const options = (...enableFeatures: string[]) => JSON.stringify(synth((chart) => {
    new PrometheusOperator(chart, 'operator', { admissionWebhook: AdmissionWebhook.certManager() });
    new OperatedPrometheus(chart, 'one', { enableFeatures, selection: MonitorSelection.own() });
    new OperatedPrometheus(chart, 'two', { enableFeatures: enableFeatures.slice(1), selection: MonitorSelection.own() });
  })).match(/--promql-options=[^"]*/)?.[0];
  expect(options('promql-experimental-functions', 'xor2-encoding', 'promql-duration-expr', 'promql-extended-range-selectors', 'promql-binop-fill-modifiers')).toBe(
    '--promql-options=experimental-functions,duration-expression-parsing,extended-range-selectors,binop-fill-modifiers',
  );
  expect(options('xor2-encoding')).toBeUndefined();
});

test('several Pods are spread, and evicted one at a time', () => {
  const kinds = (replicas: number) => of(() => AdmissionWebhook.certManager({ replicas }));
  expect(kinds(2).find(({ kind }) => kind === 'PodDisruptionBudget')?.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus-operator-admission-webhook', 'app.kubernetes.io/instance': 'operator-admission-webhook' } },
  });
  expect(JSON.stringify(kinds(2))).toContain('"topologyKey":"kubernetes.io/hostname"');
  expect(JSON.stringify(kinds(1))).not.toMatch(/PodDisruptionBudget|topologyKey/);
});

test('runs from the registry, with no token', () => {
  const deployment = of(() => AdmissionWebhook.certManager(), { registry: 'mirror.example.com' }).find(({ kind }) => kind === 'Deployment');
  expect(deployment?.spec.template.spec.containers[0].image).toBe(`mirror.example.com/prometheus-operator/admission-webhook:${PROGRAMS.admissionWebhook.version}`);
  expect(deployment?.spec.template.spec.automountServiceAccountToken).toBe(false);
});

test.each<[string, (chart: Chart) => AdmissionWebhook, string]>([
  ['half a replica', () => AdmissionWebhook.certManager({ replicas: 0.5 }), 'AdmissionWebhook: replicas: 0.5 is not a whole number above 0'],
  ['an authority that is not PEM', (chart) => AdmissionWebhook.tls(TlsServer.fromSecret(imported(chart)), { caBundle: 'MIIB' }), "AdmissionWebhook.tls: caBundle: 'MIIB' is not a certificate in PEM form"],
  ['the kind of no issuer', () => AdmissionWebhook.certManager({ issuerKind: CertificateIssuerKind.ISSUER }), "got issuerKind 'Issuer' without 'issuerName'"],
])('%s is refused', (_, make, message) => {
  expect(() => inChart(make)).toThrow(message);
});

test('a certificate that is made in another namespace is refused', () => {
  expect(() => of((chart) => {
    const secret = new Secret(chart, 'certificate', { metadata: { name: 'c', namespace: 'elsewhere' }, stringData: { 'tls.crt': '', 'tls.key': '', 'ca.crt': '' } });
    return AdmissionWebhook.tls(TlsServer.fromSecret(secret), { caBundle: PEM });
  })).toThrow("test/operator: Secret 'c' is made in namespace 'elsewhere', and Pods mount only Secrets of their own, 'monitoring'");
});

test('an operator whose name is too long for it is refused', () => {
  expect(() => inChart((chart) => new PrometheusOperator(chart, 'o'.repeat(40), { admissionWebhook: AdmissionWebhook.certManager() })))
    .toThrow('cannot name a Kubernetes object');
});
