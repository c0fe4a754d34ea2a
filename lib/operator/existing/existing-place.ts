import { ExistingPrometheusProps } from './existing-prometheus-props';
import { prometheusRules } from '../../components/prometheus/prometheus-rules';
import { WEB_PORT } from '../../backend/prometheus-settings';
import { RELOADER_PORT_NAME } from '../../backend/reloader-port';
import { checkNamespace, checkPortNumber, checkServedPath, checkServiceName } from '../../checks';
import { checkLeadingSlash, schemeOf } from '../../monitoring/existing-address';
import { httpConfigOf } from '../../monitoring/http/http-config';
import { HttpConfig, MetricSelection, Monitoring, ScrapeEndpoint, ScrapeJob } from '../../monitoring';

/** Place and monitoring of a Prometheus of others. */
export interface ExistingPlace {
  readonly namespace: string;
  readonly serviceName: string;
  readonly url: string;
  readonly httpConfig: HttpConfig;
  readonly monitoring: Monitoring;
}

/** Place and monitoring of a Prometheus, where the app knows its Service. Throws when what it says of that cannot be. */
export function existingPlace(where: string, { service, agent = false, jobName, rules }: ExistingPrometheusProps): ExistingPlace | undefined {
  if (service === undefined) {
    return undefined;
  }
  const program = agent ? 'prometheus-agent' : 'prometheus';
  const { namespace, serviceName = `${program}-operated`, portName = 'web', port = WEB_PORT, pathPrefix = '/' } = service;
  const scheme = schemeOf(service, port);
  checkPortNumber(port, `${where}: service`);
  checkLeadingSlash(pathPrefix, `${where}: service: pathPrefix`);
  checkServedPath(pathPrefix, `${where}: service: pathPrefix`);
  checkNamespace(namespace, `${where}: service: namespace`);
  checkServiceName(serviceName, `${where}: service: serviceName`);
  const prefix = pathPrefix.replace(/\/+$/, '');
  const httpConfig = httpConfigOf(service);
  const job = ScrapeJob.fromPods({
    name: jobName ?? program,
    labels: { 'app.kubernetes.io/name': program, 'app.kubernetes.io/managed-by': 'prometheus-operator' },
    namespaces: [namespace],
    endpoints: [{ port: portName, path: `${prefix}/metrics` }, { port: RELOADER_PORT_NAME }].map((endpoint) => (
      new ScrapeEndpoint({ ...endpoint, ...httpConfig, scheme, metrics: MetricSelection.all()._asDefault() })
    )),
  });
  return {
    namespace,
    serviceName,
    url: `${scheme}://${serviceName}.${namespace}.svc:${port}${prefix}`,
    httpConfig,
    monitoring: { jobs: [job], rules: prometheusRules({ jobName: job.name, agent }, rules) },
  };
}
