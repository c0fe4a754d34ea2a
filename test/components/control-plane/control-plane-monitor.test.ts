import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { ControllerManagerMonitor, ControlPlaneMonitorProps, SchedulerMonitor } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { inChart, synth } from '../../charts';
import { find, Loose } from '../../manifests';
import { expressions, jobOf, told } from '../support';

/** Props of instances that run in no Pods. */
type Outside = 'addresses' | 'namespace' | 'endpointSlices';

describe.each([
  { program: 'kube-scheduler', Monitor: SchedulerMonitor, port: 10259, alerts: ['KubeSchedulerDown', 'KubeSchedulerInstanceUnreachable', 'KubeSchedulerPendingPods'] },
  {
    program: 'kube-controller-manager', Monitor: ControllerManagerMonitor, port: 10257,
    alerts: ['KubeControllerManagerDown', 'KubeControllerManagerInstanceUnreachable', 'KubeControllerManagerWorkQueueStuck'],
  },
])('$program', ({ program, Monitor, port, alerts }) => {
  function made(props?: ControlPlaneMonitorProps): SchedulerMonitor | ControllerManagerMonitor {
    return inChart((chart) => new Monitor(chart, 'own', props));
  }

  test('works without props', () => {
    const manifests = synth((chart) => new Monitor(chart, 'own'));
    expect(manifests).toMatchSnapshot();
    expect(find(manifests, 'Service').spec).toMatchObject({ selector: { component: program, tier: 'control-plane' }, ports: [{ port, targetPort: port }] });
    expect(told(jobOf(made()))).toMatchSnapshot();
    expect(jobOf(made()).name).toBe(program);
    expect(made().monitoring.rules?.alertNames).toEqual(alerts);
    expect(made().node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining(`the certificate of ${program} is not verified`)]);
  });

  test('two synths give the same bytes', () => {
    const once = () => JSON.stringify(synth((chart) => new Monitor(chart, 'own')));
    expect(once()).toBe(once());
  });

  test('takes all the props', () => {
    const monitor = inChart((chart) => {
      const props: Required<Omit<ControlPlaneMonitorProps, Outside | 'kubeletNodes'>> = {
        name: 'own-name',
        jobName: 'own-job',
        interval: Duration.seconds(45),
        timeout: Duration.seconds(20),
        metrics: MetricSelection.all(),
        pods: { app: 'own' },
        port: 12345,
        tls: TlsClient.fromSecret(Secret.fromSecretName(chart, 'ca', 'ca'), { ca: 'ca.crt', serverName: program }),
        serviceLevelIndicators: true,
      };
      return new Monitor(chart, 'own', props);
    });
    expect(told(jobOf(monitor))).toMatchSnapshot();
    expect(monitor.serviceName).toBe('own-name');
    expect(monitor.node.metadata).toEqual([]);
    expect(expressions(monitor)).toContain('job=\\"own-job\\"');
    const service = find(synth((chart) => new Monitor(chart, 'own', { name: 'own-name', pods: { app: 'own' }, port: 12345 })), 'Service');
    expect(service.metadata).toMatchObject({ name: 'own-name', namespace: 'kube-system' });
    expect(service.spec).toMatchObject({ selector: { app: 'own' }, ports: [{ port: 12345, targetPort: 12345 }] });
  });

  test('outside of Pods, takes all the props of its instances', () => {
    const props: Required<Pick<ControlPlaneMonitorProps, Outside | 'name'>> = {
      addresses: ['192.0.2.11', '2001:db8::11'], name: 'own-name', namespace: 'elsewhere', endpointSlices: true,
    };
    const manifests = synth((chart) => new Monitor(chart, 'own', props));
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'Service elsewhere/own-name', 'EndpointSlice elsewhere/own-name-ipv4', 'Service elsewhere/own-name-ipv6', 'EndpointSlice elsewhere/own-name-ipv6',
    ]);
    const [service, slice] = manifests;
    expect(service.spec).toMatchObject({ clusterIP: 'None', ports: [{ name: 'https-metrics', port }] });
    expect(service.spec.selector).toBeUndefined();
    expect(slice.endpoints.map(({ addresses: [address] }: Loose) => address)).toEqual(['192.0.2.11']);
    const monitor = inChart((chart) => new Monitor(chart, 'own', props));
    expect(monitor.service?.name).toBe('own-name');
    expect(monitor.ipv6Service?.name).toBe('own-name-ipv6');
    expect(monitor.endpoints).toHaveLength(2);
    expect(told(jobOf(monitor))).toMatchObject({ discovery: { kind: 'service', namespaces: ['elsewhere'], labels: { 'app.kubernetes.io/name': program } } });
  });

  test('in the kubelet, is scraped at its port, and its own metrics are stored', () => {
    const kubeletNodes = { 'node-role.kubernetes.io/control-plane': 'true' };
    const monitor = made({ kubeletNodes, port: 10350, tls: TlsClient.insecureSkipVerify(), serviceLevelIndicators: true });
    expect(told(jobOf(monitor))).toMatchObject({ discovery: { kind: 'nodes', labels: kubeletNodes }, endpoints: [{ port: 10350, tls: 'skipped' }, { path: '/metrics/slis' }] });
    expect(told(jobOf(made({ kubeletNodes })))).toMatchSnapshot();
    expect(synth((chart) => new Monitor(chart, 'own', { kubeletNodes }))).toEqual([]);
    expect([monitor.service, monitor.serviceName, monitor.endpoints]).toEqual([undefined, undefined, []]);
    const [{ metrics }] = jobOf(monitor).endpoints;
    const rules = monitor.monitoring.rules!._metrics().filter((metric) => metric !== 'up' && !metric.startsWith('cluster_quantile:'));
    expect(rules.filter((metric) => metrics.dropsMetric(metric))).toEqual([]);
    expect(['kubelet_node_name', 'apiserver_request_total', 'schedulers', 'kubeproxy_sync_proxy_rules_duration_seconds_count'].filter((metric) => !metrics.dropsMetric(metric))).toEqual([]);
  });

  test('the service level indicators tell themselves from the metrics by their path', () => {
    expect(jobOf(made({ serviceLevelIndicators: true }))._hasSeveralPaths).toBe(true);
  });

  test.each<[string, ControlPlaneMonitorProps, string]>([
    ['a name that Kubernetes does not take', { name: 'A' }, "'A' is not a name for Kubernetes objects"],
    ['the name of the cluster\'s DNS', { name: 'kube-dns' }, "test/own: a Service 'kube-dns' in kube-system is the cluster's own"],
    ['Pods at addresses', { pods: { app: 'own' }, addresses: ['192.0.2.11'] }, `test/own: 'pods' selects Pods, and addresses names ${program} outside of Pods; leave one`],
    ['a namespace of Pods', { namespace: 'own' }, `test/own: 'namespace' is for ${program} outside of Pods; name its instances by 'addresses'`],
    ['a host name', { addresses: ['own.example.com'] }, `fromStaticTargets({ name: '${program}', targets: ['own.example.com:${port}']`],
    ['Pods in the kubelet', { kubeletNodes: {}, pods: { app: 'own' } }, "test/own: 'pods' is for a program that runs by itself, and 'kubeletNodes' says"],
    ['a port that is none', { port: -1 }, 'test/own: port: port -1 is not a port number'],
  ])('%s is refused', (_, props, message) => {
    expect(() => made(props)).toThrow(message);
  });
});
