import { Chart, Duration, Testing } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import { argsOf, EVERY_OPTION_OF_POD, everyOption, given, notesOf, PEM, secret } from './support';
import {
  ApiServiceTls, CertificateIssuerKind, ConfigMapKey, MetricsServer, MetricsServerProps, NodeAddressType, OperatedPrometheus, PrometheusServer,
  SecretKey, TlsClient, TlsServer, TlsVersion,
} from '../../lib';
import { inChart, manifests, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { PROGRAMS } from '../../lib/versions';

type MakeProps = (chart: Chart) => Omit<MetricsServerProps, 'tls'>;

const certManager = ApiServiceTls.certManager();

function made(props: MakeProps = () => ({})): MetricsServer {
  return inChart((chart) => new MetricsServer(chart, 'metrics-server', { tls: certManager, ...props(chart) }));
}

function objects(props: MakeProps = () => ({})) {
  return synth((chart) => new MetricsServer(chart, 'metrics-server', { tls: certManager, ...props(chart) }));
}

const everything = (chart: Chart): Required<Omit<MetricsServerProps, PodOption>> & Pick<MetricsServerProps, 'hostNetwork'> => ({
  ...everyOption(chart),
  kubeletTls: TlsClient.fromSecret(secret(chart, 'kubelets'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' }),
  kubeletAddressTypes: [NodeAddressType.HOSTNAME, NodeAddressType.INTERNAL_IP],
  kubeletPort: 10251,
  resolution: Duration.seconds(30),
  kubeletTimeout: Duration.seconds(20),
  nodeLabels: { pool: 'a', zone: 'b' },
});

test('needs nothing but a certificate', () => {
  expect(objects()).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
  expect(notesOf(made())).toEqual([]);
});

test('takes all the props', () => {
  const all = synth((chart) => new MetricsServer(chart, 'ignored', everything(chart)));
  const deployment = find(all, 'Deployment', 'api');
  expect(deployment).toMatchObject(EVERY_OPTION_OF_POD);
  expect(argsOf(all)).toEqual([
    '--secure-port=9443', '--tls-cert-file=/etc/tls/private/tls.crt', '--tls-private-key-file=/etc/tls/private/tls.key',
    '--kubelet-preferred-address-types=Hostname,InternalIP', '--kubelet-port=10251', '--metric-resolution=30s', '--kubelet-request-timeout=20s',
    '--kubelet-certificate-authority=/etc/metrics-server/secrets/kubelets/ca.crt',
    '--kubelet-client-certificate=/etc/metrics-server/secrets/kubelets/tls.crt', '--kubelet-client-key=/etc/metrics-server/secrets/kubelets/tls.key',
    '--node-selector=pool=a,zone=b',
  ]);
  expect(deployment.spec.template.spec.volumes).toEqual([
    { name: 'tls', secret: { secretName: 'api-tls', defaultMode: 0o440, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] } },
    { name: 'kubelet-0', secret: { secretName: 'kubelets', defaultMode: 0o440 } },
  ]);
  expect(deployment.spec.template.spec.containers[0].volumeMounts).toEqual([
    { name: 'tls', mountPath: '/etc/tls/private', readOnly: true },
    { name: 'kubelet-0', mountPath: '/etc/metrics-server/secrets/kubelets', readOnly: true },
  ]);
  expect(find(all, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(all.filter(({ kind }) => kind !== 'APIService' && !kind.startsWith('Cluster')).map(identity)).toEqual([
    'Service metrics/api', 'PodDisruptionBudget metrics/api', 'Deployment metrics/api', 'RoleBinding kube-system/metrics-api-auth-reader',
  ]);
  const server = inChart((chart) => new MetricsServer(chart, 'ignored', everything(chart)));
  expect(told(jobOf(server))).toMatchObject({
    name: 'mine',
    endpoints: [{ scheme: 'https', token: true, tls: 'system', serverName: 'metrics.example.com', interval: '45 seconds', timeout: '20 seconds', metrics: [] }],
  });
  expect(expressions(server)).toContain('job=\\"api\\", name=\\"v1beta1.metrics.k8s.io\\"');
  expect(expressions(server)).toContain('job=\\"mine\\"');
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const image = (registry?: string) => find(objects(() => ({ registry })), 'Deployment').spec.template.spec.containers[0].image;
  expect(image()).toBe(`${PROGRAMS.metricsServer.image}:${PROGRAMS.metricsServer.version}`);
  expect(image('mirror.example.com')).toBe(`mirror.example.com/metrics-server/metrics-server:${PROGRAMS.metricsServer.version}`);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new MetricsServer(chart, 'x', everything(chart))));
  expect(once()).toBe(once());
});

describe('the certificate', () => {
  const apiService = (tls: (chart: Chart) => ApiServiceTls) => synth((chart) => new MetricsServer(chart, 'metrics-server', { tls: tls(chart) }));

  test('of cert-manager is issued for the Service, and its authority is injected', () => {
    const own = apiService(() => certManager);
    expect(find(own, 'Issuer').spec).toEqual({ selfSigned: {} });
    const issued = apiService(() => ApiServiceTls.certManager({ issuerName: 'internal', issuerKind: CertificateIssuerKind.CLUSTER_ISSUER }));
    expect(ofKind(issued, 'Issuer')).toEqual([]);
    expect(find(issued, 'Certificate').spec).toMatchObject({
      dnsNames: ['metrics-server.monitoring.svc'], secretName: 'metrics-server-tls', issuerRef: { name: 'internal', kind: 'ClusterIssuer' },
    });
    const { metadata, spec } = find(issued, 'APIService', 'v1beta1.metrics.k8s.io');
    expect(metadata.annotations).toEqual({ 'cert-manager.io/inject-ca-from': 'monitoring/metrics-server' });
    expect([spec.caBundle, spec.insecureSkipTLSVerify]).toEqual([undefined, undefined]);
  });

  test('of a Secret is verified by the authority that is given', () => {
    const { metadata, spec } = find(apiService(given), 'APIService');
    expect(metadata.annotations).toBeUndefined();
    expect(Buffer.from(spec.caBundle, 'base64').toString()).toBe(PEM);
    const server = inChart((chart) => new MetricsServer(chart, 'metrics-server', { tls: given(chart) }));
    expect(told(jobOf(server))).toMatchObject({ endpoints: [{ tls: 'ca.crt', serverName: 'metrics-server.monitoring.svc' }] });
  });

  test('of a Secret without its authority is verified by Prometheus by the text', () => {
    const text = JSON.stringify(synth((chart) => {
      const keys = secret(chart, 'api-tls');
      const tls = ApiServiceTls.fromSecret(new TlsServer({ certificate: SecretKey.of(keys, 'a.crt'), privateKey: SecretKey.of(keys, 'a.key') }), PEM);
      new PrometheusServer(chart, 'prometheus').monitor(new MetricsServer(chart, 'metrics-server', { tls }));
    }));
    expect(text).toContain('server_name: metrics-server.monitoring.svc');
    expect(text).toContain('"items":[{"key":"a.crt","path":"tls.crt"},{"key":"a.key","path":"tls.key"}]');
  });

  test('that the server signs itself is verified by nobody, and that is said', () => {
    const all = apiService(() => ApiServiceTls.insecureSkipVerify());
    expect(find(all, 'APIService').spec).toMatchObject({ insecureSkipTLSVerify: true });
    expect(argsOf(all)).toContain('--cert-dir=/tmp/certificates');
    expect(find(all, 'Deployment').spec.template.spec).toMatchObject({
      volumes: [{ name: 'certificates', emptyDir: {} }], containers: [{ volumeMounts: [{ name: 'certificates', mountPath: '/tmp/certificates' }] }],
    });
    const server = inChart((chart) => new MetricsServer(chart, 'x', { tls: ApiServiceTls.insecureSkipVerify() }));
    expect(told(jobOf(server))).toMatchObject({ endpoints: [{ tls: 'skipped' }] });
    expect(notesOf(server)).toEqual([expect.stringContaining('the API server does not verify metrics-server')]);
  });

  test.each<[string, (chart: Chart) => unknown, string]>([
    ['the kind of no issuer', () => ApiServiceTls.certManager({ issuerKind: CertificateIssuerKind.ISSUER }), "ApiServiceTls.certManager: got issuerKind 'Issuer' without 'issuerName'"],
    ['an authority that is not PEM', (chart) => ApiServiceTls.fromSecret(TlsServer.fromSecret(secret(chart, 'a')), 'MIIB'), "ApiServiceTls.fromSecret: caBundle: 'MIIB' is not a certificate in PEM form"],
    ['a certificate of another namespace', (chart) => {
      const own = new Secret(chart, 'own', { metadata: { name: 'own', namespace: 'other' }, stringData: { 'tls.crt': '', 'tls.key': '', 'ca.crt': '' } });
      new MetricsServer(chart, 'x', { tls: ApiServiceTls.fromSecret(TlsServer.fromSecret(own), PEM) });
    }, "Secret 'own' is made in namespace 'other', and Pods mount only Secrets of their own, 'monitoring'"],
  ])('%s is refused', (_, make, message) => {
    expect(() => inChart(make)).toThrow(message);
  });

  test.each([
    ['PrometheusServer', (chart: Chart) => new PrometheusServer(chart, 'p', { namespace: 'elsewhere' })],
    ['OperatedPrometheus', (chart: Chart) => new OperatedPrometheus(chart, 'p', { namespace: 'elsewhere' })],
  ])('cannot be read by a %s of another namespace, which the message tells the way out of', (_, make) => {
    const wayOut = "give 'test/metrics-server' 'scrapeTls', such as TlsClient.secretCa() with the authority in a Secret there, and serverName "
      + "'metrics-server.monitoring.svc', or choose the same 'namespace'";
    const monitored = (tls: (chart: Chart) => ApiServiceTls, scrapeTls?: TlsClient) => inChart((chart) => {
      make(chart).monitor(new MetricsServer(chart, 'metrics-server', { tls: tls(chart), scrapeTls }));
    });
    const authority = inChart((chart) => SecretKey.fromSecretName(chart, 'authority', 'ca.crt'));
    expect(() => monitored(() => certManager))
      .toThrow(`Secret 'metrics-server-tls' is made in namespace 'monitoring', and Pods mount only Secrets of their own, 'elsewhere'; ${wayOut}`);
    const ofApp = (chart: Chart) => ApiServiceTls.fromSecret(TlsServer.fromSecret(new Secret(chart, 'own', { metadata: { name: 'own' } })), PEM);
    expect(() => monitored(ofApp)).toThrow(`Secret 'own' is made in namespace 'monitoring', and Pods mount only Secrets of their own, 'elsewhere'; ${wayOut}`);
    expect(() => monitored(() => certManager, TlsClient.secretCa(authority, { serverName: 'metrics-server.monitoring.svc' }))).not.toThrow();
  });
});

describe('the kubelets', () => {
  test('are verified by the cluster\'s authority, by a flag by no other', () => {
    expect(argsOf(objects()).filter((arg) => /insecure|authority/.test(arg))).toEqual([]);
    const skipping: MakeProps = () => ({ kubeletTls: TlsClient.insecureSkipVerify() });
    expect(argsOf(objects(skipping))).toContain('--kubelet-insecure-tls');
    expect(notesOf(made(skipping))).toEqual([expect.stringContaining('the certificates of the kubelets are not verified')]);
  });

  test('are verified by an authority in a ConfigMap', () => {
    const all = objects((chart) => ({ kubeletTls: TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'trust', 'trust'), 'ca.crt')) }));
    expect(argsOf(all)).toContain('--kubelet-certificate-authority=/etc/metrics-server/configmaps/trust/ca.crt');
    expect(find(all, 'Deployment').spec.template.spec.volumes[1]).toEqual({ name: 'kubelet-0', configMap: { name: 'trust', defaultMode: 0o440 } });
  });

  test('have 90% of a short resolution to answer', () => {
    const times = (props: MetricsServerProps) => argsOf(objects(() => props)).filter((arg) => /resolution|timeout/.test(arg));
    expect(times({ tls: certManager, resolution: Duration.seconds(10) })).toEqual(['--metric-resolution=10s', '--kubelet-request-timeout=9s']);
    expect(times({ tls: certManager, resolution: Duration.seconds(12) })).toEqual(['--metric-resolution=12s']);
  });
});

