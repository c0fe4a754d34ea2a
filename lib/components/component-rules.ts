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

/** The newest sample of each series of a selector, also while a scrape fails. */
export function latest(selector: string): string {
  return `last_over_time(${selector}[2m])`;
}

/**
 * Increase of a counter that is born with its first count, such as one with a label for the reason: its first sample is an increase too,
 * if its target was scraped before.
 * @param metric name of the counter
 * @param job matchers of its targets
 * @param window time, such as `15m`
 * @param matchers more matchers of the counter
 */
export function raised(metric: string, job: string, window: string, ...matchers: string[]): string {
  const counter = `${metric}{${[job, ...matchers].join(', ')}}`;
  return promql`
    increase(${counter}[${window}]) > 0
    or
    (${latest(counter)} > 0 unless last_over_time(${counter}[2m] offset ${window}))
      and on (cluster, job, instance) last_over_time(up{${job}}[2m] offset ${window}) == 1`;
}

/** The value of an alert as the rest of a lifetime, in a text: `ends in 3d`, `has ended`. */
export function ends(): string {
  return '{{ if gt $value 0.0 }}ends in {{ $value | humanizeDuration }}{{ else }}has ended{{ end }}';
}

/** The value of an alert with a noun, in a text: `1 replica`, `3 replicas`. */
export function counted(noun: string): string {
  return `{{ $value }} ${noun}{{ if ne $value 1.0 }}s{{ end }}`;
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

/**
 * Each cluster that has targets and none of the given series; where there are no targets at all, one without a cluster.
 * @param series a selector, which may be compared: `up{job="etcd"} == 1`
 */
export function missing(series: string): string {
  return promql`
    group by (cluster) (up) unless on (cluster) (${series})
    or on () absent(${series})`;
}

/** Targets by which the presence of a component is judged: those that expose its metrics. */
export interface PresenceTargets {
  /** Name of the scrape job. */
  readonly jobName: string;
  /** More matchers of its targets, each after a comma: `, metrics_path="/metrics"`. */
  readonly matchers?: string;
  /**
   * A metric that the component always exposes and other programs do not, where one of them might answer at its address: on a port of the
   * node, without TLS. A target without it counts as one that does not answer.
   */
  readonly proof?: string;
}

/** Presence of a component. */
export interface Presence extends PresenceTargets {
  /** Name of the alert. */
  readonly alert: string;
  /** Name of the component in a sentence: `the scheduler`, `kube-proxy`. */
  readonly what: string;
  /** Loss while it is gone. */
  readonly consequence: string;
  /** Severity of its absence. Critical if undefined. */
  readonly severity?: Severity;
}

/** Critical, unless its presence says otherwise: no target of the component answers, or there is none. */
export function downRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: missing(answering(presence)),
    for: Duration.minutes(15),
    severity: presence.severity ?? Severity.CRITICAL,
    labels: { job: presence.jobName },
    summary: `${atStart(presence.what)} is gone from monitoring`,
    description: `Prometheus has found no target of job ${presence.jobName} that answers for [for]: ${presence.consequence}.`,
  });
}

/** Warning: one target of the component is there and does not answer. */
export function unreachableRule(presence: Presence): AlertingRule {
  return trustedAlert({
    alert: presence.alert,
    expr: unanswering(presence),
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: `An instance of ${presence.what} does not answer`,
    description: `${atStart(presence.what)} at {{ $labels.instance }}{{ with $labels.node }}, node {{ . }},{{ end }} has failed every scrape for [for]: `
      + 'it does not run, or Prometheus cannot reach it. The page Target health of Prometheus has the error.',
  });
}

/** Targets that answer, as the component itself. */
function answering(targets: PresenceTargets): string {
  const { up, proof } = presenceSeries(targets);
  return proof === undefined ? `${up} == 1` : `${up} == 1 and on (cluster, instance) ${proof}`;
}

/** Targets that do not answer, or as another program. */
export function unanswering(targets: PresenceTargets): string {
  const { up, proof } = presenceSeries(targets);
  return proof === undefined ? `${up} == 0` : `${up} == 0 or ${up} == 1 unless on (cluster, instance) ${proof}`;
}

function presenceSeries({ jobName, matchers = '', proof }: PresenceTargets) {
  const job = jobMatcher(jobName);
  return { up: `up{${job}${matchers}}`, proof: proof === undefined ? undefined : latest(`${proof}{${job}}`) };
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
    summary: `${server} does not load changes of its configuration`,
    description: `The config reloader beside ${server} in Pod {{ $labels.namespace }}/{{ $labels.pod }} has failed to have a change of its configuration `
      + 'loaded for [for]; the server keeps the old one. Its log says why: '
      + '`kubectl -n {{ $labels.namespace }} logs {{ $labels.pod }} -c config-reloader`.',
  });
}
