import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Exposure } from './exposure';

export interface ExposedServiceProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly selector: { [label: string]: string };
  /** The first is the one that people use. */
  readonly ports: ReadonlyArray<{ readonly name: string; readonly port: number }>;
  readonly exposure: Exposure;
}

/** A Service, and the Ingress or HTTPRoute that leads to it. */
export function exposedService(scope: Construct, props: ExposedServiceProps): k8s.KubeService {
  const { name, namespace, labels, selector, exposure } = props;
  const metadata = { name, namespace, labels };
  const service = new k8s.KubeService(scope, 'Service', {
    metadata,
    spec: {
      type: exposure._serviceType,
      selector,
      ports: props.ports.map((port, i) => ({
        name: port.name,
        port: port.port,
        targetPort: k8s.IntOrString.fromString(port.name),
        protocol: 'TCP',
        ...(i === 0 && exposure._nodePort !== undefined ? { nodePort: exposure._nodePort } : {}),
      })),
    },
  });
  const [main] = props.ports;
  if (exposure._ingress !== undefined) {
    const { host, path, tlsSecret, className, annotations } = exposure._ingress;
    new k8s.KubeIngress(scope, 'Ingress', {
      metadata: { ...metadata, annotations },
      spec: {
        ingressClassName: className,
        tls: tlsSecret === undefined ? undefined : [{ hosts: [host], secretName: tlsSecret.name }],
        rules: [{ host, http: { paths: [{ path: path ?? '/', pathType: 'Prefix', backend: { service: { name, port: { name: main.name } } } }] } }],
      },
    });
  }
  if (exposure._route !== undefined) {
    const { host, gateway, gatewayNamespace, sectionName, path } = exposure._route;
    new ApiObject(scope, 'HttpRoute', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [{ name: gateway, namespace: gatewayNamespace, sectionName }],
        hostnames: [host],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: path ?? '/' } }], backendRefs: [{ name, port: main.port }] }],
      },
    });
  }
  return service;
}
