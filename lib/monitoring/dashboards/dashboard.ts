import { ComponentDashboard, DashboardSurroundings } from './component-dashboard';
import { classicModel } from './dashboard-json';
import { dashboardText } from './dashboard-text';
import { AskedDataSource, namedDataSources } from './named-data-sources';
import { checkPluginTypes } from './plugin-types';
import { panelsOf, queriesOf } from './queries';
import { checkDashboardQuery } from './query-check';
import { checkReferences } from './reference-check';
import { variablesOf } from './variables';
import { JsonMap, jsonMaps, jsonText } from '../../json';
import { checkArguments } from '../../arguments';
import { readText } from '../../text-file';

/** Size above which an object that holds the JSON would be too large: client-side apply copies it into an annotation of at most 256 KiB. */
const MAX_BYTES = 200_000;

/** Place of a dashboard in Grafana. */
export interface DashboardOptions {
  /**
   * Identifier in Grafana, by which links find the dashboard: at most 40 letters, digits, dashes and underscores.
   * @default - that of the JSON
   */
  readonly uid?: string;
  /**
   * Title of the folder in Grafana.
   * @default - none; Grafana lists it beside the folders
   */
  readonly folder?: string;
}

/** Origin of a dashboard. */
interface Source {
  readonly folder?: string;
  readonly model: JsonMap;
  readonly component?: ComponentDashboard;
}

/** Origin of a dashboard that is read when it is first asked for. */
class ComponentSource implements Source {
  constructor(public readonly component: ComponentDashboard, public readonly folder: string) {}

  public get model(): JsonMap {
    return this.component.model;
  }
}

/**
 * A dashboard of Grafana. Those of the library belong to their components and are read when something shows them.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/
 */
export class Dashboard {
  /**
   * A dashboard in the JSON that Grafana exports, in its model Classic or V1 Resource. Data sources that an export asks for become variables,
   * so that a dashboard of grafana.com works as it is. Throws when the text is not such a dashboard or larger than 200 kB, when uid or title
   * is missing or invalid, when two variables have one name or two panels one id by which another shows their result, when a query to
   * Prometheus is not PromQL, when a query, a data source, a repetition, a title or a link uses a variable that is not defined, and when a panel or
   * a data source is of a type that Grafana does not have.
   * @param json the JSON
   * @param options uid and folder
   */
  public static fromJson(json: string, options: DashboardOptions = {}): Dashboard {
    checkArguments('Dashboard.fromJson', { json, options });
    return Dashboard.parsed(json, 'Dashboard.fromJson', options);
  }

  /**
   * A dashboard in a file of JSON, checked like `fromJson`. Throws when the file cannot be read.
   * @param path the path of the file, from the working directory
   * @param options uid and folder
   */
  public static fromFile(path: string, options: DashboardOptions = {}): Dashboard {
    checkArguments('Dashboard.fromFile', { path, options });
    const where = `dashboard '${path}'`;
    return Dashboard.parsed(readText(path, where), where, options);
  }

  /** A dashboard of a component, proven by tests: read when it is shown, and not checked. @internal */
  public static _ofComponent(component: ComponentDashboard, folder: string): Dashboard {
    return new Dashboard(new ComponentSource(component, folder));
  }

  private static parsed(json: string, where: string, { uid, folder }: DashboardOptions): Dashboard {
    const model = classicModel(json, where);
    const dashboard = new Dashboard({ folder, model: { ...model, uid: uid ?? model.uid } });
    dashboard.check(where);
    return dashboard;
  }

  private constructor(private readonly source: Source) {}

  /** Identifier in Grafana. */
  public get uid(): string {
    return this.source.component?.uid ?? jsonText(this.source.model.uid) ?? '';
  }

  /** Title. */
  public get title(): string {
    return this.source.component?.title ?? jsonText(this.source.model.title) ?? '';
  }

  /** Title of the folder in Grafana, if it is in one. */
  public get folder(): string | undefined {
    return this.source.folder;
  }

  /** Names of the variables, in their order. */
  public get variables(): string[] {
    return variablesOf(this.source.model).map(({ name }) => name);
  }

  /** Queries to Prometheus of panels and annotations, as they are written: with variables of Grafana in them. */
  public get queries(): string[] {
    return queriesOf(this.source.model).map(({ expr }) => expr);
  }

