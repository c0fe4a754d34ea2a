import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';
import { kubectl, listObjects } from './kubectl';
import { Pod } from './pods';

/** Where workers serve metrics, and the port. */
export const WORKER_PATH = '/metrics.txt';
export const WORKER_PORT = 8080;

/** Serves a backlog, and burns CPU while there is a file `on`. */
const SCRIPT = `
echo 'worker_backlog 0' > /data${WORKER_PATH}
httpd -p ${WORKER_PORT} -h /data
while true; do
  if [ -e /data/on ]; then i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; else sleep 1; fi
done
`;

/** A Deployment without a number of replicas, whose load is made by hand: a backlog that it tells, and use of CPU. */
export function workers(scope: Construct, name: string, namespace: string): ApiObject {
  const labels = { app: name };
  return new k8s.KubeDeployment(scope, name, {
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...HARDENED_POD,
          terminationGracePeriodSeconds: 1,
          containers: [{
            ...HARDENED_CONTAINER,
            name: 'worker',
            image: busybox(),
            command: ['sh', '-c', SCRIPT],
            ports: [{ name: 'http', containerPort: WORKER_PORT }],
            resources: {
              requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('16Mi') },
              limits: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('64Mi') },
            },
            readinessProbe: { httpGet: { path: WORKER_PATH, port: k8s.IntOrString.fromString('http') }, periodSeconds: 2 },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          }],
          volumes: [{ name: 'data', emptyDir: {} }],
        },
      },
    },
  });
}

/** Names of the Pods of workers, the oldest first. */
async function podsOf(name: string, namespace: string): Promise<string[]> {
  const pods = await listObjects<Pod>('pods', { namespace, selector: `app=${name}` });
  return pods.sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1)).map(({ metadata }) => metadata.name);
}

/** Runs a command in the oldest of the workers, which a smaller number of replicas leaves. */
export async function inOldest(name: string, namespace: string, command: string): Promise<void> {
  const [oldest] = await podsOf(name, namespace);
  await kubectl(['exec', '--namespace', namespace, oldest, '--', 'sh', '-c', command]);
}
