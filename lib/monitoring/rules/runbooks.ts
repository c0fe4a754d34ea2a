import { checkArguments } from '../../arguments';

/** Place of the name of the alert in an address. */
const ALERT = '<alert>';

/**
 * Runbooks of the alerts of the library: where the pages are that say what to do, in the annotation `runbook_url`. An alert whose page is set by an
 * edit keeps it, and so do your own alerts.
 */
export class Runbooks {
  /** Pages of this project, one for each alert of the library. */
  public static readonly PROJECT = new Runbooks(`https://github.com/cdk8s-prometheus/cdk8s-prometheus/blob/main/docs/runbooks/${ALERT}.md`);

  /** No runbooks: the alerts have no annotation `runbook_url`. */
  public static readonly NONE = new Runbooks('');

  /**
   * Pages of your own. Throws unless the address is a URL of HTTP with a place for the name of the alert.
   * @param url the address, in which `<alert>` is the name of the alert: `https://runbooks.example.com/<alert>.html`
   */
  public static at(url: string): Runbooks {
    checkArguments('Runbooks.at', { url });
    checkRunbookUrl('Runbooks.at', url);
    if (!url.includes(ALERT)) {
      throw new Error(`Runbooks.at: '${url}' is one page for all alerts; put '${ALERT}' where the name of the alert goes, as in 'https://runbooks.example.com/${ALERT}.html'`);
    }
    return new Runbooks(url);
  }

  private constructor(private readonly url: string) {}

  /** Address of the page of an alert; empty without runbooks. @internal */
  public _urlOf(alert: string): string {
    return runbookUrl(this.url, alert);
  }
}

/** Throws unless `url` is a URL of HTTP that may have a place for the name of an alert. */
export function checkRunbookUrl(where: string, url: string): void {
  if (!/^https?:\/\/[^/\s{}]+(\/[^\s{}]*)?$/.test(url)) {
    throw new Error(`${where}: runbook '${url}' is not a URL of HTTP; give one such as 'https://runbooks.example.com/${ALERT}.html'`);
  }
}

/** The address of the page of an alert. */
export function runbookUrl(url: string, alert: string): string {
  return url.replaceAll(ALERT, alert);
}