  /** The JSON, as Grafana reads it, with a line for each panel and variable. */
  public toJson(): string {
    const { component } = this.source;
    return this._rendered({ jobs: new Map(component === undefined ? [] : [[component.component, [component.jobName]]]) });
  }

  /** The dashboard of a component, if it is one. @internal */
  public get _component(): ComponentDashboard | undefined {
    return this.source.component;
  }

  /** Data sources that it asks by uid or name; those of the library leave them to a variable. @internal */
  public get _dataSources(): AskedDataSource[] {
    return this.source.component === undefined ? namedDataSources(this.source.model) : [];
  }

  /** Names of the metrics that its queries ask Prometheus for; none of those of the library, whose tests know them. @internal */
  public get _metrics(): string[] {
    const { component, model } = this.source;
    const queries = component === undefined ? queriesOf(model) : [];
    const variables = queries.length === 0 ? [] : variablesOf(model);
    return [...new Set(queries.flatMap((query) => (
      // Others have the value of a variable in them.
      checkDashboardQuery(query, variables)._selectors.flatMap(({ metric }) => (metric !== undefined && query.expr.includes(metric) ? metric : []))
    )))];
  }

  /** The JSON for a Grafana that shows other dashboards too. @internal */
  public _rendered(surroundings: DashboardSurroundings): string {
    return this.source.component?.rendered(surroundings) ?? dashboardText(this.source.model);
  }

  private check(where: string): void {
    const { uid, title, folder, source: { model } } = this;
    if (!/^[\w-]{1,40}$/.test(uid)) {
      throw new Error(`${where}: uid '${uid}' is not an identifier of Grafana; set 'uid' to at most 40 letters, digits, dashes and underscores`);
    }
    if (title.trim() === '' || title.length > 5000) {
      throw new Error(`${where}: title is ${title.trim() === '' ? 'missing' : `${title.length} characters long`}; give the dashboard one of 1 to 5000 characters`);
    }
    if (folder !== undefined && ['', 'general'].includes(folder.trim().toLowerCase())) {
      throw new Error(`${where}: folder '${folder}' is ${folder.trim() === '' ? 'empty' : 'the name of the top level of Grafana'}; choose another title, or leave 'folder' out`);
    }
    const bytes = Buffer.byteLength(JSON.stringify(model));
    if (bytes > MAX_BYTES) {
      throw new Error(`${where}: the JSON has ${Math.ceil(bytes / 1000)} kB, and an object holds at most ${MAX_BYTES / 1000} kB; split the dashboard`);
    }
    this.checkNames(where, model);
    this.checkQueries(where, model);
    checkReferences(where, model, this.variables);
    checkPluginTypes(where, model);
  }

  /** Grafana gives panels of one number others, so that only one that shows the result of another is in doubt. */
  private checkNames(where: string, model: JsonMap): void {
    const { variables } = this;
    const twice = variables.find((name, i) => variables.indexOf(name) !== i);
    if (twice !== undefined) {
      throw new Error(`${where}: two variables have the name '${twice}'; give one of them another`);
    }
    const panels = panelsOf(model);
    const shown = panels.flatMap(({ targets }) => jsonMaps(targets)).flatMap(({ panelId }) => (panelId === undefined ? [] : [panelId]));
    const alike = shown.map((shownId) => panels.filter(({ id }) => id === shownId)).find(({ length }) => length > 1);
    if (alike !== undefined) {
      const titles = alike.map(({ title }) => `'${jsonText(title) ?? ''}'`).join(' and ');
      throw new Error(`${where}: panels ${titles} have the id ${String(alike[0].id)}, and another shows the result of one of them; give each another 'id'`);
    }
  }

  private checkQueries(where: string, model: JsonMap): void {
    const variables = variablesOf(model);
    const queries = [...queriesOf(model), ...variables.flatMap(({ name, query, asksPrometheus }) => {
      // The other functions take no PromQL: label_names(), metrics(regex), label_values(label).
      const expr = asksPrometheus ? /^\s*(?:query_result\((.+)\)|label_values\((.+),\s*[^,]+\))\s*$/s.exec(query ?? '') : null;
      return expr === null ? [] : [{ where: `variable '${name}'`, expr: expr[1] ?? expr[2] }];
    })];
    queries.forEach((query) => checkDashboardQuery({ ...query, where: `${where}: ${query.where}` }, variables));
  }
}
