import { Duration } from 'cdk8s';
import { AlertingRuleProps } from './alerting-rule';
import { Severity } from './severity';
import { checkRuleTemplate } from '../../templates/rule-template';
import { checkRuleLabel } from './rule-checks';
import { checkRunbookUrl, runbookUrl } from './runbooks';
import { escapeRegex } from '../../regex';
import { promDuration } from '../../units';
import { checkArguments } from '../../arguments';

/** Selection among the alerts of a name. */
export interface RuleEditOptions {
  /**
   * Original severity of the alert, before any edits.
   * @default - all alerts of the name
   */
  readonly where?: Severity;

  /**
   * Name of the rule group, in which `*` stands for any characters: `etcd`, `kubernetes-*`.
   * @default - all groups
   */
  readonly group?: string;
}

/** The edited rule; undefined when it is dropped. */
type Change = (props: AlertingRuleProps) => AlertingRuleProps | undefined;

/**
 * Change of an alert of a component or of a rule file; a recording rule can be left out. Edits apply when the rules are rendered, whether
 * they were added before or after the rule. Several edits of one alert apply in order, so the last one of a kind wins. An edit that names no
 * rule of its Prometheus fails the synthesis.
 *
 * In the name of an alert `*` stands for any characters: `NodeFilesystem*` are all alerts about file systems, `*` are all alerts.
 */
export class RuleEdit {
  /**
   * Leaves an alert or a recording rule out.
   * @param alert the name of the alert, or of the series that is recorded
   * @param options selects one of several alerts of the name
   */
  public static without(alert: string, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.without', { alert, options });
    return new RuleEdit(alert, options, 'without', '', () => undefined);
  }

  /**
   * Gives an alert another severity.
   * @param alert the name of the alert
   * @param severity the new severity
   * @param options selects one of several alerts of the name; required where they would become the same alert
   */
  public static severity(alert: string, severity: Severity, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.severity', { alert, severity, options });
    return new RuleEdit(alert, options, 'severity', severity.value, (props) => ({ ...props, severity }));
  }

  /**
   * Changes how long the condition has to hold before the alert fires.
   * @param alert the name of the alert
   * @param duration the new time; zero fires at once
   * @param options selects one of several alerts of the name
   */
  public static holdFor(alert: string, duration: Duration, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.holdFor', { alert, duration, options });
    return new RuleEdit(alert, options, 'holdFor', promDuration(duration), (props) => ({ ...props, for: duration }));
  }

  /**
   * Keeps an alert firing for a time after its condition has ended, so that one that comes and goes is one alert.
   * @param alert the name of the alert
   * @param duration the time; zero ends the alert with its condition
   * @param options selects one of several alerts of the name
   */
  public static keepFiringFor(alert: string, duration: Duration, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.keepFiringFor', { alert, duration, options });
    return new RuleEdit(alert, options, 'keepFiringFor', promDuration(duration), (props) => ({ ...props, keepFiringFor: duration }));
  }

  /**
   * Sets a label of an alert, whether it has one of the name or not. Throws when the name or the template is not valid, and for
   * `severity` and `alertname`.
   * @param alert the name of the alert
   * @param name the name of the label
   * @param value the value, a template; empty takes the label away
   * @param options selects one of several alerts of the name
   */
  public static label(alert: string, name: string, value: string, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.label', { alert, name, value, options });
    const where = `edit of alert '${alert}'`;
    if (name === 'severity') {
      throw new Error(`${where}: label 'severity' has an edit of its own; use RuleEdit.severity('${alert}', …)`);
    }
    if (name === 'alertname') {
      throw new Error(`${where}: label 'alertname' is the name of the alert and cannot be changed; write a rule of your own instead`);
    }
    checkRuleLabel(name, where, 'label');
    checkRuleTemplate(`${where}: label '${name}'`, value);
    return new RuleEdit(alert, options, 'label', `${name}=${value}`, (props) => ({ ...props, labels: { ...props.labels, [name]: value } }));
  }

