import { ObjectSelector, ObjectSelectors } from './object-selector';
import { nearest, quoteList } from '../../text';

/** Kinds of objects with the prop that tells their selector and the field of the Prometheus resource that it is. */
const KINDS = {
  ServiceMonitor: { prop: 'serviceMonitors', field: 'serviceMonitorSelector' },
  PodMonitor: { prop: 'podMonitors', field: 'podMonitorSelector' },
  Probe: { prop: 'probes', field: 'probeSelector' },
  ScrapeConfig: { prop: 'scrapeConfigs', field: 'scrapeConfigSelector' },
  PrometheusRule: { prop: 'rules', field: 'ruleSelector' },
} as const;

/** A kind of objects that a Prometheus selects. */
export type SelectedKind = keyof typeof KINDS;

/** Objects that a Prometheus has to select. */
export interface SelectedObjects {
  /** The Prometheus, for messages. */
  readonly where: string;
  /** All labels. */
  readonly labels: { readonly [label: string]: string };
  /** Labels that the app has chosen. */
  readonly ownLabels: { readonly [label: string]: string };
  readonly namespace: string;
  readonly agent: boolean;
}

/** Selection of the objects of an app by a Prometheus of others. */
export class Selection {
  private readonly made = new Set<SelectedKind>();

  constructor(private readonly objects: SelectedObjects, private readonly selectors: ObjectSelectors = {}) {}

  /**
   * A kind that is made: the requirement on its selector, where that is not known and the kind is new. Throws when the selector is known and selects
   * nothing, or other labels or namespaces.
   */
  public require(kind: SelectedKind, what: string): string[] {
    const { prop, field } = KINDS[kind];
    const selector = this.selectorOf(kind);
    if (selector !== undefined) {
      const said = this.selectors[prop] === undefined ? 'others' : prop;
      if (selector._labels === undefined) {
        throw new Error(`${this.objects.where}: ${what} becomes a ${kind}, and 'selectors.${said}' says that the Prometheus selects none; have '${field}' set in its resource, or leave it out`);
      }
      this.check(`${this.objects.where}: ${what} becomes a ${kind}: 'selectors.${said}'`, selector);
    }
    if (this.made.has(kind)) {
      return [];
    }
    this.made.add(kind);
    return this.requirementsOn([kind]);
  }

  /** Requirements on the selectors of all kinds so far, in words. */
  public get requirements(): string[] {
    return this.requirementsOn([...this.made]);
  }

  /** One text for all selectors that are not known, if there are some. */
  private requirementsOn(kinds: readonly SelectedKind[]): string[] {
    const { ownLabels, labels, namespace, agent } = this.objects;
    const unknown = kinds.filter((kind) => this.selectorOf(kind) === undefined).map((kind) => KINDS[kind].field);
    const pairs = Object.entries(Object.keys(ownLabels).length === 0 ? labels : ownLabels).map(([label, value]) => `${label}=${value}`);
    const [have, besides] = unknown.length === 1 ? ['has', 'selector beside it'] : ['have', 'selectors beside them'];
    return unknown.length === 0 ? [] : [
      `${unknown.join(', ')} of the Prometheus ${have} to match objects with the labels ${pairs.join(', ')}, and the namespace ${besides} `
      + `the namespace '${namespace}'; kubectl get ${agent ? 'prometheusagent' : 'prometheus'} -A -o yaml shows them`,
    ];
  }

  private selectorOf(kind: SelectedKind): ObjectSelector | undefined {
    return this.selectors[KINDS[kind].prop] ?? this.selectors.others;
  }

  private check(at: string, { _labels: wanted = {}, _namespaces: namespaces }: ObjectSelector): void {
    const { labels, namespace } = this.objects;
    const missed = Object.entries(wanted).find(([label, value]) => labels[label] !== value);
    if (missed !== undefined) {
      const [label, value] = missed;
      const near = nearest(label, Object.keys(labels));
      const got = labels[label] === undefined ? `no label '${label}'${near === undefined ? '' : `, but '${near}'`}` : `${label}=${labels[label]}`;
      throw new Error(`${at} selects ${label}=${value}, and the objects have ${got}; say ${label}: '${value}' in 'labels'`);
    }
    if (namespaces !== undefined && !namespaces.includes(namespace)) {
      throw new Error(`${at} looks into ${quoteList(namespaces)}, and the objects are made in '${namespace}'; name one of the former by 'namespace'`);
    }
  }
}
