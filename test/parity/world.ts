import { node, pod, slice } from './cluster';
import { KubeObject, Labels } from './parity';

const NODES = [
  node('node-1', { zone: 'north', 'node-role.kubernetes.io/control-plane': '' }), node('node-2', { zone: 'north' }), node('node-3', { zone: 'south' }),
];

interface PodOptions {
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly hostNetwork?: boolean;
}

function template({ labels, annotations, hostNetwork }: PodOptions, ...containers: KubeObject[]): KubeObject {
  return { metadata: { labels, annotations }, spec: { hostNetwork, containers } };
}

function container(name: string, ports: { readonly [port: string]: number } = {}): KubeObject {
  return { name, ports: Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort, protocol: 'TCP' })) };
}

function service(namespace: string, name: string, ports: { readonly [port: string]: number }, labels: Labels, extra: KubeObject = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels, annotations: extra.annotations },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.7.7',
      selector: extra.selector,
      ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, protocol: 'TCP', targetPort: extra.targetPorts?.[port] ?? number })),
    },
  };
}

/** What kubeadm leaves behind: the control plane, kube-proxy, CoreDNS, the API's Service; and the kubelets' Service as the operator keeps it. */
function kubeSystem(): KubeObject[] {
  const control = (program: string) => (
    pod('kube-system', `${program}-node-1`, template({ labels: { component: program, tier: 'control-plane' }, hostNetwork: true }, container(program)))
  );
  const dns = { 'k8s-app': 'kube-dns' };
  const api = service('default', 'kubernetes', { https: 443 }, { component: 'apiserver', provider: 'kubernetes' });
  const kubelet = service('kube-system', 'kubelet', { 'https-metrics': 10250, 'http-metrics': 10255, cadvisor: 4194 }, {
    'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet', 'app.kubernetes.io/managed-by': 'prometheus-operator',
  });
  const address = (name: string) => NODES.find(({ metadata }) => metadata.name === name).status.addresses[0].address;
  return [
    control('etcd'), control('kube-apiserver'), control('kube-scheduler'), control('kube-controller-manager'),
    ...NODES.map(({ metadata: { name } }) => pod(
      'kube-system', `kube-proxy-${name}`, template({ labels: { 'k8s-app': 'kube-proxy' }, hostNetwork: true }, container('kube-proxy')), { node: name },
    )),
    ...['a', 'b'].map((suffix) => pod('kube-system', `coredns-${suffix}`, template({ labels: dns }, container('coredns', { dns: 53, 'dns-tcp': 53, metrics: 9153 })))),
    service('kube-system', 'kube-dns', { 'dns-tcp': 53, metrics: 9153 }, { ...dns, 'kubernetes.io/name': 'CoreDNS' }, { selector: dns }),
    api,
    slice(api, [{ addresses: [address('node-1')], conditions: { ready: true } }], [{ name: 'https', port: 6443, protocol: 'TCP' }]),
    kubelet,
    slice(
      kubelet,
      NODES.map(({ metadata: { name } }) => ({
        addresses: [address(name)], conditions: { ready: true }, nodeName: name, targetRef: { kind: 'Node', name, apiVersion: 'v1' },
      })),
      [{ name: 'https-metrics', port: 10250, protocol: 'TCP' }, { name: 'http-metrics', port: 10255, protocol: 'TCP' }, { name: 'cadvisor', port: 4194, protocol: 'TCP' }],
    ),
  ];
}

/**
 * Applications in two namespaces: several ports and containers, an init container that ends and one that is a sidecar, a Pod that is not ready, ones
 * that are done, annotations.
 */
