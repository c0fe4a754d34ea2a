import { Duration } from 'cdk8s';
import { ExistingPrometheusProps } from './existing-prometheus-props';
import { checkScrapeClass } from './operator-fields';
import { MonitorKind } from '../prometheus/monitor-names';
import { kubeletSource } from '../../backend/kubelet-source';
import { checkNoRules } from '../../backend/agent-checks';
import { checkFeature } from '../../backend/prometheus-features';
import { checkCount } from '../../checks';
import { atLeast } from '../../kubernetes/images';
import { RuleGroup, ScrapeJob } from '../../monitoring';
import { parsedRule } from '../../promql/rule';
import { quoteList } from '../../text';
import { promDuration } from '../../units';

/** Throws when what the app says of a Prometheus of others cannot be. */
export function checkExistingPrometheus(where: string, props: ExistingPrometheusProps): void {
  const { scrapeClass, shards, scrapeInterval, version, operatorVersion, enableFeatures = [] } = props;
  checkCount(shards, `${where}: shards`, 'what is not known');
  checkCount(scrapeInterval?.toMilliseconds(), `${where}: scrapeInterval (ms)`, '30 seconds');
  if (version !== undefined && !atLeast(version, '3.0')) {
    throw new Error(`${where}: version '${version}' is older than 3.0, the oldest that the library knows; leave it out, and rules are not checked by it`);
  }
  if (operatorVersion !== undefined) {
    checkScrapeClass(where, scrapeClass, operatorVersion);
  }
  checkUnused(where, props);
  enableFeatures.forEach((feature) => checkFeature(`${where}: enableFeatures`, feature, version));
}

/** Throws on what has no effect: on the monitoring of the Prometheus itself where its Service is not named, on the rules of an agent. */
function checkUnused(where: string, props: ExistingPrometheusProps): void {
  const { service, agent = false, jobName, rules, generalRules, recordingRules, runbooks } = props;
  if (agent) {
    checkNoRules(where, { generalRules, recordingRules, runbooks });
  }
  const [unused] = Object.entries({ jobName, rules, generalRules }).flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  if (service === undefined && unused !== undefined) {
    throw new Error(`${where}: got '${unused}' without 'service', and it is about the monitoring of the Prometheus itself; name its Service, or leave '${unused}' out`);
  }
}

/** A job and the resource that it becomes. */
interface Reach {
  readonly kind: MonitorKind;
  readonly job: ScrapeJob;
  /** Namespace of the resource. */
  readonly namespace: string;
  readonly ignoresNamespaceSelectors: boolean;
}

/** Throws when the targets of a job are in a namespace into which the Prometheus does not look; a ScrapeConfig names namespaces otherwise. */
export function checkReach(where: string, { kind, job, namespace, ignoresNamespaceSelectors }: Reach): void {
  const discovery = job._discovery.kind === 'kubelets' ? kubeletSource(job._discovery, 'service') : job._discovery;
  if (!ignoresNamespaceSelectors || kind === 'ScrapeConfig' || !('namespaces' in discovery)) {
    return;
  }
  const { namespaces } = discovery;
  if (namespaces?.join() !== namespace) {
    const at = namespaces === undefined ? 'in all namespaces' : `in ${quoteList(namespaces)}`;
    throw new Error(`${where}: scrape job '${job.name}' looks for targets ${at}, and a Prometheus with ignoreNamespaceSelectors only in the namespace of the ${kind}, '${namespace}'; say by 'namespace' where the targets are, with an ExistingPrometheus for each namespace`);
  }
}

/** Interval of the resource of a Prometheus that names none. */
export const DEFAULT_INTERVAL = Duration.seconds(30);

/** Throws when the timeout of an endpoint is longer than the interval that the Prometheus has unless the app says otherwise. */
export function checkTimeouts(where: string, job: ScrapeJob, scrapeInterval: Duration | undefined): void {
  job.endpoints.filter(({ interval }) => interval === undefined && scrapeInterval === undefined).forEach(({ name, timeout }) => {
    if (timeout !== undefined && timeout.toMilliseconds() > DEFAULT_INTERVAL.toMilliseconds()) {
      throw new Error(`${where}: scrape job '${job.name}', endpoint '${name}': timeout ${promDuration(timeout)} is longer than ${promDuration(DEFAULT_INTERVAL)}, the interval of a Prometheus resource that names none, and the operator would reject the monitor; give the endpoint an 'interval', or say the Prometheus's by 'scrapeInterval'`);
    }
  });
}

/**
 * Says which alerts surely have no label `namespace`, and so miss every `AlertmanagerConfig`; undefined if there are none. The operator adds that
 * label to rules only where the Prometheus sets `enforcedNamespaceLabel`.
 * @see https://prometheus-operator.dev/docs/developer/alerting/#using-alertmanagerconfig-resources
 */
export function unroutedAlerts(groups: readonly RuleGroup[], namespace: string): string | undefined {
  const rules = groups.flatMap((group) => group._alertingRules());
  const unrouted = rules.filter(({ expr, labels }) => labels.namespace === undefined && parsedRule(expr)._lacksLabel('namespace'));
  const names = [...new Set(unrouted.map(({ alert }) => alert))];
  return names.length === 0 ? undefined
    : `${names.length === 1 ? 'alert' : 'alerts'} ${quoteList(names)} without a label 'namespace': an AlertmanagerConfig gets those of its namespace alone, unless the `
      + `Alertmanager sets alertmanagerConfigMatcherStrategy; keep the label, as in sum by (namespace) (…), or set it by labels: { namespace: '${namespace}' }`;
}