  /**
   * Sets an annotation of an alert, whether it has one of the name or not; `summary`, `description` and `runbook_url` too. Throws when
   * the name or the template is not valid.
   * @param alert the name of the alert
   * @param name the name of the annotation
   * @param value the value, a template; empty takes the annotation away
   * @param options selects one of several alerts of the name
   */
  public static annotation(alert: string, name: string, value: string, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.annotation', { alert, name, value, options });
    const where = `edit of alert '${alert}'`;
    checkRuleLabel(name, where, 'annotation');
    checkRuleTemplate(`${where}: annotation '${name}'`, value);
    return new RuleEdit(alert, options, 'annotation', `${name}=${value}`, (props) => annotated(props, name, value));
  }

  /**
   * Sets the address of the page that says what to do, the annotation `runbook_url`, of your own alerts too. For all alerts of the library
   * alone there is the prop `runbooks` of a Prometheus. Throws unless it is a URL of HTTP.
   * @param alert the name of the alert
   * @param url the address, in which `<alert>` is the name of the alert: `https://runbooks.example.com/<alert>.html`
   * @param options selects one of several alerts of the name
   */
  public static runbook(alert: string, url: string, options: RuleEditOptions = {}): RuleEdit {
    checkArguments('RuleEdit.runbook', { alert, url, options });
    checkRunbookUrl(`edit of alert '${alert}'`, url);
    return new RuleEdit(alert, options, 'runbook', url, (props) => ({ ...props, runbookUrl: runbookUrl(url, props.alert) }));
  }

  /** Gives an alert of the library an expression that follows from all that its Prometheus has. @internal */
  public static _expr(alert: string, expr: () => string | undefined): RuleEdit {
    return new RuleEdit(alert, {}, 'expr', '', (props) => {
      const changed = expr();
      return changed === undefined ? undefined : { ...props, expr: changed };
    });
  }

  /** The name of the alert that is changed. */
  public readonly alert: string;

  /** The severity of the alert that is changed; all when not given. */
  public readonly where?: Severity;

  /** The group of the alert that is changed; all when not given. */
  public readonly group?: string;

  /** The verb, for messages. @internal */
  public readonly _verb: string;

  /** Title for messages. @internal */
  public readonly _said: string;

  private readonly change: Change;

  private constructor(alert: string, options: RuleEditOptions, verb: string, said: string, change: Change) {
    if (alert.trim() === '') {
      throw new Error(`RuleEdit.${verb}: alert is empty; give the name of the alert to change`);
    }
    this.alert = alert;
    this.where = options.where;
    this.group = options.group;
    this._verb = verb;
    this._said = said;
    this.change = change;
  }

  /** Whether the edit is about an alert of this name in a group. @internal */
  public _names(alert: string, group: string): boolean {
    return matchesWildcard(this.alert, alert) && (this.group === undefined || matchesWildcard(this.group, group));
  }

  /** Whether the edit is about rules of this name, in some group or in all. @internal */
  public _namesAny(name: string): boolean {
    return matchesWildcard(this.alert, name);
  }

  /** Whether the edit is about an alert of this name and severity in a group. @internal */
  public _means(alert: string, severity: Severity | undefined, group: string): boolean {
    return this._names(alert, group) && (this.where === undefined || this.where.value === (severity?.value ?? ''));
  }

  /** The props of the changed rule, undefined when it is dropped. @internal */
  public _apply(props: AlertingRuleProps): AlertingRuleProps | undefined {
    return this.change(props);
  }
}

/** Whether a text is as a pattern in which `*` stands for any characters. */
function matchesWildcard(pattern: string, text: string): boolean {
  return pattern.includes('*') ? new RegExp(`^${pattern.split('*').map(escapeRegex).join('.*')}$`).test(text) : pattern === text;
}

function annotated(props: AlertingRuleProps, name: string, value: string): AlertingRuleProps {
  switch (name) {
    case 'summary':
      return { ...props, summary: value };
    case 'description':
      return { ...props, description: value };
    case 'runbook_url':
      return { ...props, runbookUrl: value };
    default:
      return { ...props, annotations: { ...props.annotations, [name]: value } };
  }
}
