import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

const KINDS = ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'];

/** The resources of an operator's chart of which it will make no workloads, in words. */
export function unmanaged(operator: IConstruct, manages: (namespace: string) => boolean): string[] {
  const resources = Chart.of(operator).node.findAll().filter((construct) => ApiObject.isApiObject(construct))
    .filter(({ apiGroup, kind }) => apiGroup === 'monitoring.coreos.com' && KINDS.includes(kind));
  return resources.filter(({ metadata: { namespace = 'default' } }) => !manages(namespace)).map(({ kind, name, metadata }) => (
    `${operator.node.path}: ${kind} '${metadata.namespace ?? 'default'}/${name}' is in a namespace where the operator makes no workloads, so nothing would run; name it in 'instanceNamespaces' or 'watchNamespaces'`
  ));
}
