import { Duration } from 'cdk8s';
import { AlertingRule } from '../monitoring/rules/alerting-rule';
import { RuleGroup } from '../monitoring/rules/rule-group';
import { RuleSet } from '../monitoring/rules/rule-set';
import { Severity } from '../monitoring/rules/severity';
import { trustedAlert, trustedGroup } from '../monitoring/rules/trusted';

/** The rule set of a component. Groups without rules, such as those of a part that is switched off, are left out. */
export function componentRules(...groups: RuleGroup[]): RuleSet {
  return RuleSet.of(...groups.filter((group) => group.rules.length > 0));
}

/** Whose rules they are: the name of the job, and that which the component usually has. */
export interface RulesOwner {
  readonly jobName?: string;
  readonly usual: string;
}

/** The rule set of a component by its job. Groups of another job than the usual are named after it, so that a Prometheus can have both. */
export function jobRules({ jobName, usual }: RulesOwner, ...groups: RuleGroup[]): RuleSet {
  const named = jobName === undefined || jobName === usual
    ? groups
    : groups.map((group) => trustedGroup({ ...group._props(), name: `${group.name}-${jobName}` }));
  return componentRules(...named);
}

/** The matcher of a job: `job="etcd"`. */
export function jobMatcher(job: string): string {
  return `job=${JSON.stringify(job)}`;
}

/** PromQL written over several lines, without the indentation of the code around it. */
export function promql(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const lines = String.raw(parts, ...values).split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

/** What the presence of a component is judged by. */
export interface Presence {
  /** The name of the alert. */
  readonly alert: string;
  /** What it is, for people: `the scheduler`. */
  readonly what: string;
  /** Its job label. */
  readonly job: string;
  /** More matchers of its targets, each after a comma: `, metrics_path="/metrics"`. */
  readonly matchers?: string;
  /** What is lost while it is gone. */
  readonly consequence: string;
}

/** Critical: no target of the component answers, or there is none. */
export function downRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: `absent(up{${jobMatcher(presence.job)}${presence.matchers ?? ''}} == 1)`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    labels: { job: presence.job },
    summary: `${capitalised(presence.what)} is gone from monitoring`,
    description: `Prometheus has found no target of job ${presence.job} that answers for 15 minutes: ${presence.consequence}.`,
  });
}

/** Warning: one target of the component is there and does not answer. */
export function unreachableRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: `up{${jobMatcher(presence.job)}${presence.matchers ?? ''}} == 0`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: `An instance of ${presence.what} does not answer`,
    description: `${capitalised(presence.what)} at {{ $labels.instance }} has failed every scrape for 15 minutes: ${presence.consequence}.`,
  });
}

function capitalised(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}

/** Warning: the config reloader beside a server has failed to reload it. `job` is a matcher. */
export function reloaderRule(job: string, server: string): AlertingRule {
  return trustedAlert({
    alert: 'ConfigReloaderSidecarErrors',
    expr: `max_over_time(reloader_last_reload_successful{${job}}[5m]) == 0`,
    for: Duration.minutes(10),
    severity: Severity.WARNING,
    summary: `${server} does not take up changes of its configuration`,
    description: `The config reloader beside ${server} in Pod {{ $labels.namespace }}/{{ $labels.pod }} has failed for 10 minutes to have a change of its `
      + 'configuration loaded; the server goes on with the old one.',
  });
}
