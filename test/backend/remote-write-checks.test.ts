import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { newChart } from '../charts';
import { secretNamed } from '../monitoring/scrape/secrets';
import {
  Authorization, AzureAd, BasicAuth, OperatedPrometheus, PrometheusProps, PrometheusServer, RemoteWrite, RemoteWriteOptions, RemoteWriteProtocol,
  ReplicaDeduplication, SecretKey, SigV4, TlsClient,
} from '../../lib';

const url = 'https://store.example.com/push';
const ROLE = 'arn:aws:iam::123456789012:role/write';
const ID = '00000000-1111-2222-3333-444444444444';
const certificateOf = (secret: string) => AzureAd.certificate({
  clientId: ID, tenantId: ID, certificate: SecretKey.of(secretNamed(secret), 'tls.crt'), privateKey: SecretKey.of(secretNamed(secret), 'tls.key'),
});
const BACKENDS = [['server', PrometheusServer], ['operator', OperatedPrometheus]] as const;

/** A Prometheus of each backend that writes to stores. */
function writing(Backend: typeof PrometheusServer | typeof OperatedPrometheus, props: PrometheusProps, ...stores: RemoteWriteOptions[]): () => void {
  return () => {
    const prometheus = new Backend(newChart(), 'prometheus', props);
    stores.forEach((options) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...options })));
  };
}

describe.each(BACKENDS)('%s', (_, Backend) => {
  test.each<[string, PrometheusProps, RemoteWriteOptions[], string]>([
    ['two writes of one URL', {}, [{}, { sendNativeHistograms: true }],
      `a remote write to '${url}' already exists, and Prometheus does not start with two that are alike; give each a 'name', or leave one out`],
    ['two writes of one URL, of which the second has a name', {}, [{}, { name: 'b' }], `a remote write to '${url}' already exists`],
    ['two writes of one URL, of which the first has a name', {}, [{ name: 'a' }, {}], `a remote write to '${url}' already exists`],
    ['two writes of one name', {}, [{ name: 'a' }, { name: 'a' }], "remote write 'a' already exists; give this one another name"],
    ['an external id before 3.11', { image: 'prometheus:v3.10.0' }, [{ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, externalId: 'a' }) }],
      "'externalId' of SigV4 is known from Prometheus 3.11 on, and this one is 3.10.0; choose a newer image"],
    ['a session name before 3.15', { image: 'prometheus:v3.14.0' }, [{ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, sessionName: 'shop' }) }],
      "'sessionName' of SigV4 is known from Prometheus 3.15 on, and this one is 3.14.0; choose a newer image"],
    ['tags before 3.15', { image: 'prometheus:v3.14.0' }, [{ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, tags: { a: 'b' } }) }],
      "'tags' of SigV4 is known from Prometheus 3.15 on"],
    ['a workload identity before 3.7', { image: 'prometheus:v3.6.0' }, [{ azureAd: AzureAd.workloadIdentity({ clientId: ID, tenantId: ID }) }],
      'AzureAd.workloadIdentity is known from Prometheus 3.7 on, and this one is 3.6.0'],
    ['a certificate of Azure before 3.13', { image: 'prometheus:v3.12.0' }, [{ azureAd: certificateOf('azure') }], 'AzureAd.certificate is known from Prometheus 3.13 on'],
    ['a scope before 3.9', { image: 'prometheus:v3.8.0' }, [{ azureAd: AzureAd.managedIdentity({ scope: 'a' }) }], "'scope' of AzureAd is known from Prometheus 3.9 on"],
    ['a nameless identity before 3.5', { image: 'prometheus:v3.4.0' }, [{ azureAd: AzureAd.managedIdentity() }], "a managed identity without 'clientId' is known from Prometheus 3.5 on"],
    ['addresses by turns before 3.1', { image: 'prometheus:v3.0.1' }, [{ roundRobinDns: true }], "'roundRobinDns' is known from Prometheus 3.1 on"],
    ['remote write 2.0 before 3.3', { image: 'prometheus:v3.2.1' }, [{ protocol: RemoteWriteProtocol.V2 }],
      "Prometheus 3.2.1 does not start with RemoteWriteProtocol.V2 without the feature 'metadata-wal-records'; name it by 'enableFeatures', or choose a newer image"],
    ['exemplars that are not kept', {}, [{ sendExemplars: true }],
      "got 'sendExemplars', and the Prometheus keeps no exemplars to send; set its prop 'maxExemplars', or leave it out"],
    ['an HA tracker with shards', { cluster: 'north', shards: 2 }, [{ deduplication: ReplicaDeduplication.haTracker() }],
      'got ReplicaDeduplication.haTracker with 2 shards, and the store would keep the samples of one of them; use ReplicaDeduplication.equalSeries, or leave it out'],
    ['an HA tracker without a cluster', { replicas: 2 }, [{ deduplication: ReplicaDeduplication.haTracker() }],
      "got ReplicaDeduplication.haTracker without the external label 'cluster', and the store would keep the samples of each replica; name it by the prop 'cluster'"],
  ])('refuses %s', (__, props, stores, message) => {
    expect(writing(Backend, props, ...stores)).toThrow(message);
  });

  test.each<[string, PrometheusProps, RemoteWriteOptions[]]>([
    ['two names of one URL', {}, [{ name: 'a' }, { name: 'b' }]],
    ['what 3.11 brought', { image: 'prometheus:v3.11.0' }, [{ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, externalId: 'a' }) }]],
    ['a role before', { image: 'prometheus:v3.10.0' }, [{ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE }) }]],
    ['what 3.7 brought', { image: 'prometheus:v3.7.0' }, [{ azureAd: AzureAd.workloadIdentity({ clientId: ID, tenantId: ID }) }]],
    ['an identity with a name before 3.5', { image: 'prometheus:v3.4.0' }, [{ azureAd: AzureAd.managedIdentity({ clientId: ID }) }]],
    ['remote write 2.0 of 3.3', { image: 'prometheus:v3.3.0' }, [{ protocol: RemoteWriteProtocol.V2 }]],
    ['remote write 2.0 before 3.3 with the feature', { image: 'prometheus:v3.2.1', enableFeatures: ['metadata-wal-records'] }, [{ protocol: RemoteWriteProtocol.V2 }]],
    ['exemplars that are kept', { maxExemplars: 1000 }, [{ sendExemplars: true }]],
    ['exemplars of an agent', { agent: true }, [{ sendExemplars: true }]],
    ['an HA tracker with the label of a cluster', { externalLabels: { cluster: 'north' } }, [{ deduplication: ReplicaDeduplication.haTracker() }]],
    ['equal series of shards', { shards: 2, replicas: 2 }, [{ deduplication: ReplicaDeduplication.equalSeries() }]],
  ])('takes %s', (__, props, stores) => {
    expect(writing(Backend, props, ...stores)).not.toThrow();
  });
});

