import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { MonitoringPlan } from './monitoring-plan';
import { PrometheusDashboards } from './prometheus-dashboards';
import { checkArguments } from '../arguments';
import {
  ForwardOptions, HttpConfig, IAlertmanager, IForwarding, IMonitored, IPrometheus, Monitoring, RemoteWrite, RuleEdit, RuleGroup, RuleSet, ScrapeJob,
  Sink, ThanosEndpoint,
} from '../monitoring';

/** A Prometheus that holds a plan; the docstrings of its members are those of `IPrometheus`. @internal */
export abstract class PlannedPrometheus extends Construct implements IPrometheus {
  public abstract readonly namespace: string;
  public abstract readonly serviceName: string;
  public abstract readonly url: string;
  public abstract readonly httpConfig?: HttpConfig;
  public abstract readonly scrapeInterval?: Duration;
  public abstract readonly thanosEndpoint?: ThanosEndpoint;
  public abstract readonly monitoring: Monitoring;
  /** Whether it answers no queries. @internal */
  public abstract readonly _isAgent: boolean;
  /** Dashboards, which grow with jobs and remote stores. @internal */
  public abstract readonly _dashboards: PrometheusDashboards;
  /** @internal */
  protected abstract readonly _plan: MonitoringPlan;

  /** Alerts of what is monitored that are left out, because no shard can tell whether a target is there. @internal */
  public get _unjudgedAlerts(): readonly string[] {
    return this._plan.unjudgedAlerts;
  }

  /** Whether each query sees one shard of several. @internal */
  public get _isSharded(): boolean {
    return this._plan.isSharded;
  }

  /** All jobs so far, where no series come from elsewhere. @internal */
  public get _knownJobs(): readonly ScrapeJob[] | undefined {
    return this._plan.knownJobs;
  }

  /** Names of the series that it records. @internal */
  public get _records(): readonly string[] {
    return this._plan.records;
  }

  /** Names of series that it would record if a rule of it used them. @internal */
  public get _optionalRecords(): readonly string[] {
    return this._plan.optionalRecords;
  }

  public monitor(...things: IMonitored[]): IMonitored[] {
    checkArguments('IPrometheus.monitor', { things }, this.node.path);
    return this._plan.monitor(...things);
  }

  public addScrapeJob(job: ScrapeJob): ScrapeJob {
    checkArguments('IPrometheus.addScrapeJob', { job }, this.node.path);
    return this._plan.addScrapeJob(job);
  }

  public addRules(...groups: RuleGroup[]): RuleGroup[] {
    checkArguments('IPrometheus.addRules', { groups }, this.node.path);
    return this._plan.addRules(...groups);
  }

  public addRuleSet(rules: RuleSet): RuleSet {
    checkArguments('IPrometheus.addRuleSet', { rules }, this.node.path);
    return this._plan.addRuleSet(rules);
  }

  public adjustRules(...edits: RuleEdit[]): void {
    checkArguments('IPrometheus.adjustRules', { edits }, this.node.path);
    this._plan.adjustRules(...edits);
  }

  public sendAlertsTo(alertmanager: IAlertmanager): IAlertmanager {
    checkArguments('IPrometheus.sendAlertsTo', { alertmanager }, this.node.path);
    return this._plan.sendAlertsTo(alertmanager);
  }

  public addRemoteWrite(remoteWrite: RemoteWrite): RemoteWrite {
    checkArguments('IPrometheus.addRemoteWrite', { remoteWrite }, this.node.path);
    return this._plan.addRemoteWrite(remoteWrite);
  }

  public abstract forward(sink: Sink, options?: ForwardOptions): IForwarding;
}
