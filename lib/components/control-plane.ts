import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ControlPlaneOptions } from './control-plane-options';
import { endpointOptions } from './endpoint-options';
import { PLUMBING } from './kubernetes-metrics';
import { KUBE_SYSTEM, podsService } from './pods-service';
import { note } from '../kubernetes/notes';
import { Authorization, MetricSelection, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, TlsClient } from '../monitoring';
import { checkPortNumber } from '../checks';

export interface ControlPlaneMonitored {
  readonly job: ScrapeJob;
  readonly service: k8s.KubeService;
}

export interface ControlPlaneProgram {
  /** Name of the Service. */
  readonly name: string;
  /** What the program is called, and with it its job. */
  readonly program: string;
  readonly port: number;
}

/** Finds the static Pods of a part of the control plane through a headless Service, and scrapes them with the scraper's own token. */
export function monitorControlPlane(scope: Construct, of: ControlPlaneProgram, options: ControlPlaneOptions): ControlPlaneMonitored {
  const { name, program, port } = of;
  checkPortNumber(options.port ?? port, `${scope.node.path}: port`);
  const { service, labels } = podsService(scope, {
    name,
    program,
    pods: options.pods ?? { component: program, tier: 'control-plane' },
    portName: 'https-metrics',
    port: options.port ?? port,
  });
  const tls = options.tls ?? TlsClient.insecureSkipVerify();
  if (tls.skipsVerification) {
    note(scope, `the certificate of ${program} is not verified: whoever answers at its address is sent the token of Prometheus; `
      + `give ${program} a certificate by --tls-cert-file and --tls-private-key-file, and name its authority by 'tls'`);
  }
  const job = ScrapeJob.fromService({
    name: options.jobName ?? program,
    labels,
    namespaces: [KUBE_SYSTEM],
    endpoints: securedEndpoints({
      ...endpointOptions(options, MetricSelection.drop(...PLUMBING)),
      port: 'https-metrics',
      tls,
      authorization: Authorization.serviceAccountToken(),
    }, options.serviceLevelIndicators),
  });
  return { job, service };
}

/** The endpoint of the metrics, and that of the service level indicators where they are wanted. */
export function securedEndpoints(endpoint: ScrapeEndpointProps, serviceLevelIndicators: boolean = false): ScrapeEndpoint[] {
  const { metrics: _, ...same } = endpoint;
  return [new ScrapeEndpoint(endpoint), ...(serviceLevelIndicators ? [new ScrapeEndpoint({ ...same, metrics: MetricSelection.all()._proven(), path: '/metrics/slis' })] : [])];
}
