import { IConstruct } from 'constructs';
import { IAlertmanager } from './alertmanager';
import { IMonitored } from './monitored';
import { RemoteWrite } from './remote-write';
import { RuleEdit, RuleGroup, RuleSet } from './rules';
import { ScrapeJob } from './scrape';

/** A Prometheus, whichever way it is deployed. */
export interface IPrometheus extends IConstruct {
  /** URL within the cluster, without a slash at its end. */
  readonly url: string;

  /** Scrapes each thing and evaluates its rules. Throws when a thing is monitored already, or a job's name is taken. */
  monitor(...things: IMonitored[]): void;

  /** Scrapes one more job. Throws when the job's name is taken. */
  addScrapeJob(job: ScrapeJob): void;

  /** Evaluates more groups of rules. Throws when a group's name is taken. */
  addRules(...groups: RuleGroup[]): void;

  /** Evaluates the groups of a rule set, such as one read from a file. */
  addRuleSet(rules: RuleSet): void;

  /** Changes rules that are here or come later. An edit that in the end names no alert fails the synthesis. */
  adjustRules(...edits: RuleEdit[]): void;

  /** Sends alerts to an Alertmanager; to several when called again. */
  sendAlertsTo(alertmanager: IAlertmanager): void;

  /** Sends samples to a remote store as well. */
  remoteWrite(target: RemoteWrite): void;
}
