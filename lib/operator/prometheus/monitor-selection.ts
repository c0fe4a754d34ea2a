import { Selectors } from '../label-selector';
import { namespacesOf } from '../../monitoring/scrape/namespaces';
import { checkArguments } from '../../arguments';

/**
 * Selection of the monitors, probes, scrape configs and rules of others that a Prometheus of the operator uses, besides those that this app
 * makes for it.
 * @see https://prometheus-operator.dev/docs/platform/troubleshooting/#troubleshooting-servicemonitor-changes
 */
export class MonitorSelection {
  /**
   * Those of every namespace. Prometheus may look through Services, EndpointSlices, Pods, Ingresses and nodes then, and show
   * its token for `/metrics` and to kubelets; a monitor that asks for `Endpoints` instead of EndpointSlices needs more.
   */
  public static everywhere(): MonitorSelection {
    return new MonitorSelection('everywhere', []);
  }

  /** Those of the namespaces that are named, and of its own. Throws when none is named, or what is named can be none. */
  public static inNamespaces(...namespaces: string[]): MonitorSelection {
    checkArguments('MonitorSelection.inNamespaces', { namespaces });
    if (namespaces.length === 0) {
      throw new Error('MonitorSelection.inNamespaces: no namespace is named; name some, or use MonitorSelection.own()');
    }
    namespacesOf('MonitorSelection.inNamespaces', namespaces);
    return new MonitorSelection('namespaces', namespaces);
  }

  /** None: what this app makes for it is all that it takes. */
  public static own(): MonitorSelection {
    return new MonitorSelection('own', []);
  }

  private readonly named: readonly string[];

  private constructor(private readonly kind: 'everywhere' | 'namespaces' | 'own', named: readonly string[]) {
    this.named = [...named];
  }

  /** Whether what others make is taken. @internal */
  public get _selectsForeign(): boolean {
    return this.kind !== 'own';
  }

  /** The namespaces in which what others make is taken; undefined for all. @internal */
  public _namespaces(own: string): string[] | undefined {
    return this.kind === 'everywhere' ? undefined : [...new Set([own, ...this.named])];
  }

  /** @internal */
  public _selectors(own: string, ownLabels: { readonly [label: string]: string }): Selectors {
    switch (this.kind) {
      case 'everywhere': return { selector: {}, namespaceSelector: {} };
      case 'namespaces': return {
        selector: {},
        namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: this._namespaces(own) ?? [] }] },
      };
      // No selector of namespaces is the resource's own.
      case 'own': return { selector: { matchLabels: ownLabels } };
    }
  }
}
