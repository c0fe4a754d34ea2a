import { k8s } from 'cdk8s-plus-27';
import { KubeletSource, kubeletSource } from './kubelet-source';
import { selectsNamespaces } from './target-selection';
import { ScrapeJob } from '../monitoring';
import { Discovery } from '../monitoring/scrape/discovery';
import { AccountFile, accountFilesOf, WireMap } from '../wire/data';

/** Access that a job needs: in some namespaces, or across the cluster when `namespaces` is undefined. */
export interface Access {
  readonly namespaces?: readonly string[];
  readonly rules: readonly k8s.PolicyRule[];
}

/** Stands for the whole cluster among namespaces. */
export const WHOLE_CLUSTER = '*';

const WATCH = ['list', 'watch'];

/** Access of an informer of discovery by EndpointSlices. */
export const SLICES: readonly k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['services'], verbs: WATCH },
  { apiGroups: [''], resources: ['pods'], verbs: WATCH },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: WATCH },
];

/** Metadata of nodes and of namespaces, neither of which is in a namespace. */
function metadataAccess({ _attachesNodes: node, _discovery: discovery }: ScrapeJob): Access | undefined {
  const resources = [...(node ? ['nodes'] : []), ...(selectsNamespaces(discovery) ? ['namespaces'] : [])];
  return resources.length === 0 ? undefined : { rules: resources.map((resource) => ({ apiGroups: [''], resources: [resource], verbs: WATCH })) };
}

function discoveryAccess(discovery: Discovery, preferred: KubeletSource): Access | undefined {
  switch (discovery.kind) {
    case 'service':
    case 'annotated-services': return { namespaces: discovery.namespaces, rules: SLICES };
    case 'pods':
    case 'annotated-pods': return { namespaces: discovery.namespaces, rules: [{ apiGroups: [''], resources: ['pods'], verbs: WATCH }] };
    case 'nodes': return { rules: [{ apiGroups: [''], resources: ['nodes'], verbs: WATCH }] };
    case 'kubelets': return discoveryAccess(kubeletSource(discovery, preferred), preferred);
    case 'service-probes': return { namespaces: discovery.namespaces, rules: [{ apiGroups: [''], resources: ['services'], verbs: WATCH }] };
    case 'ingresses':
      return { namespaces: discovery.namespaces, rules: [{ apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WATCH }] };
    case 'static':
    case 'external':
    case 'static-probes':
    case 'raw': return undefined;
  }
}

/** Targets that take the service account's token ask the API server whether its owner may read what is scraped. */
function targetAccess(job: ScrapeJob): Access | undefined {
  const paths = job.endpoints.filter(({ _client }) => accountFilesOf(_client).includes(AccountFile.TOKEN)).map(({ path }) => path);
  if (paths.length === 0) {
    return undefined;
  }
  return { rules: [['nodes', 'kubelets'].includes(job._discovery.kind)
    ? { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }
    : { nonResourceUrLs: [...new Set(paths)], verbs: ['get'] }] };
}

/** Everything that a job needs, where kubelets are discovered in the preferred source if their job leaves it open. */
export function accessOf(job: ScrapeJob, preferred: KubeletSource): Access[] {
  return [discoveryAccess(job._discovery, preferred), metadataAccess(job), targetAccess(job)].filter((access) => access !== undefined);
}

/** Whether scraping the job takes the files of the service account: its token or the cluster's authority. */
export function usesAccountFiles(job: ScrapeJob): boolean {
  return discoveryAccess(job._discovery, 'nodes') !== undefined
    || (job._discovery.kind === 'raw' && /"kubernetes_sd_configs"|\/var\/run\/secrets\/kubernetes\.io\//.test(JSON.stringify(job._discovery.config)))
    || (job._discovery.kind === 'external' && clientUsesAccountFiles(job._discovery.source._client))
    || job.endpoints.some(({ _client }) => clientUsesAccountFiles(_client));
}

/** Whether a client of Prometheus reads files of the service account. */
export function clientUsesAccountFiles(client: WireMap): boolean {
  return accountFilesOf(client).length > 0;
}
