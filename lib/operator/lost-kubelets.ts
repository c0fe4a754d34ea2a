import { IConstruct } from 'constructs';
import { PrometheusOperator } from './prometheus-operator';
import { ScrapeJob } from '../monitoring';
import { quoteList } from '../text';

/** The jobs that look for a Service of the kubelets where no operator of the app keeps one, in words; of an app without operator nothing is known. */
export function lostKubelets(prometheus: IConstruct, jobs: readonly ScrapeJob[]): string[] {
  const looks = jobs.flatMap(({ name, _discovery: discovery, _scrapesNodes: ofNodes }) => (
    ofNodes && discovery.kind === 'service' ? [{ name, namespaces: discovery.namespaces ?? [] }] : []
  ));
  if (looks.length === 0) {
    return [];
  }
  const operators = prometheus.node.root.node.findAll().filter((construct) => construct instanceof PrometheusOperator);
  const kept = operators.filter(({ kubeletService }) => kubeletService.isKept).map(({ kubeletService }) => kubeletService.namespace);
  const where = kept.length === 0 ? 'none' : `one in ${quoteList(kept)}`;
  const wayOut = kept.length === 0 ? '' : `KubeletDiscovery.service('${kept[0]}') or `;
  const lost = looks.filter(({ namespaces }) => operators.length > 0 && !namespaces.some((namespace) => kept.includes(namespace)));
  return lost.map(({ name, namespaces }) => (
    `${prometheus.node.path}: scrape job '${name}' looks for the kubelets by a Service in ${quoteList(namespaces)}, and operator '${operators[0].node.path}' keeps ${where}; say discovery: ${wayOut}KubeletDiscovery.nodes() of the KubeletMonitor`
  ));
}
