import { namespacesOf } from '../../monitoring/scrape/namespaces';
import { checkArguments } from '../../arguments';

/**
 * Selector of a Prometheus resource for a kind of monitors or rules, such as `serviceMonitorSelector` with `serviceMonitorNamespaceSelector`.
 * `kubectl get prometheus -A -o yaml` shows them.
 * @see https://prometheus-operator.dev/docs/platform/troubleshooting/#troubleshooting-servicemonitor-changes
 */
export class ObjectSelector {
  /** Selects every object: `{}`. */
  public static all(): ObjectSelector {
    return new ObjectSelector({});
  }

  /** Selects the objects that carry the labels: `matchLabels`. Throws when no label is named, or what is named can be none. */
  public static labels(labels: { [label: string]: string }): ObjectSelector {
    checkArguments('ObjectSelector.labels', { labels });
    if (Object.keys(labels).length === 0) {
      throw new Error('ObjectSelector.labels: no label is named; name some, or use ObjectSelector.all()');
    }
    return new ObjectSelector(labels);
  }

  /** Selects nothing: the resource has no selector of this kind. */
  public static none(): ObjectSelector {
    return new ObjectSelector(undefined);
  }

  private constructor(
    /** Undefined where nothing is selected. @internal */
    public readonly _labels: { readonly [label: string]: string } | undefined,
    /** Undefined for all. @internal */
    public readonly _namespaces?: readonly string[],
  ) {
    this._labels = _labels === undefined ? undefined : { ..._labels };
  }

  /**
   * The same selector, limited to some namespaces: those that the namespace selector matches, or the Prometheus's own where the resource has none.
   * Throws when no namespace is named, or what is named can be none.
   */
  public inNamespaces(...namespaces: string[]): ObjectSelector {
    checkArguments('ObjectSelector.inNamespaces', { namespaces });
    return new ObjectSelector(this._labels, namespacesOf('ObjectSelector.inNamespaces', namespaces));
  }
}

/** Selectors of a Prometheus resource, as far as they are known. */
export interface ObjectSelectors {
  /**
   * Selector of all kinds that are not named.
   * @default - not known
   */
  readonly others?: ObjectSelector;
  /**
   * Selector of ServiceMonitors.
   * @default - `others`
   */
  readonly serviceMonitors?: ObjectSelector;
  /**
   * Selector of PodMonitors.
   * @default - `others`
   */
  readonly podMonitors?: ObjectSelector;
  /**
   * Selector of Probes.
   * @default - `others`
   */
  readonly probes?: ObjectSelector;
  /**
   * Selector of ScrapeConfigs.
   * @default - `others`
   */
  readonly scrapeConfigs?: ObjectSelector;
  /**
   * Selector of PrometheusRules.
   * @default - `others`
   */
  readonly rules?: ObjectSelector;
}
