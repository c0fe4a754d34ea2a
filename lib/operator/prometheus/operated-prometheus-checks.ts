import { withoutVariables } from '../variable-checks';
import { PrometheusSettings } from '../../backend/prometheus-settings';
import { checkCount } from '../../checks';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { checkPodMetadata } from '../pod-spec';

/** The Services that the operator makes for all resources of a kind. */
const SHARED_SERVICES = ['prometheus-operated', 'prometheus-agent-operated'];

/** Facts about a Prometheus resource that its checks need. */
export interface OperatedPrometheusChecks {
  readonly identity: WorkloadIdentity;
  readonly shards: number;
}

/** Throws when what is asked for is nothing that the operator would do, most of which it tells only when it runs. */
export function checkOperatedPrometheus(settings: PrometheusSettings, { identity, shards }: OperatedPrometheusChecks): void {
  const { name } = identity;
  const { where, props, storage, agent, image, version } = settings;
  checkCount(shards, `${where}: shards`, 'one');
  // The operator makes `prometheus-<name>-shard-<number>` of it, of which a label of the Pods has 11 characters more, and a volume
  // `prometheus-<name>-rulefiles-0`; both have at most 63.
  const longest = shards === 1 ? 40 : 32;
  if (name.length > longest) {
    throw new Error(`${where}: '${name}' has ${name.length} characters, and a ${agent ? 'PrometheusAgent' : 'Prometheus'}${shards === 1 ? '' : ' with shards'} of the operator has at most ${longest}; give a shorter one by the prop 'name'`);
  }
  if (SHARED_SERVICES.includes(name)) {
    throw new Error(`${where}: '${name}' is the name of a Service that the operator makes itself; give another one by the prop 'name'`);
  }
  if (settings.knows('4.0')) {
    throw new Error(`${where}: image '${image}' is Prometheus ${version}, and the operator runs none from 4.0 on; choose an older image, or PrometheusServer`);
  }
  if (storage._kind === 'existingClaim') {
    throw new Error(`${where}: the operator makes its own claims and takes no existing one, such as '${storage._claimName}'; use DataStorage.volumeClaimTemplate(), or PrometheusServer`);
  }
  if (props.web !== undefined && props.web._certificate === undefined) {
    throw new Error(`${where}: the operator takes no whole web configuration and no passwords from 'web'; use WebConfig.tls(), or PrometheusServer`);
  }
  if (props.startupTimeout !== undefined && props.startupTimeout.toMilliseconds() < 60_000) {
    throw new Error(`${where}: startupTimeout is ${props.startupTimeout.toMilliseconds() / 1000} s, and the operator allows no less than 60 s; leave it out for 15 minutes`);
  }
  if (props.extraFlags !== undefined && 'web.route-prefix' in props.extraFlags) {
    throw new Error(`${where}: extraFlags sets 'web.route-prefix', which the operator sets; it follows from the path of 'externalUrl'`);
  }
  withoutVariables(`${where}: cluster`, props.cluster);
  withoutVariables(`${where}: externalLabels`, props.externalLabels);
  checkPodMetadata(identity, props, { labels: { 'operator.prometheus.io/name': name } });
}
