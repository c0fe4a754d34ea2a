import { ScrapeJob } from '../../monitoring';

/** Names that the API server accepts. */
const LONGEST = 253;

/** The names of the resources that jobs become, each of its kind once. */
export class MonitorNames {
  private readonly taken = new Map<string, string>();

  /** @param name name of the Prometheus, with which the names begin */
  constructor(private readonly where: string, private readonly name: string) {}

  /** The name of a resource: the Prometheus's, the job's, and what tells several of one job apart. Throws when it is taken. */
  public claim(kind: string, job: ScrapeJob, suffix?: string): string {
    const name = [this.name, slug(job.name), ...(suffix === undefined ? [] : [slug(suffix)])].join('-');
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

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}
