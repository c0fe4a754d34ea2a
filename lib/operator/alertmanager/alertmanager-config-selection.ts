import { namespacesOf } from '../../monitoring/scrape/namespaces';

/** Selectors as the Alertmanager resource has them. */
interface Selectors {
  readonly alertmanagerConfigSelector: object;
  readonly alertmanagerConfigNamespaceSelector: {
    readonly matchExpressions?: ReadonlyArray<{ readonly key: string; readonly operator: string; readonly values: readonly string[] }>;
  };
}

/**
 * Which resources `AlertmanagerConfig`, in which teams say themselves who is told of the alerts of their namespaces, an Alertmanager of the
 * operator takes. Each is told only of alerts whose label `namespace` is its own.
 * @see https://prometheus-operator.dev/docs/developer/alerting/#using-alertmanagerconfig-resources
 */
export class AlertmanagerConfigSelection {
  /** Those of every namespace that the operator looks at. */
  public static everywhere(): AlertmanagerConfigSelection {
    return new AlertmanagerConfigSelection();
  }

  /** Those of the namespaces that are named. Throws when none is named, or one that is no name of a namespace. */
  public static inNamespaces(...namespaces: string[]): AlertmanagerConfigSelection {
    const where = 'AlertmanagerConfigSelection.inNamespaces';
    if (namespaces.length === 0) {
      throw new Error(`${where}: no namespace is named; name some, or use AlertmanagerConfigSelection.everywhere()`);
    }
    return new AlertmanagerConfigSelection(namespacesOf(where, namespaces));
  }

  private constructor(private readonly namespaces?: readonly string[]) {}

  /** @internal */
  public get _selectors(): Selectors {
    const { namespaces } = this;
    return {
      alertmanagerConfigSelector: {},
      alertmanagerConfigNamespaceSelector: namespaces === undefined ? {} : {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...new Set(namespaces)] }],
      },
    };
  }
}
