import { Construct } from 'constructs';
import { checkOperatedStorage } from '../operated-storage';
import { withoutVariables } from '../variable-checks';
import { PrometheusSettings } from '../../backend/prometheus-settings';
import { namesOfPrometheus } from '../../backend/taken-names';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { checkPods } from '../pod-spec';

/** The Services that the operator makes for all resources of a kind. */
const SHARED_SERVICES = ['prometheus-operated', 'prometheus-agent-operated'];

/** The length up to which the operator can make StatefulSets, and volumes with rules, of a name. */
function longestName(shards: number, agent: boolean): number {
  const prefix = 'prometheus-'.length;
  // A label of the Pods has 11 characters more than the StatefulSet; it and the volume's name have at most 63.
  const ofSets = 63 - 11 - prefix - (shards === 1 ? 0 : `-shard-${shards - 1}`.length);
  return agent ? ofSets : Math.min(ofSets, 63 - prefix - '-rulefiles-0'.length);
}

/** Throws when what is asked for is nothing that the operator would do, most of which it tells only when it runs. */
export function checkOperatedPrometheus(scope: Construct, settings: PrometheusSettings, identity: WorkloadIdentity): void {
  const { name } = identity;
  const { where, props, shards, storage, agent, image, version } = settings;
  const longest = longestName(shards, agent);
  if (name.length > longest) {
    throw new Error(`${where}: '${name}' has ${name.length} characters, and a ${agent ? 'PrometheusAgent' : 'Prometheus'}${shards === 1 ? '' : ` with ${shards} shards`} of the operator has at most ${longest}; give a shorter one by the prop 'name'`);
  }
  if (SHARED_SERVICES.includes(name)) {
    throw new Error(`${where}: '${name}' is the name of a Service that the operator makes itself; give another one by the prop 'name'`);
  }
  if (settings.knows('4.0')) {
    throw new Error(`${where}: image '${image}' is Prometheus ${version}, and the operator runs none from 4.0 on; choose an older image, or PrometheusServer`);
  }
  checkOperatedStorage(where, 'prometheus', storage);
  if (props.web !== undefined && props.web._certificate === undefined) {
    throw new Error(`${where}: the operator takes no whole web configuration and no passwords from 'web'; use WebConfig.tls(), or PrometheusServer`);
  }
  if (props.startupTimeout !== undefined && props.startupTimeout.toMilliseconds() < 60_000) {
    throw new Error(`${where}: startupTimeout is ${props.startupTimeout.toMilliseconds() / 1000} s, and the operator allows no less than 60 s; leave it out for 15 minutes`);
  }
  withoutVariables(`${where}: cluster`, props.cluster);
  withoutVariables(`${where}: externalLabels`, props.externalLabels);
  checkPods(scope, identity, props, {
    plain: 'PrometheusServer', labels: { 'operator.prometheus.io/name': name }, names: namesOfPrometheus(identity, settings, 'operator'),
    annotations: props.thanos?.objectStorage === undefined ? undefined : { 'checksum/objstore': '' },
  });
}
