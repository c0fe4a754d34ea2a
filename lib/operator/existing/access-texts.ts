import { k8s } from 'cdk8s-plus-27';
import { Access, WHOLE_CLUSTER } from '../../backend/access';
import { quoteList } from '../../text';

const SLICES = 'endpointslices.discovery.k8s.io';

/** Some verbs on a resource, or on a path of the API server. */
interface Need {
  readonly verbs: string;
  readonly on: string;
}

/** Access that a Prometheus needs, in words: across the cluster, and what some namespaces have to grant besides. */
export class AccessTexts {
  /** Needs by where they are, and what they are. */
  private readonly needs = new Map<string, Map<string, Need>>();

  /** All so far, one text for the namespaces that have to grant the same. */
  public get all(): string[] {
    const everywhere = this.needs.get(WHOLE_CLUSTER);
    const namespaces = new Map<string, string[]>();
    this.needs.forEach((needs, namespace) => {
      const text = inWords([...needs].filter(([key]) => namespace === WHOLE_CLUSTER || !everywhere?.has(key)).map(([, need]) => need));
      namespaces.set(text, [...namespaces.get(text) ?? [], namespace]);
    });
    return [...namespaces].filter(([text]) => text !== '').map(([text, where]) => sentence(where, text));
  }

  /**
   * Adds access, and returns a text of it where it is new.
   * @param role role by which a job discovers the endpoints of Services; `either` where the resource of the Prometheus says it
   */
  public add({ namespaces = [WHOLE_CLUSTER], rules }: Access, role: 'endpointslice' | 'either'): string[] {
    const wanted = rules.flatMap(needsOf).map(({ verbs, on }): Need => ({ verbs, on: on === SLICES && role === 'either' ? `endpoints or ${SLICES}` : on }));
    const missing = namespaces.filter((namespace) => {
      const known = this.needs.get(namespace) ?? new Map<string, Need>();
      const before = known.size;
      wanted.forEach((need) => known.set(`${need.verbs} ${need.on}`, need));
      this.needs.set(namespace, known);
      return known.size > before;
    });
    return missing.length === 0 ? [] : [sentence(missing, inWords(wanted))];
  }
}

function needsOf({ apiGroups: [group] = [''], resources, nonResourceUrLs = [], verbs }: k8s.PolicyRule): Need[] {
  const names = resources?.map((resource) => (group === '' ? resource : `${resource}.${group}`)) ?? nonResourceUrLs;
  return names.map((on) => ({ verbs: verbs.join(' and '), on }));
}

/** `list and watch pods, services; get /metrics`. */
function inWords(needs: readonly Need[]): string {
  const verbs = [...new Set(needs.map((need) => need.verbs))].sort().reverse();
  return verbs.map((one) => `${one} ${needs.filter((need) => need.verbs === one).map(({ on }) => on).sort().join(', ')}`).join('; ');
}

function sentence(namespaces: readonly string[], text: string): string {
  const where = namespaces.includes(WHOLE_CLUSTER) ? 'across the cluster' : `in ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${quoteList(namespaces)}`;
  return `the service account of the Prometheus needs, ${where}: ${text}`;
}
