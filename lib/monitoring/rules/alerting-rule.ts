import { Duration } from 'cdk8s';
import { Rule, RuleData } from './rule';
import { checkAnnotations, checkExpr, checkLabels, checkTemplates, copyOfMap } from './rule-checks';
import { Severity } from './severity';
import { promDuration } from '../../units';
import { checkArguments, labelOf } from '../../arguments';

/**
 * Condition, severity and texts of an alert.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface AlertingRuleProps {
  /** The name of the alert, the value of its label `alertname`, for example `ShopSilent`. */
  readonly alert: string;

  /** The PromQL expression: each series that it yields is an alert. Must be an instant vector or a scalar. */
  readonly expr: string;

  /**
   * Holding time: time that the expression has to return a series before its alert fires. May be shorter than the evaluation interval.
   * @default - the alert fires at once
   */
  readonly for?: Duration;

  /**
   * Time that the alert keeps firing after the expression stopped returning its series.
   * @default - the alert ends at once
   */
  readonly keepFiringFor?: Duration;

  /**
   * Severity, as label `severity`.
   * @default Severity.WARNING
   */
  readonly severity?: Severity;

  /** One line that says what is wrong, as annotation `summary`; a template, for example `{{ $labels.pod }} is silent`. */
  readonly summary: string;

  /** Description as annotation `description`, a template: what is measured, what is usual and what it means. */
  readonly description: string;

  /**
   * The address of the page that says what to do, as annotation `runbook_url`; a template.
   * @default - no annotation
   */
  readonly runbookUrl?: string;

  /**
   * More labels of the alert; the values are templates. Names are any text in UTF-8.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * More annotations of the alert; the values are templates. Names are any text in UTF-8.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

const RESERVED_LABELS = {
  alertname: 'the name of the alert is its alert prop',
  severity: 'the severity of the alert is its severity prop',
};

const RESERVED_ANNOTATIONS = {
  summary: 'it is the summary prop',
  description: 'it is the description prop',
  runbook_url: 'it is the runbookUrl prop',
};

/**
 * Alerting rule: a condition that fires an alert. Immutable.
 *
 * Throws when the expression is not PromQL of a fit type, when a template or a name of a label or annotation is not valid.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export class AlertingRule extends Rule {
  /** The name of the alert. */
  public readonly alert: string;

  /** The PromQL expression: each series that it yields is an alert. */
  public readonly expr: string;

  /** Holding time before the alert fires. */
  public readonly for?: Duration;

  /** Time that the alert keeps firing after its condition. */
  public readonly keepFiringFor?: Duration;

  /** The severity; none when the rule comes from a rule file and has no such label. */
  public readonly severity?: Severity;

  private readonly props: AlertingRuleProps;
  private data?: RuleData;

  constructor(props: AlertingRuleProps) {
    super();
    this._checkProps(props);
    this.alert = props.alert;
    const labels = copyOfMap(props.labels, () => `${this._title()}: labels`);
    const annotations = copyOfMap(props.annotations, () => `${this._title()}: annotations`);
    this.props = { ...props, labels, annotations };
    this.expr = props.expr;
    this.for = props.for;
    this.keepFiringFor = props.keepFiringFor;
    const severity = props.severity ?? Severity.WARNING;
    this.severity = severity.value === '' ? undefined : severity;
    this._check();
  }

  /** The labels of the alert beyond those of the series, with `severity`. */
  public get labels(): { [name: string]: string } {
    return this.severity === undefined ? { ...this.props.labels } : { severity: this.severity.value, ...this.props.labels };
  }

  /** The annotations of the alert, with `summary`, `description` and `runbook_url`. */
  public get annotations(): { [name: string]: string } {
    const { summary, description, runbookUrl = '', annotations } = this.props;
    const all = { summary, description, runbook_url: runbookUrl, ...annotations };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }

  /** @internal */
  public _title(): string {
    return `alerting rule '${this.alert}'`;
  }

  /** Props of a changed copy. @internal */
  public _props(): AlertingRuleProps {
    return { ...this.props, severity: this.severity ?? Severity._UNSET };
  }

  /** @internal */
  public _toData(): RuleData {
    this.data ??= this.written();
    return this.data;
  }

  /** Throws unless the props are of their types; those that the library gives do not come here. @internal */
  protected _checkProps(props: AlertingRuleProps): void {
    checkArguments('AlertingRule', { props }, labelOf('alerting rule', props, 'alert'));
  }

  private written(): RuleData {
    const annotations = this.annotations;
    const labels = this.labels;
    return {
      alert: this.alert,
      expr: this.expr,
      ...duration('for', this.for),
      ...duration('keep_firing_for', this.keepFiringFor),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    };
  }

  /** Throws when something is wrong; rules that are proven elsewhere do not come here. @internal */
  protected _check(): void {
    checkAlertName(this.alert);
    for (const name of ['summary', 'description'] as const) {
      if (this.props[name].trim() === '') {
        throw new Error(`${this._title()}: ${name} is empty; say what is wrong for the person on call`);
      }
    }
    const { runbookUrl } = this.props;
    if (runbookUrl !== undefined && runbookUrl !== '' && !/^https?:\/\/[^/]|\{\{/.test(runbookUrl)) {
      throw new Error(`${this._title()}: runbookUrl: '${runbookUrl}' is not an absolute http or https URL; write it as 'https://host/path'`);
    }
    checkLabels(this._title(), this.props.labels ?? {}, RESERVED_LABELS);
    checkAnnotations(this._title(), this.props.annotations ?? {}, RESERVED_ANNOTATIONS);
    this._checkContent();
  }

  /** Throws unless Prometheus can evaluate the expression and expand the templates. @internal */
  protected _checkContent(): void {
    checkTemplates(this._title(), 'label', this.labels);
    checkTemplates(this._title(), 'annotation', this.annotations);
    this._needs = checkExpr(this._title(), this.expr);
  }
}

/** Throws unless `name` can name an alert. */
export function checkAlertName(name: string): void {
  if (name.trim() === '' || name !== name.trim()) {
    throw new Error(`alerting rule: alert '${name}' is empty or has spaces around it; give a name such as 'ShopSilent'`);
  }
}

function duration(key: string, value: Duration | undefined): RuleData {
  return value === undefined || value.toMilliseconds({ integral: false }) === 0 ? {} : { [key]: promDuration(value) };
}
