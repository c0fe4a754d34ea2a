import { Duration } from 'cdk8s';
import { IAlertmanager } from './alertmanager';
import { HttpConfig } from './http';
import { IMonitored } from './monitored';
import { RemoteWrite } from './remote-write';
import { RuleEdit, RuleGroup, RuleSet } from './rules';
import { ScrapeJob } from './scrape';
import { ForwardOptions, IForwarding, Sink } from './sinks';
import { IThanosStore } from './thanos';

/** A Prometheus, whichever way it is deployed. */
export interface IPrometheus extends IThanosStore, IMonitored {
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the Service that serves port `web`, 9090. */
  readonly serviceName: string;
  /** URL within the cluster, without a slash at its end. */
  readonly url: string;
  /** HTTP client settings for it, where it serves TLS or asks for a password. */
  readonly httpConfig?: HttpConfig;
  /** Time between two scrapes of jobs without their own, where that is known. */
  readonly scrapeInterval?: Duration;

  /**
   * Scrapes each thing and evaluates its rules, which an agent leaves out. Throws when a thing is monitored already, or the name of a job or of
   * a rule group is taken.
   */
  monitor(...things: IMonitored[]): IMonitored[];

  /** Adds a scrape job. Throws when its name is taken, or a Secret that it needs is in another namespace. */
  addScrapeJob(job: ScrapeJob): ScrapeJob;

  /** Adds rule groups. Throws when the name of a group is taken, and in agent mode. */
  addRules(...groups: RuleGroup[]): RuleGroup[];

  /** Adds the groups of a rule set, such as one read from a file. Throws when the name of a group is taken, and in agent mode. */
  addRuleSet(rules: RuleSet): RuleSet;

  /**
   * Changes rules that exist already or are added later. An edit that names no alert in the end fails the synthesis; in agent
   * mode each throws.
   */
  adjustRules(...edits: RuleEdit[]): void;

  /**
   * Sends alerts to an Alertmanager, to several when called again, and monitors one that can be monitored. Throws in agent mode, or when
   * alerts are sent to it already.
   */
  sendAlertsTo(alertmanager: IAlertmanager): IAlertmanager;

  /** Adds a remote store that samples are sent to. Throws when its name is taken. */
  addRemoteWrite(remoteWrite: RemoteWrite): RemoteWrite;

  /**
   * Forwards samples to a sink that does not accept remote write: makes a gateway, `<prometheus>-<sink>` in the namespace of the Prometheus unless
   * `options` name another, writes to it and monitors it. Throws when its name is taken.
   */
  forward(sink: Sink, options?: ForwardOptions): IForwarding;
}
