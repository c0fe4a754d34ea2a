import { Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ApiServiceTls, MetricsApiOptions, MetricSelection, TlsClient, TlsServer } from '../../lib';
import { Manifest } from '../manifests';
import { PodOption } from '../pod-options';
import { workloadProps } from '../workload-props';

export const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

export function secret(chart: Construct, name: string): ISecret {
  return Secret.fromSecretName(chart, `secret-${name}`, name);
}

/** A certificate in a Secret of the cluster. */
export function given(chart: Construct): ApiServiceTls {
  return ApiServiceTls.fromSecret(TlsServer.fromSecret(secret(chart, 'api-tls')), PEM);
}

/** Every option that servers of metrics APIs have in common, but for those of all Pods. */
export function everyOption(chart: Chart): Required<Omit<MetricsApiOptions, PodOption>> & Pick<MetricsApiOptions, 'hostNetwork'> {
  return {
    tls: given(chart),
    scrapeTls: TlsClient.systemCa({ serverName: 'metrics.example.com' }),
    replicas: 3,
    maxUnavailable: 2,
    hostNetwork: true,
    port: 9443,
    rules: { apiServerJobName: 'api' },
    name: 'api',
    namespace: 'metrics',
    image: 'example.com/image:v1.2.3',
    registry: 'mirror.example.com',
    imagePullSecrets: [secret(chart, 'pull')],
    ...workloadProps(chart, 'metrics', 'reader'),
    metrics: MetricSelection.all(),
  };
}

/** Traces of `everyOption` in the Deployment. */
export const EVERY_OPTION_OF_POD = {
  spec: {
    replicas: 3,
    template: {
      metadata: {
        labels: { 'c': 'd', 'app.kubernetes.io/version': '1.2.3', 'app.kubernetes.io/instance': 'api' },
        annotations: { a: 'b' },
      },
      spec: {
        serviceAccountName: 'reader',
        automountServiceAccountToken: true,
        imagePullSecrets: [{ name: 'pull' }],
        nodeSelector: { 'kubernetes.io/os': 'linux', 'pool': 'system' },
        tolerations: [{ key: 'system', operator: 'Exists' }],
        affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
        priorityClassName: 'important',
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }, { topologyKey: 'topology.kubernetes.io/zone' }],
        containers: [{
          image: 'example.com/image:v1.2.3',
          ports: [{ name: 'https', containerPort: 9443 }],
          resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
        }],
      },
    },
  },
};

/** What is said of a construct. */
export function notesOf(construct: Construct): string[] {
  return construct.node.metadata.filter(({ type }) => type === 'info').map(({ data }) => String(data));
}

/** Arguments of the first container of the only Deployment. */
export function argsOf(manifests: readonly Manifest[]): string[] {
  const [deployment] = manifests.filter(({ kind }) => kind === 'Deployment');
  return deployment.spec.template.spec.containers[0].args;
}
