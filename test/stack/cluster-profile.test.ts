import { Stack } from './support';
import { ClusterProfile, ClusterReach, KubeletMonitorProps, KubeletReach, TlsClient } from '../../lib';

/** The opposite of what `ClusterProfile.kubeadm()` says. */
const OPPOSITE: Required<Omit<ClusterReach, 'controlPlaneAddresses'>> = {
  kubelet: KubeletReach.NONE, apiServer: false, coreDns: false, scheduler: true, controllerManager: true, kubeProxy: true, etcd: true,
  nodeExporter: false,
};

const JOBS: { readonly [prop in keyof typeof OPPOSITE]: string } = {
  kubelet: 'kubelet', apiServer: 'apiserver', coreDns: 'coredns', scheduler: 'kube-scheduler', controllerManager: 'kube-controller-manager',
  kubeProxy: 'kube-proxy', etcd: 'etcd', nodeExporter: 'node-exporter',
};

/** Which of the cluster's own components are watched. */
function watched(profile: ClusterProfile): string[] {
  const { jobs } = new Stack({ profile });
  return Object.values(JOBS).filter((job) => jobs.includes(job));
}

describe('what a profile says when nothing is said of it', () => {
  test('of a cluster that kubeadm made', () => {
    expect(ClusterProfile.kubeadm()).toMatchObject({
      kubelet: KubeletReach.UNVERIFIED, apiServer: true, coreDns: true, scheduler: false, controllerManager: false, kubeProxy: false, etcd: false,
      isManaged: false,
    });
  });

  test('of a managed one', () => {
    expect(ClusterProfile.managed()).toMatchObject({
      kubelet: KubeletReach.VERIFIED, apiServer: true, coreDns: true, scheduler: false, controllerManager: false, kubeProxy: false, etcd: false,
      isManaged: true,
    });
  });
});

test.each([ClusterProfile.kubeadm(OPPOSITE), ClusterProfile.managed(OPPOSITE)])('all the props reach the profile', (profile) => {
  expect(profile).toMatchObject(OPPOSITE);
  expect(watched(profile)).toEqual(['kube-scheduler', 'kube-controller-manager', 'kube-proxy', 'etcd']);
});

const PROPS: Array<keyof typeof OPPOSITE> = ['kubelet', 'apiServer', 'coreDns', 'scheduler', 'controllerManager', 'kubeProxy', 'etcd', 'nodeExporter'];

test.each(PROPS)('%s alone decides on the job of its name', (prop) => {
  const [usual, changed] = [watched(ClusterProfile.kubeadm()), watched(ClusterProfile.kubeadm({ [prop]: OPPOSITE[prop] }))];
  expect([...usual.filter((job) => !changed.includes(job)), ...changed.filter((job) => !usual.includes(job))]).toEqual([JOBS[prop]]);
});

describe('the kubelets are reached', () => {
  const secured = { paths: 3, roles: ['nodes/metrics'] };
  const VERIFIED = { ca_file: expect.stringContaining('/serviceaccount/ca.crt') };

  function reached(profile: ClusterProfile, kubelet?: KubeletMonitorProps): object {
    const stack = new Stack({ profile, kubelet });
    const scrapes = stack.scrapes('kubelet');
    const [{ scheme = 'http', tls_config: tls }] = scrapes;
    scrapes.forEach((scrape) => expect(scrape.tls_config).toEqual(tls));
    return {
      paths: scrapes.length, scheme, tls, ports: [...new Set(JSON.stringify(scrapes).match(/1025\d/g))], roles: stack.text.match(/nodes\/metrics/g) ?? [],
    };
  }

  test.each<[KubeletReach, object]>([
    [KubeletReach.VERIFIED, { ...secured, scheme: 'https', tls: VERIFIED, ports: ['10250'] }],
    [KubeletReach.UNVERIFIED, { ...secured, scheme: 'https', tls: { insecure_skip_verify: true }, ports: ['10250'] }],
    [KubeletReach.READ_ONLY_PORT, { paths: 3, scheme: 'http', tls: undefined, ports: ['10255'], roles: [] }],
  ])('%s', (kubelet, expected) => {
    expect(reached(ClusterProfile.kubeadm({ kubelet }))).toEqual(expected);
    expect(reached(ClusterProfile.managed({ kubelet }))).toEqual(expected);
  });

  test('as their own props say, if they do', () => {
    const tls = TlsClient.clusterCa();
    expect(reached(ClusterProfile.kubeadm(), { tls })).toMatchObject({ scheme: 'https', tls: VERIFIED });
    expect(reached(ClusterProfile.kubeadm(), { readOnlyPort: true })).toMatchObject({ scheme: 'http', ports: ['10255'] });
    expect(reached(ClusterProfile.managed(), { readOnlyPort: true })).toMatchObject({ scheme: 'http', ports: ['10255'] });
    expect(reached(ClusterProfile.kubeadm({ kubelet: KubeletReach.READ_ONLY_PORT }), { tls })).toMatchObject({ scheme: 'https', tls: VERIFIED, ports: ['10250'] });
    expect(reached(ClusterProfile.kubeadm({ kubelet: KubeletReach.READ_ONLY_PORT }), { readOnlyPort: false })).toMatchObject({ scheme: 'https', tls: VERIFIED });
    expect(reached(ClusterProfile.kubeadm({ kubelet: KubeletReach.NONE }), {})).toMatchObject({ scheme: 'https', tls: VERIFIED });
  });

  test('as the profile says, if their own props do not say it', () => {
    expect(reached(ClusterProfile.kubeadm(), { port: 10259 })).toMatchObject({ tls: { insecure_skip_verify: true }, ports: ['10259'] });
    expect(reached(ClusterProfile.kubeadm(), { readOnlyPort: false })).toMatchObject({ tls: { insecure_skip_verify: true }, ports: ['10250'] });
  });
});
