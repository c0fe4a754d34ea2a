import { IConstruct } from 'constructs';
import { AccessTexts } from './access-texts';
import { SelectedKind, Selection } from './selection';
import { accountFilesOfClient } from '../prometheus/crd-settings';
import { accessOf } from '../../backend/access';
import { leftOutRules } from '../../backend/monitoring-plan';
import { note } from '../../kubernetes/notes';
import { ScrapeJob } from '../../monitoring';

/** Requirements on a Prometheus of others that the library cannot check, which are information on the construct as well. */
export class Requirements {
  private readonly texts = new Set<string>();
  private readonly access = new AccessTexts();
  private readonly withoutRules: string[] = [];

  constructor(private readonly construct: IConstruct, private readonly selection: Selection, private readonly scrapeClass: string | undefined) {}

  /** All so far. */
  public get all(): string[] {
    const { selection, texts, access, withoutRules } = this;
    return [...selection.requirements, ...texts, ...access.all, ...withoutRules.length === 0 ? [] : [leftOutRules(withoutRules)]];
  }

  /** Adds the selector of a kind. Throws when the Prometheus selects nothing of it. */
  public addOfKind(kind: SelectedKind, what: string): void {
    this.selection.require(kind, what).forEach((text) => note(this.construct, text));
  }

  /** Adds a thing whose rules an agent leaves out. */
  public addLeftOutRules(thing: string): void {
    this.withoutRules.push(thing);
    note(this.construct, leftOutRules([thing]));
  }

  /** Adds those of a job: access of the Prometheus to the API server and to its targets, and the file of its token. */
  public addOfJob(job: ScrapeJob): void {
    // A ScrapeConfig names the role by which it discovers, a ServiceMonitor leaves it to the resource of the Prometheus.
    const role = job._discovery.kind === 'annotated-services' ? 'endpointslice' : 'either';
    accessOf(job, 'service').forEach((access) => this.access.add(access, role).forEach((text) => note(this.construct, text)));
    if (job.endpoints.some(({ _client: client }) => accountFilesOfClient(client).token)) {
      this.add(this.scrapeClass === undefined
        ? "ServiceMonitors name the file of its token, which a Prometheus with arbitraryFSAccessThroughSMs.deny refuses; name a scrape class by 'scrapeClass' there"
        : `the Prometheus has to have a scrape class '${this.scrapeClass}' with authorization.credentialsFile, or the operator rejects the monitors that name it`);
    }
  }

  /** Adds one in words. */
  public add(text: string): void {
    if (!this.texts.has(text)) {
      this.texts.add(text);
      note(this.construct, text);
    }
  }
}
