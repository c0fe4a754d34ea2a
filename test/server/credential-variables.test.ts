import { Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { synthesize } from './support';
import { AzureAd, PrometheusServer, RemoteWrite, SecretKey, SigV4 } from '../../lib';

const existing = (chart: Chart, name: string): ISecret => Secret.fromSecretName(chart, `existing-${name}`, name);
const signed = (secret: ISecret, name: string, roleArn?: string) => new RemoteWrite({
  url: `https://${name}.example.com`,
  sigv4: SigV4.accessKey({ region: 'eu-central-1', roleArn, accessKey: SecretKey.of(secret, 'id'), secretKey: SecretKey.of(secret, 'key') }),
});
const ID = '00000000-1111-2222-3333-444444444444';

test('credentials that Prometheus reads from no file are in its environment alone', () => {
  const { container, pod, text } = synthesize({ replicas: 2 }, (prometheus, chart) => {
    prometheus.addRemoteWrite(signed(existing(chart, 'aws'), 'a'));
    prometheus.addRemoteWrite(new RemoteWrite({
      url: 'https://azure.example.com', azureAd: AzureAd.clientSecret({ clientId: ID, tenantId: ID, clientSecret: SecretKey.of(existing(chart, 'azure'), 'secret') }),
    }));
  });
  expect(container.env.slice(1)).toEqual([
    { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws', key: 'id' } } },
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'aws', key: 'key' } } },
    { name: 'AZURE_TENANT_ID', value: ID },
    { name: 'AZURE_CLIENT_ID', value: ID },
    { name: 'AZURE_CLIENT_SECRET', valueFrom: { secretKeyRef: { name: 'azure', key: 'secret' } } },
  ]);
  expect(pod.containers.slice(1).every(({ env = [] }: { env?: unknown[] }) => !JSON.stringify(env).includes('AWS'))).toBe(true);
  expect(JSON.stringify(pod.volumes)).not.toMatch(/aws|azure/);
  expect(text).not.toMatch(/access_key|client_secret/);
});

test('several remote writes have one access key, with a role each', () => {
  const { container, configuration } = synthesize({}, (prometheus, chart) => {
    const secret = existing(chart, 'aws');
    ['a', 'b'].forEach((name) => prometheus.addRemoteWrite(signed(secret, name, `arn:aws:iam::123456789012:role/${name}`)));
  });
  expect(container.env).toHaveLength(2);
  expect(configuration.remote_write.map(({ sigv4 }: { sigv4: { role_arn: string } }) => sigv4.role_arn)).toEqual(['arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b']);
});

test('profiles of one file are mounted, and each remote write has its own', () => {
  const { container, pod, configuration } = synthesize({}, (prometheus, chart) => {
    const file = SecretKey.of(existing(chart, 'aws'), 'credentials');
    ['north', 'south'].forEach((profile) => prometheus.addRemoteWrite(new RemoteWrite({
      url: `https://${profile}.example.com`, sigv4: SigV4.profile({ region: 'eu-central-1', profile, file }),
    })));
    expect(prometheus.node.metadata.map(({ data }) => String(data)).filter((text) => text.includes("credentials of 'aws'"))).toHaveLength(2);
  });
  expect(container.env).toEqual([{ name: 'AWS_SHARED_CREDENTIALS_FILE', value: '/etc/prometheus/secrets/aws/credentials' }]);
  expect(configuration.remote_write.map(({ sigv4 }: { sigv4: { profile: string } }) => sigv4.profile)).toEqual(['north', 'south']);
  const [mount] = container.volumeMounts.filter(({ mountPath }: { mountPath: string }) => mountPath === '/etc/prometheus/secrets/aws');
  expect(pod.volumes).toContainEqual({ name: mount.name, secret: { secretName: 'aws', optional: true, defaultMode: 0o440 } });
});

test.each<[string, (prometheus: PrometheusServer, chart: Chart) => void, string]>([
  ['two access keys', (prometheus, chart) => ['one', 'two'].forEach((name) => prometheus.addRemoteWrite(signed(existing(chart, name), name))),
    "prometheus: variable 'AWS_ACCESS_KEY_ID' is of Secret 'one/id' already, and got of Secret 'two/id'; a Prometheus has one environment, so use the same credentials, or OperatedPrometheus"],
  ['a Secret of another namespace', (prometheus, chart) => prometheus.addRemoteWrite(signed(
    new Secret(chart, 'far', { metadata: { name: 'far', namespace: 'far' }, stringData: { id: 'a', key: 'b' } }), 'a')),
  "Secret 'far' is made in namespace 'far', and Pods mount only Secrets of their own"],
])('refuses %s', (_, fill, message) => {
  expect(() => synthesize({}, fill)).toThrow(message);
});
