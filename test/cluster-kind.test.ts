import { ClusterSettings, ControlPlanePod, refusalOf } from './e2e/harness/cluster-kind';

function pod(component: string, ...command: string[]): ControlPlanePod {
  const metadata = { name: component, labels: { component, tier: 'control-plane' }, uid: '', resourceVersion: '', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ command: [component, ...command] }] } };
}

const UNMODIFIED: ClusterSettings = {
  pods: [
    pod('etcd', '--listen-metrics-urls=http://127.0.0.1:2381', '--listen-client-urls=https://192.0.2.1:2379'),
    pod('kube-apiserver', '--bind-address=0.0.0.0'),
    pod('kube-controller-manager', '--bind-address=127.0.0.1'),
    pod('kube-scheduler', '--bind-address=127.0.0.1'),
  ],
  kubeProxy: 'kind: KubeProxyConfiguration\nmetricsBindAddress: ""\n',
  kubelets: [{}, {}],
};

const OPENED: ClusterSettings = {
  pods: [
    pod('etcd', '--listen-metrics-urls=http://127.0.0.1:2381,http://192.0.2.1:2381'),
    pod('kube-controller-manager', '--bind-address=0.0.0.0'),
    pod('kube-scheduler'), // listens on every address then
  ],
  kubeProxy: 'metricsBindAddress: 0.0.0.0:10249\n',
  kubelets: [{ serverTLSBootstrap: true }, { tlsCertFile: '/etc/kubernetes/pki/kubelet.crt' }],
};

test('a cluster is accepted by the end-to-end tests of its kind', () => {
  expect(refusalOf('unmodified', UNMODIFIED)).toBeUndefined();
  expect(refusalOf('unmodified', { ...UNMODIFIED, kubelets: [{ tlsCertFile: '/var/lib/kubelet/pki/kubelet.crt' }] })).toBeUndefined();
  expect(refusalOf('opened', OPENED)).toBeUndefined();
});

test('a cluster of the other kind is refused, with each setting', () => {
  expect(refusalOf('opened', UNMODIFIED)).toBe(
    "kube-scheduler has --bind-address '127.0.0.1', kube-controller-manager has --bind-address '127.0.0.1', "
    + "etcd has --listen-metrics-urls 'http://127.0.0.1:2381', kube-proxy has metricsBindAddress '', "
    + "a kubelet has serverTLSBootstrap false and tlsCertFile '', a kubelet has serverTLSBootstrap false and tlsCertFile '': "
    + 'these tests need a cluster that is opened as docs/manual.md says; for one as kubeadm or kind made it: npm run test:e2e:unmodified',
  );
  expect(refusalOf('unmodified', OPENED)).toContain('these tests need a cluster as kubeadm or kind made it; for one that is opened: npm run test:e2e');
});

test.each<[string, ClusterSettings]>([
  ["kube-scheduler has --bind-address '127.0.0.1'", { ...OPENED, pods: [...OPENED.pods.slice(0, 2), pod('kube-scheduler', '--bind-address=127.0.0.1')] }],
  ["etcd has --listen-metrics-urls ''", { ...OPENED, pods: [...OPENED.pods.slice(1), pod('etcd')] }],
  ["etcd has --listen-metrics-urls 'http://[::1]:2381'", { ...OPENED, pods: [...OPENED.pods.slice(1), pod('etcd', '--listen-metrics-urls=http://[::1]:2381')] }],
  ["kube-proxy has metricsBindAddress '127.0.0.1:10249'", { ...OPENED, kubeProxy: 'metricsBindAddress: 127.0.0.1:10249' }],
  ["a kubelet has serverTLSBootstrap false and tlsCertFile ''", { ...OPENED, kubelets: [...OPENED.kubelets, {}] }],
])('one closed component is enough: %s', (text, cluster) => {
  expect(refusalOf('opened', cluster)?.split(': these tests')[0]).toBe(text);
});

test('a cluster without a control plane of its own is refused', () => {
  expect(refusalOf('unmodified', { ...UNMODIFIED, pods: [pod('etcd')] })).toBe(
    'kube-system has no Pod with the label component=kube-scheduler or kube-controller-manager: these tests need a cluster made by kubeadm or kind',
  );
});
