import { Chart, Testing } from 'cdk8s';
import { ScrapeJob, TlsClient } from '../../lib/monitoring';
import { Monitoring } from '../../lib/monitoring/monitored';

/** What the tests look into of a Pod. */
export interface PodManifest {
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: { readonly runAsNonRoot: boolean; readonly sysctls?: object[] };
  readonly containers: ReadonlyArray<{
    readonly image: string;
    readonly args: string[];
    readonly env?: object[];
    readonly volumeMounts: ReadonlyArray<{ readonly readOnly: boolean }>;
    readonly securityContext: { readonly capabilities: object };
  }>;
}

/** An object as it is written. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: { readonly [label: string]: string } };
  readonly spec: {
    readonly selector?: object;
    readonly template: { readonly metadata: { readonly annotations: { readonly [name: string]: string } }; readonly spec: PodManifest };
  };
  readonly rules?: object[];
  readonly subjects?: object[];
}

/** The objects of a chart in namespace `monitoring`. */
export function synth(make: (chart: Chart) => void): Manifest[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  make(chart);
  return Testing.synth(chart);
}

/** The only object of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  expect(found.map(({ metadata }) => metadata.name)).toHaveLength(1);
  return found[0];
}

/** Makes a construct in a chart of its own. */
export function inChart<T>(make: (chart: Chart) => T): T {
  return make(new Chart(Testing.app(), 'test', { namespace: 'monitoring' }));
}

/** What a job scrapes, as far as it differs from the defaults. */
export function told(job: ScrapeJob): object {
  const { prober: _, ...discovery } = { prober: undefined, ...job._discovery };
  return {
    name: job.name,
    discovery,
    endpoints: job.endpoints.map((endpoint) => ({
      name: endpoint.name,
      port: endpoint.port ?? endpoint.portNumber,
      path: endpoint.path,
      scheme: endpoint.scheme,
      ...(endpoint.interval === undefined ? {} : { interval: endpoint.interval.toHumanString() }),
      ...(endpoint.timeout === undefined ? {} : { timeout: endpoint.timeout.toHumanString() }),
      ...(endpoint.honorLabels ? { honorLabels: true } : {}),
      ...(endpoint.honorTimestamps ? {} : { honorTimestamps: false }),
      ...(endpoint.httpConfig.authorization?.usesServiceAccountToken ? { token: true } : {}),
      ...(endpoint.httpConfig.tls === undefined ? {} : tlsOf(endpoint.httpConfig.tls)),
      relabelings: [...endpoint.relabelings, ...endpoint.metricRelabelings].map((relabeling) => relabeling.toConfig()),
      metrics: endpoint.metrics.toRelabelings().map((relabeling) => relabeling.toConfig()),
    })),
  };
}

function tlsOf({ usesClusterCa, skipsVerification, ca, serverName }: TlsClient): object {
  return { tls: usesClusterCa ? 'cluster' : skipsVerification ? 'skipped' : ca?.key ?? 'system', ...(serverName === undefined ? {} : { serverName }) };
}

/** The only job of a thing. */
export function jobOf({ monitoring }: { readonly monitoring: Monitoring }): ScrapeJob {
  expect(monitoring.jobs).toHaveLength(1);
  return monitoring.jobs![0];
}

/** The expressions of a thing's rules, one after the other. */
export function expressions({ monitoring }: { readonly monitoring: Monitoring }): string {
  return JSON.stringify(monitoring.rules?._toData());
}
