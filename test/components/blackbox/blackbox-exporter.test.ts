import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  BlackboxExporter, BlackboxExporterProps, BlackboxModule, DnsModuleOptions, DnsTransport, GrpcModuleOptions, HttpModuleOptions,
  IcmpModuleOptions, IpProtocol, TcpModuleOptions, UnixModuleOptions,
} from '../../../lib/components';
import { Authorization, BasicAuth, MetricSelection, OAuth2, Relabeling, TlsClient } from '../../../lib/monitoring';
import { expressions, told } from '../support';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';
import { PodOption } from '../../pod-options';
import { ConfigMapKey, SecretKey } from '../../../lib/kubernetes';

function made(props?: BlackboxExporterProps): BlackboxExporter {
  return inChart((chart) => new BlackboxExporter(chart, 'blackbox', props));
}

test('works without props', () => {
  expect(synth((chart) => new BlackboxExporter(chart, 'blackbox-exporter'))).toMatchSnapshot();
  expect(made().monitoring.jobs!.map(told)).toMatchSnapshot();
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new BlackboxExporter(chart, 'blackbox-exporter')));
  expect(once()).toBe(once());
});

const modules = (chart: Chart): BlackboxModule[] => {
  const secret = Secret.fromSecretName(chart, 'probes', 'probes');
  const common = { timeout: Duration.millis(2500), ipProtocol: IpProtocol.IPV6, ipProtocolFallback: false };
  const http: Required<Omit<HttpModuleOptions, 'basicAuth' | 'oauth2' | 'proxyFromEnvironment' | 'failIfTls'>> = {
    ...common,
    method: 'POST',
    validStatusCodes: [200, 418],
    headers: { Accept: 'text/plain', Host: 'shop.example.com' },
    secretHeaders: { 'X-Scope': SecretKey.of(secret, 'scope') },
    proxyUrl: 'http://proxy.example.com:3128',
    noProxy: ['.svc'],
    enableHttp2: false,
    body: 'ping',
    followRedirects: false,
    failIfNotTls: true,
    validHttpVersions: ['HTTP/1.1', 'HTTP/2.0'],
    compression: 'gzip',
    bodySizeLimit: Size.mebibytes(1),
    skipResolvePhaseWithProxy: true,
    enableHttp3: false,
    failIfHeaderMatches: [{ header: 'X-Cache', regexp: 'MISS', allowMissing: true }],
    failIfHeaderNotMatches: [{ header: 'Content-Type', regexp: 'json' }],
    failIfBodyJsonMatchesCel: 'body.error == true',
    failIfBodyJsonNotMatchesCel: 'body.status == "ok"',
    failIfBodyMatches: ['error: \\d+'],
    failIfBodyNotMatches: ['^ok$'],
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'shop.example.com' }),
    authorization: Authorization.bearer(SecretKey.of(secret, 'token')),
  };
  const tcp: Required<TcpModuleOptions> = {
    ...common,
    exchanges: [{ expect: '^220 (.+)', labels: { version: '${1}' }, send: 'EHLO ${1}' }, { startTls: true }, { expectBytes: 'QUIT' }],
    sourceIpAddress: '192.0.2.1',
    tls: TlsClient.clusterCa(),
  };
  const icmp: Required<IcmpModuleOptions> = { ...common, payloadSize: 1000, ttl: 7, dontFragment: true, sourceIpAddress: '2001:db8::1' };
  const dns: Required<DnsModuleOptions> = {
    ...common,
    queryName: 'kubernetes.default.svc.cluster.local',
    queryType: 'AAAA',
    transport: DnsTransport.TCP,
    validRcodes: ['NOERROR', 'NXDOMAIN'],
    failIfAnswerNotMatches: ['.*2001:db8::.*'],
    queryClass: 'IN',
    recursionDesired: false,
    sourceIpAddress: '192.0.2.1',
    answer: { failIfMatches: ['a'], failIfAllMatch: ['b'], failIfNotMatches: ['c'], failIfNoneMatches: ['d'] },
    authority: { failIfNoneMatches: ['e'] },
    additional: { failIfMatches: ['f'] },
    tls: TlsClient.systemCa({ serverName: 'dns.example.com' }),
  };
  const grpc: Required<GrpcModuleOptions> = { ...common, service: 'shop', metadata: { tenant: 'shop' }, tls: TlsClient.insecureSkipVerify() };
  const unix: Required<UnixModuleOptions> = { timeout: Duration.seconds(1), exchanges: [{ send: 'PING', expect: 'PONG' }], tls: TlsClient.insecureSkipVerify() };
  return [
    BlackboxModule.http('shop', http),
    BlackboxModule.http('by_password', { basicAuth: new BasicAuth({ username: 'probe', password: SecretKey.of(secret, 'password') }) }),
    BlackboxModule.http('by_oauth', {
      oauth2: new OAuth2({ clientId: 'probe', clientSecret: SecretKey.of(secret, 'oauth'), tokenUrl: 'https://issuer.example.com' }),
      tls: TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'bundle', 'bundle'), 'ca.crt')),
    }),
    BlackboxModule.tcp('smtp', tcp),
    BlackboxModule.icmp('ping', icmp),
    BlackboxModule.dns('dns', dns),
    BlackboxModule.grpc('grpc', grpc),
    BlackboxModule.http('no_tls', { failIfTls: true }),
    BlackboxModule.unix('unix', unix),
    BlackboxModule.raw('mine', { prober: 'tcp', timeout: '5s', tcp: { query_response: [{ expect: '^SSH-2.0-' }] } }),
  ];
};

