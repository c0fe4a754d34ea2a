import { IConstruct } from 'constructs';
import { accountFilesOfClient } from '../prometheus/crd-settings';
import { Access, accessOf } from '../../backend/access';
import { note } from '../../kubernetes/notes';
import { mergedRules } from '../../kubernetes/rbac';
import { ScrapeJob } from '../../monitoring';
import { quoteList } from '../../text';

/** Requirements on a Prometheus of others that the library cannot check, each said once, as information on the construct. */
export class Requirements {
  private readonly texts = new Set<string>();

  constructor(private readonly construct: IConstruct, private readonly scrapeClass: string | undefined) {}

  /** All so far. */
  public get all(): string[] {
    return [...this.texts];
  }

  public add(text: string): void {
    if (!this.texts.has(text)) {
      this.texts.add(text);
      note(this.construct, text);
    }
  }

  /** Adds those of a job: access of the Prometheus to the API server and to its targets, and the file of its token. */
  public addOfJob(job: ScrapeJob): void {
    // A ScrapeConfig names the role by which it discovers, a ServiceMonitor leaves it to the resource of the Prometheus.
    const slices = job._discovery.kind === 'annotated-services' ? SLICES : `${SLICES} (endpoints, unless its serviceDiscoveryRole is EndpointSlice)`;
    accessOf(job, 'service').forEach((access) => this.add(`the service account of the Prometheus has to be allowed to ${accessText(access, slices)}`));
    if (job.endpoints.some(({ _client: client }) => accountFilesOfClient(client).token)) {
      this.add(this.scrapeClass === undefined
        ? "ServiceMonitors name the file of its token, which a Prometheus with arbitraryFSAccessThroughSMs.deny refuses; name a scrape class by 'scrapeClass' there"
        : `the Prometheus has to have a scrape class '${this.scrapeClass}' with authorization.credentialsFile, or the operator rejects the monitors that name it`);
    }
  }
}

const SLICES = 'endpointslices.discovery.k8s.io';

/** Access in words: `list, watch pods, services in namespace 'shop'`. */
function accessText({ namespaces, rules }: Access, slices: string): string {
  const parts = mergedRules(rules).map(({ apiGroups: [group] = [''], resources, nonResourceUrLs = [], verbs }) => {
    const names = resources?.map((resource) => (group === '' ? resource : `${resource}.${group}`)) ?? nonResourceUrLs;
    return `${verbs.join(', ')} ${names.map((name) => (name === SLICES ? slices : name)).join(', ')}`;
  });
  const where = namespaces === undefined ? 'across the cluster' : `in ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${quoteList(namespaces)}`;
  return `${parts.join(' and ')} ${where}`;
}
