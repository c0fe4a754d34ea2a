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

/** Facts that the construct of a component knows, and that its rules follow. They are no options. */
export interface RuleContext {
  /** Name of the component's scrape job; its default name if undefined. */
  readonly jobName?: string;
}

/** The rule set of a component by its job. Groups of another job than the default are named after it, so that a Prometheus can have both. */
export function jobRules(jobName: string, defaultName: string, ...groups: RuleGroup[]): RuleSet {
  return componentRules(...(jobName === defaultName
    ? groups
    : groups.map((group) => trustedGroup({ ...group._props(), name: `${group.name}-${jobName}` }))));
}

/** The matcher of a job: `job="etcd"`. */
export function jobMatcher(job: string): string {
  return `job=${JSON.stringify(job)}`;
}

/** PromQL written over several lines, without the indentation of the code around it. Values of several lines are indented as their first. */
export function promql(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const text = parts.raw.slice(1).reduce((before, part, i) => {
    const value = `${values[i]}`;
    return `${before}${value.includes('\n') ? value.replaceAll('\n', `\n${indentOfLast(before)}`) : value}${part}`;
  }, parts.raw[0]);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

function indentOfLast(text: string): string {
  return /^ */.exec(text.slice(text.lastIndexOf('\n') + 1))?.[0] ?? '';
}

/** Targets by which the presence of a component is judged. */
export interface Presence {
  /** Name of the alert. */
  readonly alert: string;
  /** Name of the component in a sentence: `the scheduler`, `kube-proxy`. */
  readonly what: string;
  /** Name of its scrape job. */
  readonly jobName: string;
  /** More matchers of its targets, each after a comma: `, metrics_path="/metrics"`. */
  readonly matchers?: string;
  /** Loss while it is gone. */
  readonly consequence: string;
}

/** Critical: no target of the component answers, or there is none. */
export function downRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: `absent(up{${jobMatcher(presence.jobName)}${presence.matchers ?? ''}} == 1)`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    labels: { job: presence.jobName },
    summary: `${atStart(presence.what)} is gone from monitoring`,
    description: `Prometheus has found no target of job ${presence.jobName} that answers for [for]: ${presence.consequence}.`,
  });
}

/** Warning: one target of the component is there and does not answer. */
export function unreachableRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: `up{${jobMatcher(presence.jobName)}${presence.matchers ?? ''}} == 0`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: `An instance of ${presence.what} does not answer`,
    description: `${atStart(presence.what)} at {{ $labels.instance }} has failed every scrape for [for]: ${presence.consequence}.`,
  });
}

/** At the start of a sentence an article gets a capital; the name of a program stays as it is. */
function atStart(what: string): string {
  return what.replace(/^the /, 'The ');
}

/** Warning: the config reloader beside a server has failed to reload it. `job` is a matcher. */
export function reloaderRule(job: string, server: string): AlertingRule {
  return trustedAlert({
    alert: 'ConfigReloaderSidecarErrors',
    expr: `max_over_time(reloader_last_reload_successful{${job}}[5m]) == 0`,
    for: Duration.minutes(10),
    severity: Severity.WARNING,
    summary: `${server} does not take up changes of its configuration`,
    description: `The config reloader beside ${server} in Pod {{ $labels.namespace }}/{{ $labels.pod }} has failed for [for] to have a change of its `
      + 'configuration loaded; the server goes on with the old one.',
  });
}
