import { IConstruct } from 'constructs';
import { PrometheusOperator } from '../controller/prometheus-operator';
import { kubeletSource } from '../../backend/kubelet-source';
import { ScrapeJob } from '../../monitoring';
import { quoteList } from '../../text';

/** A job that discovers kubelets behind a Service. */
interface Look {
  readonly name: string;
  readonly namespace: string;
  readonly readOnlyPort: boolean;
}

function looksOf({ name, _discovery: discovery }: ScrapeJob): Look[] {
  const source = discovery.kind === 'kubelets' ? kubeletSource(discovery, 'service') : undefined;
  return source?.kind === 'service'
    ? (source.namespaces ?? []).map((namespace) => ({ name, namespace, readOnlyPort: source.port === 'http-metrics' }))
    : [];
}

/** Jobs that look for a Service of the kubelets, or a port of it, that no operator of the app keeps; none without an operator. */
export function kubeletServiceProblems(prometheus: IConstruct, jobs: readonly ScrapeJob[]): string[] {
  const looks = jobs.flatMap(looksOf);
  if (looks.length === 0) {
    return [];
  }
  const operators = prometheus.node.root.node.findAll().filter((construct) => construct instanceof PrometheusOperator);
  return operators.length === 0 ? [] : looks.flatMap((look) => problem(look, operators) ?? []);
}

function problem({ name, namespace, readOnlyPort }: Look, operators: readonly PrometheusOperator[]): string | undefined {
  const keepers = operators.filter(({ kubeletService }) => kubeletService.isKept);
  const found = keepers.filter(({ kubeletService }) => kubeletService.namespace === namespace);
  if (found.length === 0) {
    const kept = keepers.map(({ kubeletService }) => kubeletService.namespace);
    const where = kept.length === 0 ? 'none' : `one in ${quoteList(kept)}`;
    const wayOut = kept.length === 0 ? '' : `KubeletDiscovery.service('${kept[0]}') or `;
    return `scrape job '${name}' looks for the kubelets by a Service in '${namespace}', and operator '${operators[0].node.path}' keeps ${where}; say discovery: ${wayOut}KubeletDiscovery.nodes() of the KubeletMonitor`;
  }
  if (readOnlyPort && found.every(({ kubeletService }) => !kubeletService.hasReadOnlyPort)) {
    const [{ node, kubeletService }] = found;
    return `scrape job '${name}' takes the kubelets' read-only port, and Service '${kubeletService.namespace}/${kubeletService.name}' that operator '${node.path}' keeps has none; take readOnlyPort: false out of its KubeletService, or readOnlyPort out of the KubeletMonitor`;
  }
  return undefined;
}
