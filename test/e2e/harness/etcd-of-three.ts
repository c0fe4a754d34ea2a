import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { EtcdMonitor } from 'cdk8s-prometheus';
import { HARDENED_CONTAINER, HARDENED_POD } from './images';
import { kubectl } from './kubectl';

const NAME = 'etcd-of-three';
const NAMESPACE = 'kube-system';
const LABELS = { app: NAME };
const [CLIENT_PORT, PEER_PORT, METRICS_PORT] = [2379, 2380, 2381];

/** Its address for clients, where it answers the gRPC health check. */
export const ETCD_OF_THREE = `${NAME}.${NAMESPACE}.svc:${CLIENT_PORT}`;

/** The image of the cluster's own etcd. */
export async function etcdImage(): Promise<string> {
  return kubectl(['get', 'pods', '--namespace', NAMESPACE, '--selector', 'component=etcd', '--output', 'jsonpath={.items[0].spec.containers[0].image}']);
}

/** Monitors its members. */
export function etcdOfThreeMonitor(chart: Chart): EtcdMonitor {
  return new EtcdMonitor(chart, `${NAME}-metrics`, { jobName: NAME, pods: LABELS, port: METRICS_PORT });
}

/** An etcd of three members of which the last never starts, with all of its metrics: a cluster with one control plane has none of this. */
export function etcdOfThree(chart: Chart, image: string): void {
  const metadata = { name: NAME, namespace: NAMESPACE, labels: LABELS };
  const peerUrl = (name: string) => `http://${name}.${NAME}.${NAMESPACE}.svc:${PEER_PORT}`;
  const members = [0, 1, 2].map((i) => `${NAME}-${i}`);
  new k8s.KubeStatefulSet(chart, NAME, {
    metadata,
    spec: {
      replicas: members.length - 1,
      serviceName: NAME,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          ...HARDENED_POD,
          terminationGracePeriodSeconds: 1,
          containers: [{
            ...HARDENED_CONTAINER,
            name: 'etcd',
            image,
            command: [
              'etcd', '--name=$(NAME)', '--data-dir=/data/etcd', '--metrics=extensive',
              `--initial-cluster=${members.map((name) => `${name}=${peerUrl(name)}`).join()}`, `--initial-advertise-peer-urls=${peerUrl('$(NAME)')}`,
              `--listen-peer-urls=http://0.0.0.0:${PEER_PORT}`, `--listen-client-urls=http://0.0.0.0:${CLIENT_PORT}`,
              `--advertise-client-urls=http://$(NAME).${NAME}.${NAMESPACE}.svc:${CLIENT_PORT}`, `--listen-metrics-urls=http://0.0.0.0:${METRICS_PORT}`,
            ],
            env: [{ name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          }],
          volumes: [{ name: 'data', emptyDir: {} }],
        },
      },
    },
  });
  new k8s.KubeService(chart, `${NAME}-members`, {
    metadata,
    spec: { selector: LABELS, clusterIp: 'None', publishNotReadyAddresses: true, ports: [{ name: 'client', port: CLIENT_PORT }, { name: 'peer', port: PEER_PORT }] },
  });
}
