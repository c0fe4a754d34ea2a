import { Relabeling } from './relabeling';
import { checkRegex, matchesAnchored } from '../../regex';
import { checkLabelName } from '../../checks';
import { checkArguments } from '../../arguments';

interface Step {
  readonly action: 'keep' | 'drop';
  /** Label name and fully anchored regular expression; all of them have to match. */
  readonly matchers: ReadonlyArray<readonly [string, string]>;
}

const NAME = '__name__';

/**
 * Selection of the series of a target that are stored. Regular expressions are fully anchored, as Prometheus does it: `node_cpu` is that
 * one metric, `node_cpu_.*` all that begin so.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#metric_relabel_configs
 */
export class MetricSelection {
  /** All that the target exposes. */
  public static all(): MetricSelection {
    return new MetricSelection([]);
  }

  /** Only the metrics whose name matches one of the regular expressions. */
  public static keep(...metrics: string[]): MetricSelection {
    checkArguments('MetricSelection.keep', { metrics });
    return MetricSelection.byName('keep', metrics);
  }

  /** All but the metrics whose name matches one of the regular expressions. */
  public static drop(...metrics: string[]): MetricSelection {
    checkArguments('MetricSelection.drop', { metrics });
    return MetricSelection.byName('drop', metrics);
  }

  /** Only the series whose labels all match; `__name__` is the metric's name. */
  public static keepByLabels(labels: { [label: string]: string }): MetricSelection {
    checkArguments('MetricSelection.keepByLabels', { labels });
    return MetricSelection.byLabels('keep', labels);
  }

  /** All but the series whose labels all match; `__name__` is the metric's name. */
  public static dropByLabels(labels: { [label: string]: string }): MetricSelection {
    checkArguments('MetricSelection.dropByLabels', { labels });
    return MetricSelection.byLabels('drop', labels);
  }

  private static byName(action: Step['action'], metrics: string[]): MetricSelection {
    if (metrics.length === 0) {
      throw new Error(`MetricSelection.${action}: no metric is named; use MetricSelection.all() to store everything`);
    }
    metrics.forEach((metric) => checkMetric(metric, action));
    return MetricSelection.select(`MetricSelection.${action}`, action, { [NAME]: metrics.join('|') });
  }

  private static byLabels(action: Step['action'], labels: { [label: string]: string }): MetricSelection {
    const where = `MetricSelection.${action}ByLabels`;
    if (Object.keys(labels).length === 0) {
      throw new Error(`${where}: no label is named; use MetricSelection.all() to store everything`);
    }
    return MetricSelection.select(where, action, labels);
  }

  private static select(where: string, action: Step['action'], labels: { [label: string]: string }): MetricSelection {
    const matchers = Object.entries(labels);
    matchers.forEach(([label, regex]) => {
      checkLabelName(label, where);
      checkRegex(regex, `${where}: ${label}`);
    });
    return new MetricSelection([{ action, matchers }]);
  }

  private constructor(
    private readonly steps: readonly Step[],
    /** Whether it is a component's default. @internal */
    public readonly _isDefault: boolean = false,
  ) {}

  /** The same selection as a component's default: tests show that it keeps what the component's rules use. @internal */
  public _asDefault(): MetricSelection {
    return new MetricSelection(this.steps, true);
  }

  /** Whether anything is dropped. @internal */
  public get _drops(): boolean {
    return this.steps.length > 0;
  }

  /** This selection and then another: a series is stored when both let it through. */
  public and(other: MetricSelection): MetricSelection {
    checkArguments('MetricSelection.and', { other });
    return new MetricSelection([...this.steps, ...other.steps]);
  }

  /** The selection as metric relabelings. */
  public toRelabelings(): Relabeling[] {
    return this.steps.map(({ action, matchers }) => Relabeling._trusted({
      sourceLabels: matchers.map(([label]) => label),
      regex: matchers.length === 1 ? matchers[0][1] : matchers.map(([, regex]) => `(?:${regex})`).join(';'),
      action,
    }));
  }

  /** Whether every series of a metric is surely dropped, whatever its labels are. */
  public dropsMetric(metric: string): boolean {
    checkArguments('MetricSelection.dropsMetric', { metric });
    return this.steps.some(({ action, matchers }) => {
      const byName = matchers.find(([label]) => label === NAME);
      if (byName === undefined) {
        return false;
      }
      const matches = matchesAnchored(byName[1], metric, action === 'keep');
      return action === 'keep' ? !matches : matches && matchers.length === 1;
    });
  }
}

/** Expressions that match every name. */
const ANY = ['.*', '.+', '(.*)', '(.+)', '^.*$', '^.+$'];

/** Throws on what is no expression on names of metrics, and on one that drops them all. */
function checkMetric(metric: string, action: Step['action']): void {
  const where = `MetricSelection.${action}`;
  if (metric === '') {
    throw new Error(`${where}: a metric is empty; write its name, or leave it out`);
  }
  if (/["=]|[\w:]\{[^\d]/.test(metric)) {
    throw new Error(`${where}: '${metric}' is PromQL, and not a regular expression on names of metrics; give the labels to MetricSelection.${action}ByLabels(), the name by '__name__'`);
  }
  if (/\s|,(?![\d}])/.test(metric)) {
    throw new Error(`${where}: '${metric}' is a list, and no name has a space or a comma; give each metric as an argument of its own`);
  }
  if (/_\*(?=$|[|)])/.test(metric)) {
    throw new Error(`${where}: '${metric}' repeats '_' alone, since '*' stands for any number of the character before it; write '${metric.replace(/_\*(?=$|[|)])/g, '_.*')}'`);
  }
  if (action === 'drop' && ANY.includes(metric)) {
    throw new Error(`${where}: '${metric}' drops every metric; name those to drop, or leave the job out`);
  }
}
