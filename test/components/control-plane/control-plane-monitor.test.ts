import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { ControllerManagerMonitor, ControlPlaneMonitorProps, SchedulerMonitor } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';
import { expressions, jobOf, told } from '../support';

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
      const props: Required<ControlPlaneMonitorProps> = {
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

  test('the service level indicators tell themselves from the metrics by their path', () => {
    expect(jobOf(made({ serviceLevelIndicators: true }))._hasSeveralPaths).toBe(true);
  });

  test.each<[string, ControlPlaneMonitorProps, string]>([
    ['a name that Kubernetes does not take', { name: 'A' }, "'A' is not a name for Kubernetes objects"],
    ['the name of the cluster\'s DNS', { name: 'kube-dns' }, "test/own: a Service 'kube-dns' in kube-system is the cluster's own"],
    ['a port that is none', { port: -1 }, 'test/own: port: port -1 is not a port number'],
  ])('%s is refused', (_, props, message) => {
    expect(() => made(props)).toThrow(message);
  });
});
