import { namePart } from '../../kubernetes/names';
import { ScrapeJob } from '../../monitoring';

/** A kind of resources that scrape jobs become. */
export type MonitorKind = 'ServiceMonitor' | 'PodMonitor' | 'Probe' | 'ScrapeConfig';

/** Names that the API server accepts. */
const LONGEST = 253;

/** The names of the resources that jobs become, each of its kind once. */
export class MonitorNames {
  private readonly taken = new Map<string, string>();

  /**
   * @param name first part of the names
   * @param check throws when a job may not become a resource of a kind; called before one is made
   */
  constructor(
    private readonly where: string,
    private readonly name: string,
    private readonly check: (kind: MonitorKind, job: ScrapeJob) => void = () => undefined,
  ) {}

  /** The name of a resource: the Prometheus's, the job's, and what tells several of one job apart. Throws when it is taken. */
  public claim(kind: MonitorKind, job: ScrapeJob, suffix?: string): string {
    this.check(kind, job);
    const name = [this.name, namePart(job.name), ...(suffix === undefined ? [] : [namePart(suffix)])].join('-');
    const first = this.taken.get(`${kind} ${name}`);
    if (first !== undefined) {
      throw new Error(`${this.where}: scrape job '${job.name}' becomes ${kind} '${name}', and so does '${first}'; give one of the two another name`);
    }
    if (name.length > LONGEST) {
      throw new Error(`${this.where}: scrape job '${job.name}' becomes a ${kind} whose name has ${name.length} characters, and ${LONGEST} are allowed; give it a shorter name`);
    }
    this.taken.set(`${kind} ${name}`, job.name);
    return name;
  }
}