const all = (chart: Chart): Required<Omit<BlackboxExporterProps, PodOption>> => ({
  name: 'prober',
  namespace: 'probing',
  image: 'registry.example.com/blackbox-exporter:v0.27.99',
  registry: 'unused.example.com',
  imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
  resources: { cpuRequest: Cpu.millis(50), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) },
  nodeSelector: { pool: 'big' },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  priorityClassName: 'agents',
  podAnnotations: { note: 'pod' },
  podLabels: { team: 'ops' },
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'prober', { namespaceName: 'probing' }),
  jobName: 'prober',
  extraFlags: { 'history.limit': '7' },
  interval: Duration.seconds(60),
  timeout: Duration.seconds(30),
  metrics: MetricSelection.drop('go_.+'),
  modules: modules(chart),
  certificates: ['kubernetes.default.svc:443'],
  proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128', httpsProxyFrom: SecretKey.of(Secret.fromSecretName(chart, 'proxy', 'proxy'), 'url') },
  replicas: 2,
  rules: { certificateWarning: Duration.days(33) },
});

test('takes all the props, and all that its modules have', () => {
  const manifests = synth((chart) => new BlackboxExporter(chart, 'blackbox', all(chart)));
  expect(manifests).toMatchSnapshot();
  expect(find(manifests, 'Deployment').spec.template.spec.containers[0].args).toContain('--history.limit=7');
  expect(find(manifests, 'Deployment').spec).toMatchObject({ replicas: 2, template: { spec: { serviceAccountName: 'prober' } } });
  const blackbox = inChart((chart) => new BlackboxExporter(chart, 'blackbox', all(chart)));
  expect(blackbox.proberAddress).toBe('prober.probing.svc:9115');
  expect(blackbox.modules.map(({ name }) => name)).toEqual(['shop', 'by_password', 'by_oauth', 'smtp', 'ping', 'dns', 'grpc', 'no_tls', 'unix', 'mine', 'certificate']);
  expect(blackbox.monitoring.jobs!.map(told)).toMatchSnapshot();
  expect(expressions(blackbox)).toContain('job=\\"prober\\"');
  expect(expressions(blackbox)).toContain('33');
});

