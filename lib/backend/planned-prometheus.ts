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

  /** Shortest time between two scrapes of a target so far, if that is known. @internal */
  public get _shortestInterval(): Duration | undefined {
    return this.scrapeInterval && this._plan.shortestInterval(this.scrapeInterval);
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