function shop(namespace: string): KubeObject[] {
  const web = { app: 'shop', tier: 'web' };
  const labels = { ...web, team: 'cart', 'app.kubernetes.io/part-of': 'store' };
  const ports = { http: 8080, admin: 9000 };
  const webPod = {
    ...template({ labels }, container('web', ports), container('sidecar', { envoy: 15090 }), container('without-ports')),
  };
  const withInit = { ...webPod, spec: { ...webPod.spec, initContainers: [container('migrate', { migration: 8081 }), { ...container('proxy', { proxy: 9901 }), restartPolicy: 'Always' }] } };
  const job = template({ labels: { app: 'shop', tier: 'job' } }, container('job', { http: 8080 }));
  const asked = (annotations: Labels) => template({ labels: { app: 'asked', team: 'stock' }, annotations }, container('asked', { http: 8080, stats: 9100 }));
  const frontend = service(namespace, 'shop', { http: 80, admin: 9000 }, { ...labels, release: 'r.1' }, { selector: web, targetPorts: { http: 'http', admin: 'admin' } });
  return [
    pod(namespace, 'shop-1', withInit, { node: 'node-2' }),
    pod(namespace, 'shop-2', webPod, { node: 'node-3' }),
    pod(namespace, 'shop-3', webPod, { node: 'node-3', ready: false }),
    pod(namespace, 'shop-4', webPod, { node: 'node-3', phase: 'Pending' }),
    pod(namespace, 'shop-5', webPod, { node: 'node-2', phase: 'Failed' }),
    pod(namespace, 'shop-6', webPod, { node: 'node-2', phase: 'Pending', ip: '' }),
    pod(namespace, 'shop-7', template({ labels: { app: 'shop', tier: 'cache', release: 'r.1' } }, container('cache', { http: 8080 })), { ip: '2001:db8::7' }),
    pod(namespace, 'job-1', job, { phase: 'Succeeded' }),
    pod(namespace, 'job-2', job, { phase: 'Running', node: 'node-2' }),
    pod(namespace, 'other', template({ labels: { app: 'other', release: 'rx1' } }, container('other', { http: 8080 }))),
    pod(namespace, 'asked-1', asked({ 'prometheus.io/scrape': 'true' })),
    pod(namespace, 'asked-2', asked({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9100', 'prometheus.io/path': '/stats', 'prometheus.io/scheme': 'https' })),
    pod(namespace, 'asked-3', asked({ 'prometheus.io/scrape': 'false' })),
    pod(namespace, 'asked-4', asked({ 'prometheus.io/scrape': 'true' }), { phase: 'Failed' }),
    pod(namespace, 'asked-5', asked({ 'metrics.example.com/scrape': 'true', 'metrics.example.com/port': '7070' })),
    frontend,
    service(namespace, 'shop-headless', { http: 8080 }, labels, { selector: web }),
    service(namespace, 'shop-bare', { '': 8080 }, web, { selector: web }),
    // Looks like the release if its dot is taken for any character.
    service(namespace, 'shop-of-another-release', { admin: 9000 }, { app: 'admin', release: 'rx1' }, { selector: web }),
    service(namespace, 'asked', { http: 8080, stats: 9100 }, { team: 'stock' }, {
      selector: { app: 'asked' }, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9100', 'prometheus.io/path': '/all' },
    }),
    service(namespace, 'asked-plainly', { http: 8080 }, { team: 'stock' }, { selector: { app: 'asked' }, annotations: { 'prometheus.io/scrape': 'true' } }),
    service(namespace, 'probed', { http: 80, https: 443 }, { app: 'probed' }, { selector: web, annotations: { 'prometheus.io/probe': 'true' } }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace, name: 'shop', labels: { app: 'shop', release: 'r.1' }, annotations: { 'prometheus.io/probe': 'true' } },
      spec: {
        tls: [{ hosts: ['shop.example.com'] }],
        rules: ['shop.example.com', 'plain.example.com'].map((host) => ({
          host, http: { paths: ['/', '/cart'].map((path) => ({ path, pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } })) },
        })),
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace, name: 'hostless', labels: { app: 'hostless' }, annotations: { 'prometheus.io/probe': 'true' } },
      spec: { rules: [{ http: { paths: [{ pathType: 'ImplementationSpecific', backend: { service: { name: 'shop', port: { number: 80 } } } }] } }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace, name: 'unasked', labels: { app: 'other', release: 'rx1' } },
      spec: { rules: [{ host: 'other.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'other', port: { number: 80 } } } }] } }] },
    },
  ];
}

/** Alertmanagers that others run, with a port more than one alerts to. */
function alertmanagers(): KubeObject[] {
  const labels = { app: 'alertmanager' };
  const ports = { web: 9093, https: 9443 };
  return [
    pod('alerts', 'alertmanager-0', template({ labels }, container('alertmanager', ports))),
    ...['theirs', 'others'].map((name) => service('alerts', name, ports, labels, { selector: labels })),
  ];
}

/** A Pod in the namespace of Prometheus. */
function till(): KubeObject[] {
  return [pod('monitoring', 'till', template({ labels: { app: 'till' } }, container('till', { http: 8080, admin: 9000 })))];
}

/** Namespaces, with labels that select them. */
function namespaces(): KubeObject[] {
  const labels: { readonly [namespace: string]: Labels } = { shop: { team: 'cart' }, staging: { team: 'cart', off: 'yes' }, monitoring: {}, alerts: {}, 'kube-system': {}, default: {} };
  return Object.entries(labels).map(([name, own]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...own } } }));
}

/** What is in the cluster before anything of ours. */
export function world(): KubeObject[] {
  return [...namespaces(), ...NODES, ...kubeSystem(), ...alertmanagers(), ...till(), ...shop('shop'), ...shop('staging')];
}