describe.each(BACKENDS)('%s that gets less time to end than sending takes', (_, Backend) => {
  const flag = (deadline: string) => ({ 'storage.remote.flush-deadline': deadline });

  test.each<[string, PrometheusProps, RemoteWriteOptions[], string[]]>([
    ['says so once', { terminationGracePeriod: Duration.seconds(59) }, [{ name: 'a' }, { name: 'b' }], [
      "'terminationGracePeriod' is 59s, and Prometheus sends for up to 1m what is queued for a remote store when it ends: with a store that is slow or away the rest is "
      + 'lost; raise it, or leave it out for 10 minutes',
    ]],
    ['says so by its flag', { terminationGracePeriod: Duration.seconds(100), extraFlags: flag('2m') }, [{}], [expect.stringMatching(/is 100s, and Prometheus sends for up to 2m/)]],
    ['says nothing of a minute', { terminationGracePeriod: Duration.minutes(1) }, [{}], []],
    ['says nothing by default', {}, [{}], []],
    ['says nothing without a remote write', { terminationGracePeriod: Duration.seconds(1) }, [], []],
  ])('%s', (__, props, stores, expected) => {
    const prometheus = new Backend(newChart(), 'prometheus', props);
    stores.forEach((options) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...options })));
    expect(prometheus.node.metadata.map(({ data }): unknown => data)).toEqual(expected);
  });
});

describe('credentials', () => {
  /** The notes of a Prometheus about a remote write. */
  function notes(props: PrometheusProps, options: (key: (secret: string, name: string) => SecretKey) => RemoteWriteOptions): unknown[] {
    const chart = newChart();
    new Secret(chart, 'own', { metadata: { name: 'own' }, stringData: { password: 'a' } });
    const own = new Secret(chart, 'made', { metadata: { name: 'made' }, stringData: { password: 'a' } });
    const key = (secret: string, name: string) => SecretKey.of(secret === 'made' ? own : Secret.fromSecretName(chart, `${secret}-${name}`, secret), name);
    const prometheus = new PrometheusServer(chart, 'prometheus', props);
    prometheus.addRemoteWrite(new RemoteWrite({ url, ...options(key) }));
    return prometheus.node.metadata.map(({ data }): unknown => data).filter((data) => String(data).startsWith('remote write'));
  }

  const basic = (password: SecretKey) => ({ basicAuth: new BasicAuth({ username: 'me', password }) });

  test('that the app does not make have a note, because wrong ones lose samples', () => {
    expect(notes({}, (key) => ({ name: 'store', ...basic(key('theirs', 'password')), secretHeaders: { 'X-Token': key('tokens', 'a') } }))).toEqual([
      "remote write 'store' has credentials of 'theirs' and 'tokens', which the app does not make: Prometheus drops samples that are answered by 401 or 403 instead of sending "
        + 'them again; PrometheusRemoteStorageFailures says so',
    ]);
    expect(notes({}, (key) => ({ sigv4: SigV4.accessKey({ region: 'eu-central-1', accessKey: key('aws', 'id'), secretKey: key('aws', 'secret') }) }))).toEqual([
      expect.stringMatching(`^remote write '${url}' has credentials of 'aws', which the app does not make`),
    ]);
  });

  test('of an agent have a note, which says that it has no alerts', () => {
    expect(notes({ agent: true }, (key) => ({ authorization: Authorization.bearer(key('theirs', 'token')) }))).toEqual([
      expect.stringMatching(/PrometheusRemoteStorageFailures says so where the rules of the agent, 'monitoring.rules', are evaluated$/),
    ]);
  });

  test.each<[string, (key: (secret: string, name: string) => SecretKey) => RemoteWriteOptions]>([
    ['none', () => ({})],
    ['the app makes them', (key) => basic(key('made', 'password'))],
    ['they are the token of the Pod', () => ({ authorization: Authorization.serviceAccountToken() })],
    ['they are certificates, which a server refuses before samples are sent', (key) => ({
      tls: TlsClient.secretCa(key('theirs', 'ca.crt'), { certificate: key('theirs', 'tls.crt'), privateKey: key('theirs', 'tls.key') }),
    })],
  ])('have no note where %s', (_, options) => {
    expect(notes({}, options)).toEqual([]);
  });
});
