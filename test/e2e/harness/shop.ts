import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { busybox, HARDENED_CONTAINER, HARDENED_POD } from './images';

/** Port of the shop, which its containers call `http`. */
export const SHOP_PORT = 8080;
/** Where the shop serves metrics. */
export const SHOP_PATH = '/metrics.txt';
/** Labels of the shop's Pods. */
export const SHOP_LABELS = { app: 'shop' };

/** An application that its owner wrote without a thought of us: it serves metrics, and annotations say where. */
export class Shop extends Construct {
  constructor(scope: Construct, id: string, private readonly namespace: string) {
    super(scope, id);
    const metadata = { name: 'shop', namespace };
    new k8s.KubeConfigMap(this, 'Pages', {
      metadata, data: { [SHOP_PATH.slice(1)]: '# TYPE shop_orders_total counter\nshop_orders_total 42\n', 'index.html': 'welcome\n' },
    });
    new k8s.KubeDeployment(this, 'Resource', {
      metadata,
      spec: {
        selector: { matchLabels: SHOP_LABELS },
        template: {
          metadata: {
            labels: SHOP_LABELS,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${SHOP_PORT}`, 'prometheus.io/path': SHOP_PATH },
          },
          spec: {
            ...HARDENED_POD,
            terminationGracePeriodSeconds: 1,
            containers: [{
              ...HARDENED_CONTAINER,
              name: 'shop',
              image: busybox(),
              command: ['httpd', '-f', '-p', `${SHOP_PORT}`, '-h', '/www'],
              ports: [{ name: 'http', containerPort: SHOP_PORT }],
              volumeMounts: [{ name: 'www', mountPath: '/www' }],
            }],
            volumes: [{ name: 'www', configMap: { name: 'shop' } }],
          },
        },
      },
    });
  }

  /** A Service that asks to be scraped and probed, and an Ingress that asks to be probed: at a host name that leads to the Service. */
  public open(): void {
    const { namespace } = this;
    const metadata = { name: 'shop', namespace, labels: SHOP_LABELS };
    new k8s.KubeService(this, 'Service', {
      metadata: {
        ...metadata,
        annotations: {
          'prometheus.io/probe': 'true', 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${SHOP_PORT}`, 'prometheus.io/path': SHOP_PATH,
        },
      },
      spec: { selector: SHOP_LABELS, ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    });
    new k8s.KubeIngress(this, 'Ingress', {
      metadata: { ...metadata, annotations: { 'prometheus.io/probe': 'true' } },
      spec: {
        rules: [{
          host: `shop.${namespace}.svc.cluster.local`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] },
        }],
      },
    });
  }
}
