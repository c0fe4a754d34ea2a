import { AlertingRule, RecordingRule, RuleSet, ScrapeJob, TlsClient } from '../../lib/monitoring';
import { Monitoring } from '../../lib/monitoring/monitored';

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

/** The names of the alerts and of the recorded series of a rule set, in order, as often as they stand there. */
export function namesOf(rules: RuleSet = RuleSet.EMPTY): string[] {
  return rules.groups.flatMap((group) => group.rules)
    .flatMap((rule) => (rule instanceof AlertingRule ? rule.alert : rule instanceof RecordingRule ? rule.record : []));
}
