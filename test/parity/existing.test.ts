import { operated, OperatedBackend, operatedOf, synthesize } from './backends';
import { clashes, differences, Fetched, jobsOf } from './compare';
import { everyJob, isText } from './jobs';
import { KubeObject } from './parity';
import { ClusterProfile, ExistingPrometheus, KubeletReach, KubernetesMonitoring, MonitoringBackend, RecordingRule, RuleGroup } from '../../lib';
import { secretNamed } from '../monitoring/scrape/secrets';

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';
const selectors = Object.fromEntries(['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig', 'rule'].flatMap((kind) => [
  [`${kind}Selector`, { matchLabels: { release: 'kps' } }], [`${kind}NamespaceSelector`, {}],
]));

/** A Prometheus that others make, with the selectors that kube-prometheus-stack gives it. */
function theirs(spec: KubeObject): KubeObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'kps', namespace: 'observability' },
    spec: {
      scrapeTimeout: '10s', ...selectors, ...spec,
      scrapeClasses: [{ name: 'account', authorization: { type: 'Bearer', credentialsFile: `${FOLDER}/token` } }],
    },
  };
}

/** What is fetched where the app makes monitors alone. */
function existing(spec: KubeObject, scrapeClass: string | undefined, wanted: (name: string) => boolean = () => true): OperatedBackend {
  const objects = synthesize((chart, secret) => {
    const prometheus = new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' }, scrapeClass });
    everyJob(secret).filter(({ name }) => !isText(name) && wanted(name)).forEach((job) => prometheus.addScrapeJob(job));
    prometheus.addRules(new RuleGroup({ name: 'own', rules: [new RecordingRule({ record: 'up:sum', expr: 'sum(up)' })] }));
  });
  return operatedOf([...objects, theirs(spec)]);
}

/**
 * Differences but for the authority of the cluster: the file of the Pod, or that of the ConfigMap which each namespace has; and but for the limit on
 * samples that a Prometheus of one's own has by default.
 */
function differ(one: readonly Fetched[], other: readonly Fetched[]): string[] {
  return differences(one, other).filter((line) => !line.endsWith('settings.sample_limit: 100000 | nothing') && !line.endsWith(`tls_config.ca: "${FOLDER}/ca.crt" | "kube-root-ca.crt/ca.crt"`));
}

const names = everyJob(secretNamed('shop')).map(({ name }) => name).filter((name) => !isText(name)).sort();
const own = operated({ selfMonitoring: false }, ({ prometheus, secret }) => everyJob(secret).forEach((job) => prometheus.addScrapeJob(job)));
const isStatic = (name: string) => name.startsWith('static');
const ofJob = ({ targets }: OperatedBackend, name: string) => targets.filter(({ labels }) => labels.job === name);

describe.each(['Endpoints', 'EndpointSlice'])('a Prometheus of others that discovers by %s', (serviceDiscoveryRole) => {
  const found = existing({ serviceDiscoveryRole }, 'account');

  test('takes all that is made for it, with the rules', () => {
    expect(found.configured.ignored).toEqual([]);
    expect(found.configured.configuration).toContain(`role: ${serviceDiscoveryRole.toLowerCase()}`);
    expect(Object.keys(found.groups)).toEqual(['own']);
    expect([jobsOf(found.targets), clashes(found.targets)]).toEqual([names, []]);
  });

  test.each(names)('scrapes %s as one that the app makes', (name) => {
    const differing = differ(ofJob(own, name), ofJob(found, name));
    // Targets by their addresses have the namespace of the objects, and with it the label that a relabeling of everyJob() makes of it.
    const byAddress = isStatic(name) || name === 'federation';
    expect(byAddress ? differing.filter((line) => !/: labels\.(namespace|upper): nothing \| "monitoring"$/i.test(line)) : differing).toEqual([]);
  });

  test.each(names.filter(isStatic))('gives the targets of %s the namespace of the objects', (name) => {
    expect(ofJob(found, name).map(({ labels }) => labels.namespace)).toEqual(ofJob(found, name).map(() => 'monitoring'));
  });
});

test('a ServiceMonitor names the file of the token where there is no scrape class, unless the Prometheus denies it', () => {
  const isOfService = (name: string) => name === 'service-clients';
  const denied = { arbitraryFSAccessThroughSMs: { deny: true } };
  expect(differ(ofJob(own, 'service-clients'), existing({}, undefined, isOfService).targets)).toEqual([]);
  expect(() => existing(denied, undefined, isOfService)).toThrow('it accesses file system via bearer token file');
  expect(differ(ofJob(own, 'service-clients'), existing(denied, 'account', isOfService).targets)).toEqual([]);
});

test('the stack has the targets and the rules of its components, kubelets behind the Service of the operator among them', () => {
  const profile = ClusterProfile.kubeadm({ kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true });
  const stack = (backend: MonitoringBackend) => synthesize((chart) => new KubernetesMonitoring(chart, 'monitoring', { backend, profile }));
  const [one, other] = [operatedOf(stack(MonitoringBackend.operator())), operatedOf([...stack(MonitoringBackend.existing({ labels: { release: 'kps' } })), theirs({})])];
  const made = ['prometheus', 'prometheus-operator', 'alertmanager'];
  expect(jobsOf(other.targets)).toEqual(jobsOf(one.targets).filter((job) => !made.includes(job)));
  expect(jobsOf(other.targets)).toContain('kubelet');
  // What is probed by its address has the namespace of the objects.
  expect(differ(one.targets.filter(({ labels }) => !made.includes(labels.job)), other.targets)).toEqual(['certificates/-: labels.namespace: nothing | "monitoring"']);
  expect(other.configured.ignored).toEqual([]);
  expect(Object.keys(other.groups).filter((name) => one.groups[name] === undefined)).toEqual([]);
});

test('it is monitored by its Pods, which the operator makes', () => {
  const objects = synthesize((chart) => {
    const prometheus = new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' }, service: { namespace: 'observability' } });
    prometheus.monitor(prometheus);
  });
  expect(operatedOf([...objects, theirs({})]).targets.map(({ labels: { job, endpoint, pod } }) => [job, endpoint, pod])).toEqual([
    ['prometheus', 'web', 'prometheus-kps-0'], ['prometheus', 'reloader-web', 'prometheus-kps-0'],
  ]);
});
