import { Duration } from 'cdk8s';
import { Backend, OperatedBackend, operatedOf, plainOf, synthesize } from './backends';
import { clashes, differences, jobsOf, settingDifferences } from './compare';
import { KubeObject } from './parity';
import {
  ApiServiceTls, ClusterProfile, CustomMetric, EtcdMonitor, KubeletMonitor, KubeletReach, KubernetesMonitoring, MonitoringBackend, TlsClient,
  TlsServer,
} from '../../lib';

/** The stack of a cluster that lets all be watched, with kubelets by their read-only port and an etcd outside besides. */
function stack(backend: MonitoringBackend): KubeObject[] {
  return synthesize((chart, secret) => {
    const { prometheus } = new KubernetesMonitoring(chart, 'monitoring', {
      backend,
      profile: ClusterProfile.kubeadm({ kubelet: KubeletReach.VERIFIED, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true }),
      prometheus: { scrapeInterval: Duration.seconds(20), scrapeTimeout: Duration.seconds(15), cluster: 'north' },
      metricsServer: { tls: ApiServiceTls.fromSecret(TlsServer.fromSecret(secret), '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----') },
      prometheusAdapter: { tls: ApiServiceTls.insecureSkipVerify(), customMetrics: [CustomMetric.fromSeries({ series: 'http_requests_total' })] },
    });
    prometheus.monitor(
      new KubeletMonitor(chart, 'kubelet-read-only', { readOnlyPort: true, jobName: 'kubelet-read-only' }),
      new EtcdMonitor(chart, 'etcd-of-others', {
        jobName: 'etcd-of-others', addresses: ['192.0.2.11', '192.0.2.12'],
        tls: TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' }),
      }),
    );
  });
}

let one: Backend;
let other: OperatedBackend;

beforeAll(() => {
  one = plainOf(stack(MonitoringBackend.plain()));
  other = operatedOf(stack(MonitoringBackend.operator()));
});

const OPERATOR = 'prometheus-operator';

test('the stack has the same jobs with both backends, and one of the operator, every one with targets of its own labels', () => {
  expect(jobsOf(one.targets)).toEqual([
    'alertmanager', 'annotated-pods', 'annotated-services', 'apiserver', 'blackbox-exporter', 'certificates', 'coredns', 'etcd', 'etcd-of-others',
    'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kube-state-metrics', 'kubelet', 'kubelet-read-only', 'metrics-server', 'node-exporter',
    'probed-ingresses', 'probed-services', 'prometheus', 'prometheus-adapter',
  ]);
  expect(jobsOf(other.targets)).toEqual([...jobsOf(one.targets), OPERATOR]);
  expect([...clashes(one.targets), ...clashes(other.targets)]).toEqual([]);
});

test('the Prometheus of the operator takes all monitors and rules of the stack', () => {
  expect(other.configured.ignored).toEqual([]);
  expect(Object.keys(other.configured.rules).length).toBeGreaterThan(10);
});

test('what is fetched is the same, but for the Pods of Prometheus and Alertmanager, whose names are the operator\'s to give', () => {
  const differing = differences(one.targets, other.targets.filter(({ labels }) => labels.job !== OPERATOR));
  expect(differing.map((line) => line.replace(/: "[^"]*" \| "[^"]*"$/, ''))).toEqual(
    ['alertmanager/reloader-web', 'alertmanager/web', 'prometheus/reloader-web', 'prometheus/web']
      .flatMap((endpoint) => ['labels.instance', 'labels.pod', 'url'].map((what) => `${endpoint}: ${what}`)),
  );
});

test('alerts go to the Alertmanager of the stack', () => {
  const at = ({ others }: Backend) => others.alertmanagers.flatMap(({ urls }) => urls.map((url) => new URL(url).host));
  const ofJob = ({ targets }: Backend) => targets.filter(({ labels }) => labels.job === 'alertmanager' && labels.endpoint === 'web').map(({ url }) => new URL(url).host);
  expect(at(one)).toEqual(ofJob(one));
  expect(at(other)).toEqual(ofJob(other));
  expect(at(one)).toHaveLength(1);
});

test('all else is set up the same', () => {
  expect(settingDifferences(one.others.others, other.others.others)).toEqual([]);
});

test('the rules are the same, in groups of the same names, and there are those of the operator', () => {
  const { [OPERATOR]: own, ...groups } = other.groups;
  expect(groups).toEqual(one.groups);
  expect(own.rules).not.toEqual([]);
  expect(Object.keys(one.groups).length).toBeGreaterThan(20);
});