test('pings without a capability, and only where a module pings', () => {
  const pod = (props: BlackboxExporterProps) => find(synth((chart) => new BlackboxExporter(chart, 'b', props)), 'Deployment').spec.template.spec;
  expect(pod({}).securityContext.sysctls).toEqual([{ name: 'net.ipv4.ping_group_range', value: '65534 65534' }]);
  expect(pod({}).containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
  expect(pod({ modules: [BlackboxModule.http('http_2xx')] }).securityContext.sysctls).toBeUndefined();
});

test('a change of the configuration brings new Pods', () => {
  const checksum = (props: BlackboxExporterProps) =>
    find(synth((chart) => new BlackboxExporter(chart, 'b', props)), 'Deployment').spec.template.metadata.annotations['checksum/config'];
  expect(checksum({})).toMatch(/^[0-9a-f]{16}$/);
  expect(checksum({})).toBe(checksum({ replicas: 3 }));
  expect(checksum({})).not.toBe(checksum({ modules: [BlackboxModule.icmp('icmp')] }));
});

test('monitors what it is told to probe', () => {
  const blackbox = made();
  const added = [
    blackbox.probe({
      name: 'sites', targets: ['https://example.com'], targetLabels: { team: 'web' }, interval: Duration.minutes(1), timeout: Duration.seconds(9),
      relabelings: [Relabeling.labelDrop('x')], sampleLimit: 100,
    }),
    blackbox.probeServices({ name: 'services', module: 'tcp_connect', labels: { probe: 'yes' }, namespaces: ['shop'] }),
    blackbox.probeIngresses({ name: 'ingresses', labels: { probe: 'yes' }, namespaces: ['shop'] }),
  ];
  const { jobs } = blackbox.monitoring;
  expect(jobs).toHaveLength(4);
  expect(jobs!.slice(1)).toEqual(added);
  expect(added.map(told)).toMatchSnapshot();
});

test('no probe can be added after it is monitored', () => {
  const blackbox = made();
  expect(blackbox.monitoring.jobs).toHaveLength(1);
  expect(() => blackbox.probe({ name: 'late', targets: ['https://example.com'] }))
    .toThrow("test/blackbox: probe 'late' comes after the exporter is monitored; add it before, or give it to a Prometheus by addScrapeJob(");
});

test('an unknown module is refused, with the nearest', () => {
  expect(() => made().probe({ name: 'sites', module: 'http_2x', targets: ['https://example.com'] }))
    .toThrow("test/blackbox: there is no module 'http_2x', did you mean 'http_2xx'?; there are 'http_2xx', 'tcp_connect', 'tls_connect', 'icmp' and 'grpc'");
});

test('certificates are watched by a module that trusts them, unless there is one of its name', () => {
  const certificates = ['192.0.2.11:2379', '[2001:db8::1]:2379'];
  const manifests = synth((chart) => new BlackboxExporter(chart, 'blackbox', { certificates }));
  expect(parse(find(manifests, 'ConfigMap').data['blackbox.yaml']).modules.certificate).toMatchObject({
    prober: 'tcp', tcp: { tls: true, tls_config: { insecure_skip_verify: true } },
  });
  const modulesOf = (props: BlackboxExporterProps) => made(props).modules.map(({ name }) => name);
  const own = BlackboxModule.tcp('certificate', { tls: TlsClient.systemCa() });
  expect(modulesOf({ certificates, modules: [own] })).toEqual(['certificate']);
  expect(made({ certificates, modules: [own] }).modules[0]).toBe(own);
  expect(modulesOf({ certificates: [] })).not.toContain('certificate');
  expect(made({ certificates }).monitoring.jobs!.map(({ name }) => name)).toEqual(['blackbox-exporter', 'certificates']);
  expect(() => made({ certificates: ['https://example.com'] })).toThrow("test/blackbox: probe 'certificates'");
});

test('a job\'s name is taken once', () => {
  const blackbox = made();
  blackbox.probe({ name: 'sites', targets: ['https://example.com'] });
  expect(() => blackbox.probeIngresses({ name: 'sites' })).toThrow("test/blackbox: scrape job 'sites' already exists");
});

test('a Secret of another namespace is refused', () => {
  expect(() => inChart((chart) => {
    const secret = new Secret(chart, 'secret', { metadata: { name: 'token', namespace: 'elsewhere' }, stringData: { token: 'x' } });
    return new BlackboxExporter(chart, 'blackbox', { modules: [BlackboxModule.http('a', { authorization: Authorization.bearer(SecretKey.of(secret, 'token')) })] });
  })).toThrow("test/blackbox: Secret 'token' is made in namespace 'elsewhere', and Pods mount only Secrets of their own, 'monitoring'");
});

test.each<[string, BlackboxExporterProps, string]>([
  ['no module', { modules: [] }, "test/blackbox: 'modules' is empty, so nothing could be probed"],
  ['two modules of one name', { modules: [BlackboxModule.icmp('a'), BlackboxModule.tcp('a')] }, "test/blackbox: two modules are called 'a'"],
  ['no Pod', { replicas: 0 }, 'test/blackbox: replicas: 0 is not a whole number above 0'],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});

test.each<[string, () => BlackboxModule, string]>([
  ['a version of HTTP that is none', () => BlackboxModule.http('a', { validHttpVersions: ['2'] }), "BlackboxModule.http('a'): validHttpVersions: '2' is not a version; write it as 'HTTP/1.1' or 'HTTP/2.0'"],
  ['an unknown compression', () => BlackboxModule.http('a', { compression: 'zip' }), "BlackboxModule.http('a'): compression: 'zip' is unknown, did you mean 'gzip'? use 'gzip', 'br', 'deflate' and 'identity'"],
  ['TLS and none', () => BlackboxModule.http('a', { failIfTls: true, failIfNotTls: true }), "BlackboxModule.http('a'): got 'failIfTls' and 'failIfNotTls', so every probe would fail"],
  ['a header that is none', () => BlackboxModule.http('a', { failIfHeaderMatches: [{ header: 'a b', regexp: 'c' }] }), "BlackboxModule.http: failIfHeaderMatches[0].header: 'a b' is not a header name"],
  ['a bad expression on a header', () => BlackboxModule.http('a', { failIfHeaderNotMatches: [{ header: 'a', regexp: '(' }] }), "BlackboxModule.http('a'): failIfHeaderNotMatches: regexp: '(' is not a regular expression (RE2), missing )"],
  ['a bad expression on records', () => BlackboxModule.dns('a', { queryName: 'a.', authority: { failIfAllMatch: ['('] } }), "BlackboxModule.dns('a'): authority.failIfAllMatch: '(' is not a regular expression"],
  ['an address that is none', () => BlackboxModule.icmp('a', { sourceIpAddress: 'eth0' }), "BlackboxModule.icmp('a'): sourceIpAddress: 'eth0' is not an IP address"],
  ['labels of nothing', () => BlackboxModule.unix('a', { exchanges: [{ send: 'a', labels: { b: 'c' } }] }), "BlackboxModule.unix('a'): exchange 1 has 'labels' without 'expect'"],
  ['a raw module of no prober', () => BlackboxModule.raw('a', { prober: 'https' }), "BlackboxModule.raw('a'): prober: 'https' is unknown, did you mean 'http'? use 'http', 'tcp', 'icmp', 'dns', 'grpc' and 'unix'"],
  ['a raw module with settings of another prober', () => BlackboxModule.raw('a', { prober: 'tcp', http: {} }), "BlackboxModule.raw('a'): 'http' is no setting of a module of prober 'tcp'; settings go under 'tcp'"],
  ['a raw module with a secret', () => BlackboxModule.raw('a', { prober: 'http', http: { basic_auth: { password: 'x' } } }), "BlackboxModule.raw('a'): 'http.basic_auth.password' holds a secret, which the manifest would show; use BlackboxModule.http(), which takes a SecretKey"],
  ['a name with a space', () => BlackboxModule.http('a b'), "BlackboxModule.http: 'a b' is not the name of a module; use letters, digits, '_', '-' and '.', no '-' or '.' first"],
  ['no time', () => BlackboxModule.tcp('a', { timeout: Duration.seconds(0) }), "BlackboxModule.tcp('a'): 'timeout' is 0"],
  ['a method that is none', () => BlackboxModule.http('a', { method: 'get' }), "BlackboxModule.http('a'): method: 'get' is unknown, did you mean 'GET'? use 'GET', 'HEAD'"],
  ['a status code that is none', () => BlackboxModule.http('a', { validStatusCodes: [20] }), "BlackboxModule.http('a'): validStatusCodes: 20 is not a status code"],
  ['a bad expression on the body', () => BlackboxModule.http('a', { failIfBodyMatches: ['('] }), "BlackboxModule.http('a'): failIfBodyMatches: '(' is not a regular expression"],
  ['a bad expression in a conversation', () => BlackboxModule.tcp('a', { exchanges: [{ expect: '(' }] }), "BlackboxModule.tcp('a'): expect: '(' is not a regular expression"],
  ['an exchange of nothing', () => BlackboxModule.tcp('a', { exchanges: [{}] }), "BlackboxModule.tcp('a'): exchange 1 says nothing"],
  ['a TTL of none', () => BlackboxModule.icmp('a', { ttl: 0 }), "BlackboxModule.icmp('a'): ttl: 0 is not a whole number from 1 to 255; give one, or leave it out"],
  ['too large a payload', () => BlackboxModule.icmp('a', { payloadSize: 70000 }), "BlackboxModule.icmp('a'): payloadSize: 70000 is not a whole number"],
  ['a question for nothing', () => BlackboxModule.dns('a', { queryName: '' }), "BlackboxModule.dns: queryName: '' is not a name that can be looked up"],
  ['TLS over UDP', () => BlackboxModule.dns('a', { queryName: 'a.', tls: TlsClient.systemCa() }), "BlackboxModule.dns('a'): got 'tls' with DnsTransport.UDP"],
  ['a token that the exporter lacks', () => BlackboxModule.http('a', { authorization: Authorization.serviceAccountToken() }), "BlackboxModule.http('a'): 'authorization' is a service account's token"],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});

test('two kinds of credentials are refused', () => {
  expect(() => inChart((chart) => {
    const secret = Secret.fromSecretName(chart, 's', 's');
    return BlackboxModule.http('a', { authorization: Authorization.bearer(SecretKey.of(secret, 't')), basicAuth: new BasicAuth({ username: 'u', password: SecretKey.of(secret, 'password') }) });
  })).toThrow("BlackboxModule.http('a'): got 'authorization' and 'basicAuth'");
});
