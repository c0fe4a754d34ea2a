import { LabelSelector } from '../label-selector';
import { namespacesOf } from '../../monitoring/scrape/namespaces';
import { checkArguments } from '../../arguments';

/** Selectors as the Alertmanager resource has them. */
interface Selectors {
  readonly alertmanagerConfigSelector: LabelSelector;
  readonly alertmanagerConfigNamespaceSelector: LabelSelector;
}

/**
 * Selection of the resources `AlertmanagerConfig` that an Alertmanager of the operator adds to its configuration: routes and receivers of teams,
 * for the alerts whose label `namespace` is the resource's namespace.
 * @see https://prometheus-operator.dev/docs/developer/alerting/#using-alertmanagerconfig-resources
 */
export class AlertmanagerConfigSelection {
  /** Resources in all namespaces that the operator watches. */
  public static everywhere(): AlertmanagerConfigSelection {
    return new AlertmanagerConfigSelection({});
  }

  /** Resources in some namespaces. Throws when none is named, and on an invalid name. */
  public static inNamespaces(...namespaces: string[]): AlertmanagerConfigSelection {
    checkArguments('AlertmanagerConfigSelection.inNamespaces', { namespaces });
    const where = 'AlertmanagerConfigSelection.inNamespaces';
    if (namespaces.length === 0) {
      throw new Error(`${where}: no namespace is named; name some, or use AlertmanagerConfigSelection.everywhere()`);
    }
    return new AlertmanagerConfigSelection({}, namespacesOf(where, namespaces));
  }

  /**
   * Resources that have all of the labels, such as `release: kps`, in some namespaces, or in all where none is named. Throws without a label, and
   * on invalid labels and names.
   */
  public static withLabels(labels: { [name: string]: string }, ...namespaces: string[]): AlertmanagerConfigSelection {
    checkArguments('AlertmanagerConfigSelection.withLabels', { labels, namespaces });
    const where = 'AlertmanagerConfigSelection.withLabels';
    if (Object.keys(labels).length === 0) {
      throw new Error(`${where}: no label is given; give some, or use AlertmanagerConfigSelection.everywhere()`);
    }
    return new AlertmanagerConfigSelection({ matchLabels: { ...labels } }, namespaces.length === 0 ? undefined : namespacesOf(where, namespaces));
  }

  private constructor(private readonly selector: LabelSelector, private readonly namespaces?: readonly string[]) {}

  /** @internal */
  public get _selectors(): Selectors {
    const { selector, namespaces } = this;
    return {
      alertmanagerConfigSelector: selector,
      alertmanagerConfigNamespaceSelector: namespaces === undefined ? {} : {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...new Set(namespaces)] }],
      },
    };
  }
}
