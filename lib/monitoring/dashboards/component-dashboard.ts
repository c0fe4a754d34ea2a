import { readFileSync } from 'node:fs';
import { variablesOf } from './variables';
import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';
import { escapeRegex } from '../../regex';

/** Thresholds of alerts, by the names that dashboards have for them. */
export interface Thresholds {
  readonly [name: string]: number;
}

/** A dashboard of a component. */
export interface ComponentDashboardProps {
  /** Path of its file. */
  readonly file: string;
  /** Default name of the component's scrape job. */
  readonly component: string;
  /** Name of its scrape job. */
  readonly jobName: string;
  /** Thresholds of its alerts. */
  readonly thresholds?: Thresholds;
}

/** What a dashboard of a component depends on beside its file. */
export interface DashboardSurroundings {
  /** Names of the scrape jobs that are shown, by the default name. */
  readonly jobs: ReadonlyMap<string, readonly string[]>;
  /** Thresholds of the components that are shown. */
  readonly thresholds?: Thresholds;
  /** uids of the dashboards that are shown, by which links between them are kept. All of them if undefined. */
  readonly uids?: ReadonlySet<string>;
  /** Whether a cluster is chosen. */
  readonly multiCluster?: boolean;
}

/** Keys below which thresholds and links are, so that the rest, which is most of a dashboard, need not be looked through. */
const HOLDERS: ReadonlySet<string> = new Set(['panels', 'fieldConfig', 'defaults', 'overrides', 'properties', 'value', 'thresholds', 'steps', 'links']);

/** The variable with the names of the scrape jobs of a component. */
export function jobVariable(component: string): string {
  return component.replace(/-/g, '_');
}

/**
 * A dashboard of a component: a file of this package, read when it is shown. Hidden constants in it hold names of scrape jobs, and a step of
 * thresholds may carry the name of the alert's threshold that it shows, a link the cluster that it leads to where there are several.
 */
export class ComponentDashboard {
  public readonly file: string;
  public readonly component: string;
  public readonly jobName: string;
  public readonly thresholds: Thresholds;
  private read?: JsonMap;

  constructor(props: ComponentDashboardProps) {
    this.file = props.file;
    this.component = props.component;
    this.jobName = props.jobName;
    this.thresholds = props.thresholds ?? {};
  }

  /** The model as it is in the file. */
  public get model(): JsonMap {
    this.read ??= parsed(readFileSync(this.file, 'utf8'));
    return this.read;
  }

  /** Variables that hold names of scrape jobs. The dashboard is empty where one of them has none. */
  public get jobVariables(): string[] {
    return variablesOf(this.model).filter(({ type }) => type === 'constant').map(({ name }) => name);
  }

  /** The model for a Grafana. */
  public rendered({ jobs, thresholds, uids, multiCluster = false }: DashboardSurroundings): JsonMap {
    const names = new Map([...jobs].map(([component, of]) => [jobVariable(component), of.map(escapeRegex).join('|')]));
    const to: Adaptation = { thresholds: { ...thresholds, ...this.thresholds }, uids, multiCluster };
    const adapted = adaptedMap(this.model, to);
    const list = isJsonMap(adapted.templating) ? jsonMaps(adapted.templating.list) : [];
    return {
      ...adapted,
      templating: {
        list: list.map((variable) => {
          const name = jsonText(variable.name) ?? '';
          const value = variable.type === 'constant' ? names.get(name) : undefined;
          return name === 'cluster' && multiCluster ? chosen(variable) : value === undefined ? variable : constant(variable, value);
        }),
      },
    };
  }
}

function parsed(text: string): JsonMap {
  const model: unknown = JSON.parse(text);
  return isJsonMap(model) ? model : {};
}

function constant(variable: JsonMap, value: string): JsonMap {
  return { ...variable, query: value, current: { text: value, value } };
}

/** Of several clusters one is chosen, since their namespaces and Pods may have the same names; a dashboard that compares them shows all. */
function chosen(variable: JsonMap): JsonMap {
  const { includeAll: _all, allValue: _value, ...one } = variable;
  return variable.multi === true ? { ...variable, hide: 0 } : { ...one, hide: 0, includeAll: false, current: {} };
}

/** What the parts of a model depend on. */
interface Adaptation {
  readonly thresholds: Thresholds;
  readonly uids?: ReadonlySet<string>;
  readonly multiCluster: boolean;
}

/**
 * A value with the thresholds of alerts, links to a cluster where there are several, and no links to dashboards that are not there; the value
 * itself where nothing of that is in it.
 */
function adaptedTo(value: unknown, to: Adaptation): unknown {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isDead(item, to.uids)).map((item) => adaptedTo(item, to));
    return items.length === value.length && items.every((item, i) => item === value[i]) ? value : items;
  }
  return isJsonMap(value) ? adaptedMap(value, to) : value;
}

function adaptedMap(map: JsonMap, to: Adaptation): JsonMap {
  const { threshold, cluster, url } = map;
  if (typeof threshold === 'string') {
    const { threshold: _, ...step } = map;
    return { ...step, value: to.thresholds[threshold] ?? map.value };
  }
  if (typeof cluster === 'string' && typeof url === 'string') {
    const { cluster: _, ...link } = map;
    return to.multiCluster ? { ...link, url: url.replace('${cluster:queryparam}', () => `var-cluster=${cluster}`) } : link;
  }
  let adapted = map;
  Object.keys(map).filter((key) => HOLDERS.has(key)).forEach((key) => {
    const item = adaptedTo(map[key], to);
    adapted = item === map[key] ? adapted : { ...adapted, [key]: item };
  });
  return adapted;
}

function isDead(value: unknown, uids?: ReadonlySet<string>): boolean {
  const uid = isJsonMap(value) && typeof value.url === 'string' ? /^\/d\/([^/?]+)/.exec(value.url)?.[1] : undefined;
  return uid !== undefined && uids?.has(uid) === false;
}
