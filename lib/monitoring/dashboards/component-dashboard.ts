import { readFileSync } from 'node:fs';
import { isJsonMap, JsonMap, jsonText } from '../../json';
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

/** Hidden constants with the names of scrape jobs; in the file of a dashboard every variable has its line. */
const CONSTANT = /^\{"type":"constant","name":"(\w+)".*\}/gm;

/** The variable with the cluster. */
const CLUSTER = /^\{"type":"query","name":"cluster".*\}/m;

/** A step with the name of a threshold. */
const STEP = /"value":[^,"]+,"threshold":"(\w+)"/g;

/** A link to a dashboard, with the cluster that it leads to where that is another one. */
const LINK = /\{(?:"type":"link",)?"title":"(?:[^"\\]|\\.)*","url":"\/d\/([^/?"]+)((?:[^"\\]|\\.)*)"(?:,"cluster":("(?:[^"\\]|\\.)*"))?(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g;

/** The variable with the names of the scrape jobs of a component. */
export function jobVariable(component: string): string {
  return component.replace(/-/g, '_');
}

/**
 * A dashboard of a component: a file of this package, read when it is shown. Hidden constants in it hold names of scrape jobs, and a step of
 * thresholds may carry the name of the alert's threshold that it shows, a link the cluster that it leads to where there are several. All of it is
 * replaced in the text: to parse and to write all dashboards would take longer than all else that an app does.
 */
export class ComponentDashboard {
  public readonly file: string;
  public readonly component: string;
  public readonly jobName: string;
  public readonly thresholds: Thresholds;
  private read?: string;

  constructor(props: ComponentDashboardProps) {
    this.file = props.file;
    this.component = props.component;
    this.jobName = props.jobName;
    this.thresholds = props.thresholds ?? {};
  }

  /** Identifier in Grafana. */
  public get uid(): string {
    return this.member('uid');
  }

  /** Title. */
  public get title(): string {
    return this.member('title');
  }

  /** The model as it is in the file. */
  public get model(): JsonMap {
    return parsed(this.text);
  }

  /** Variables that hold names of scrape jobs. The dashboard is empty where one of them has none. */
  public get jobVariables(): string[] {
    return Array.from(this.text.matchAll(CONSTANT), ([, name]) => name);
  }

  /** The JSON for a Grafana. */
  public rendered({ jobs, thresholds, uids, multiCluster = false }: DashboardSurroundings): string {
    const names = new Map([...jobs].map(([component, of]) => [jobVariable(component), of.map(escapeRegex).join('|')]));
    const limits = { ...thresholds, ...this.thresholds };
    return this.text
      .replace(CONSTANT, (variable, name: string) => {
        const value = names.get(name);
        return value === undefined ? variable : JSON.stringify(constant(parsed(variable), value));
      })
      .replace(CLUSTER, (variable) => (multiCluster ? JSON.stringify(chosen(parsed(variable))) : variable))
      .replace(STEP, (step, name: string) => (name in limits ? `"value":${limits[name]}` : step.replace(/,"threshold".*/, '')))
      .replace(LINK, (link, uid: string, _: string, cluster?: string) => (
        uids?.has(uid) === false ? GONE : cluster === undefined ? link : toCluster(link, cluster, multiCluster)
      ))
      .replace(GONE_ITEMS, '');
  }

  private get text(): string {
    // The file is ASCII.
    this.read ??= readFileSync(this.file, 'latin1');
    return this.read;
  }

  private member(name: string): string {
    return jsonText(parsed(`{${new RegExp(`^"${name}":".*"`, 'm').exec(this.text)?.[0] ?? ''}}`)[name]) ?? '';
  }
}

/** In the place of a link that is left out; no JSON has it. */
const GONE = '\0';
const GONE_ITEMS = /\0,|,?\0/g;

/** A link with `cluster` beside its URL: to that cluster where there are several. */
function toCluster(link: string, cluster: string, multiCluster: boolean): string {
  const plain = link.replace(`,"cluster":${cluster}`, '');
  return multiCluster ? plain.replace('${cluster:queryparam}', () => `var-cluster=${cluster.slice(1, -1)}`) : plain;
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