test('in kube-system the Pods are critical', () => {
  const priority = (namespace: string) => find(objects(() => ({ namespace })), 'Deployment').spec.template.spec.priorityClassName;
  expect([priority('kube-system'), priority('kube-ops')]).toEqual(['system-cluster-critical', undefined]);
});

test('in the network of the node it listens on a port that is free there', () => {
  expect(argsOf(objects(() => ({ hostNetwork: true })))[0]).toBe('--secure-port=4443');
});

test.each<[string, MakeProps, string]>([
  ['no replica', () => ({ replicas: 0 }), 'test/metrics-server: replicas: 0 is not a whole number above 0'],
  ['a budget that forbids nothing', () => ({ replicas: 2, maxUnavailable: 2 }), "test/metrics-server: 'maxUnavailable' 2 of 2 replicas forbids nothing"],
  ['a port that is none', () => ({ port: 70000 }), 'test/metrics-server: port: port 70000 is not a port number'],
  ['a port of root', () => ({ port: 443 }), 'test/metrics-server: port 443 is below 1024'],
  ['the kubelet\'s port on the node', () => ({ hostNetwork: true, port: 10250 }), 'test/metrics-server: port 10250 is taken on nodes by the kubelet; choose another, or leave it out for 4443'],
  ['the API server\'s port on the node', () => ({ hostNetwork: true, port: 6443 }), 'test/metrics-server: port 6443 is taken on nodes by the API server'],
  ['a kubelet port without encryption', () => ({ kubeletPort: 10255 }), 'test/metrics-server: kubeletPort 10255 is where kubelets speak HTTP without users, and metrics-server speaks HTTPS; choose that of HTTPS, mostly 10250'],
  ['a kubelet port that is none', () => ({ kubeletPort: 0 }), 'test/metrics-server: kubeletPort: port 0 is not a port number'],
  ['a label of nodes that is none', () => ({ nodeLabels: { pool: 'x'.repeat(70) } }), 'is not the value of a Kubernetes label; use at most 63 letters'],
  ['no address type', () => ({ kubeletAddressTypes: [] }), 'test/metrics-server: kubeletAddressTypes is empty'],
  ['a resolution below 10 seconds', () => ({ resolution: Duration.seconds(5) }), 'test/metrics-server: resolution 5s is shorter than the 10s that metrics-server accepts'],
  ['a timeout above the resolution', () => ({ kubeletTimeout: Duration.seconds(14) }), 'test/metrics-server: kubeletTimeout 14s is not above 0 and up to 90% of the resolution, 13500ms'],
  ['a timeout of zero', () => ({ kubeletTimeout: Duration.seconds(0) }), 'test/metrics-server: kubeletTimeout 0s is not above 0'],
  ['versions of TLS', () => ({ kubeletTls: TlsClient.clusterCa({ minVersion: TlsVersion.TLS_1_3, serverName: 'node' }) }), "test/metrics-server: kubeletTls has 'serverName' and 'minVersion', for which metrics-server has no flags"],
  ['the authorities of the image', () => ({ kubeletTls: TlsClient.systemCa() }), 'test/metrics-server: kubeletTls names no authority in a Secret or a ConfigMap'],
  ['an authority of another namespace', (chart) => ({
    kubeletTls: TlsClient.secretCa(SecretKey.of(new Secret(chart, 's', { metadata: { name: 's', namespace: 'other' }, stringData: { ca: '' } }), 'ca')),
  }), "test/metrics-server: Secret 's' is made in namespace 'other'"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});

describe('a cluster has one server of resource metrics', () => {
  test('in a chart', () => {
    const chart = newChart();
    new MetricsServer(chart, 'one', { tls: certManager });
    expect(() => new MetricsServer(chart, 'two', { tls: certManager })).toThrow("test/two: 'test/one' serves metrics.k8s.io already, and a cluster has one server of an API; leave out MetricsServer");
  });

  test('apps may be for several clusters', () => {
    const charts = ['a', 'b'].map((id) => new Chart(Testing.app(), id));
    charts.forEach((chart) => new MetricsServer(chart, 'metrics-server', { tls: certManager }));
    expect(charts.map((chart) => find(manifests(chart), 'APIService').metadata.name)).toEqual(['v1beta1.metrics.k8s.io', 'v1beta1.metrics.k8s.io']);
  });

  test.each([
    ['of two namespaces', 'of-b'],
    ['of one name and namespace, each with a Prometheus', 'of-a'],
  ])('in charts of an app, %s', (_, namespace) => {
    const app = Testing.app();
    const [a, b] = ['a', 'b'].map((id) => new Chart(app, id));
    new PrometheusServer(a, 'prometheus', { namespace: 'of-a' }).monitor(new MetricsServer(a, 'metrics-server', { tls: certManager, namespace: 'of-a' }));
    new PrometheusServer(b, 'prometheus', { namespace });
    expect(() => new MetricsServer(b, 'metrics-server', { tls: certManager, namespace }))
      .toThrow("b/metrics-server: 'a/metrics-server' serves metrics.k8s.io already, and a cluster has one server of an API; leave out MetricsServer, "
        + "or 'resourceMetrics' of PrometheusAdapter, or make an App of its own for charts of another cluster");
  });
});
