import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';
import { getRaw, parse } from './kubectl';

const PORT = 8080;
const HOOK = '/cgi-bin/hook';
const NAME = 'webhook';

/** Writes each message as one line of a file, which can then be read by HTTP. */
const SCRIPT = `#!/bin/sh
body=$(head -c "$CONTENT_LENGTH" | tr -d '\\n')
echo "$body" >> /www/received.txt
printf 'Content-Type: text/plain\\r\\n\\r\\nok\\n'
`;

/** An alert in a message of Alertmanager. */
export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/** A message of Alertmanager. */
export interface Notification {
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly alerts: readonly NotifiedAlert[];
}

/** What people have behind a webhook: a web server in a Pod of its own, with a Service. It remembers each message. */
export class WebhookReceiver extends Construct {
  public readonly url: string;
  /** Where it takes no message. */
  public readonly refusingUrl: string;

  constructor(scope: Construct, id: string, namespace: string) {
    super(scope, id);
    const labels = { 'app.kubernetes.io/name': NAME };
    const metadata = { name: NAME, namespace, labels };
    const base = `http://${NAME}.${namespace}.svc:${PORT}`;
    this.url = `${base}${HOOK}`;
    this.refusingUrl = `${base}/none`;
    new k8s.KubeConfigMap(this, 'Script', { metadata, data: { hook: SCRIPT } });
    new k8s.KubeService(this, 'Service', {
      metadata, spec: { selector: labels, ports: [{ name: 'http', port: PORT, targetPort: k8s.IntOrString.fromNumber(PORT) }] },
    });
    new k8s.KubeDeployment(this, 'Resource', {
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...HARDENED_POD,
            terminationGracePeriodSeconds: 1,
            containers: [{
              ...HARDENED_CONTAINER,
              name: 'httpd',
              image: busybox(),
              command: ['sh', '-c', `touch /www/received.txt && exec httpd -f -p ${PORT} -h /www`],
              readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(PORT) } },
              volumeMounts: [{ name: 'www', mountPath: '/www' }, { name: 'script', mountPath: '/www/cgi-bin' }],
            }],
            volumes: [{ name: 'www', emptyDir: {} }, { name: 'script', configMap: { name: NAME, defaultMode: 0o555 } }],
          },
        },
      },
    });
  }
}

/** The messages that the receiver of a namespace has got, oldest first. */
export async function notificationsIn(namespace: string): Promise<Notification[]> {
  const text = await getRaw(`/api/v1/namespaces/${namespace}/services/${NAME}:http/proxy/received.txt`);
  return text.split('\n').filter((line) => line !== '').map((line) => parse<Notification>(line));
}
