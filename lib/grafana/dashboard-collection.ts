import { checkGiven } from '../checks';
import { Dashboard, IMonitored } from '../monitoring';
import { DashboardSurroundings, jobVariable, Thresholds } from '../monitoring/dashboards/component-dashboard';
import { growingDashboards, thingName } from '../monitoring/monitored-things';
import { quoteList } from '../text';

/** The uid of a dashboard as a part of the name of an object, which has fewer characters. */
export function dashboardName({ uid }: Dashboard): string {
  return uid.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}

/** Makes the object of a dashboard; the JSON is read when the object is rendered. */
export type PlaceDashboard = (dashboard: Dashboard, json: () => string) => void;

/**
 * Dashboards that one Grafana shows. That of a component is shown once, for all of its scrape jobs, as soon as every component is shown whose
 * metrics it asks for.
 */
export class DashboardCollection {
  private readonly things = new Set<IMonitored>();
  private readonly jobs = new Map<string, string[]>();
  private readonly shown = new Map<string, Dashboard>();
  private readonly waiting = new Map<string, Dashboard>();
  private thresholds: Thresholds = {};

  /** @param where the construct, for messages */
  constructor(private readonly where: string, private readonly place: PlaceDashboard, private readonly multiCluster: boolean = false) {}

  /** Dashboards that are shown, in the order in which they came. */
  public get dashboards(): Dashboard[] {
    return [...this.shown.values()];
  }

  /** Names of the scrape jobs that are shown, by component. */
  public get jobsOf(): ReadonlyMap<string, readonly string[]> {
    return this.jobs;
  }

  /** Dashboards that are not shown, each with what it lacks. */
  public get notes(): string[] {
    return [...this.waiting].map(([uid, dashboard]) => {
      const components = this.missing(dashboard).map((variable) => variable.replace(/_/g, '-'));
      return `dashboard '${uid}' is not shown: it needs metrics of ${quoteList(components)}; show them too`;
    });
  }

  /** Shows the dashboards of each thing. Throws when one is shown already, or two dashboards have one uid, title or name of their objects. */
  public show(...things: IMonitored[]): IMonitored[] {
    things.forEach((thing) => {
      checkGiven(thing?.monitoring, `${this.where}: what show() is given`, 'give it a component, a Prometheus or another construct with \'monitoring\', and none that is left out');
      if (this.things.has(thing)) {
        throw new Error(`${this.where}: the dashboards of ${thingName(thing)} are shown already; show each thing once`);
      }
      this.things.add(thing);
      thing.monitoring.dashboards?.forEach((dashboard) => this.add(dashboard));
      growingDashboards(thing)?.onAdded((dashboard) => {
        this.add(dashboard);
        this.placeReady();
      });
    });
    this.placeReady();
    return things;
  }

  private placeReady(): void {
    [...this.waiting].filter(([, dashboard]) => this.missing(dashboard).length === 0).forEach(([uid, dashboard]) => {
      this.waiting.delete(uid);
      this.placed(dashboard);
    });
  }

  private add(dashboard: Dashboard): void {
    const { uid, title, _component: component } = dashboard;
    if (component !== undefined) {
      const jobs = this.jobs.get(component.component) ?? [];
      this.jobs.set(component.component, jobs.includes(component.jobName) ? jobs : [...jobs, component.jobName]);
      this.thresholds = { ...component.thresholds, ...this.thresholds };
    }
    const all = [...this.shown.values(), ...this.waiting.values()];
    const same = all.find((other) => other.uid === uid);
    if (same !== undefined && component !== undefined && same._component?.file === component.file) {
      return;
    }
    if (same !== undefined) {
      throw new Error(`${this.where}: dashboards '${same.title}' and '${title}' have the uid '${uid}', and Grafana would show one of them; give one another 'uid'`);
    }
    const alike = all.find((other) => other.title === title);
    if (alike !== undefined) {
      throw new Error(`${this.where}: dashboards '${alike.uid}' and '${uid}' have the title '${title}'; give one of them another title`);
    }
    this.checkName(dashboard, all);
    this.waiting.set(uid, dashboard);
  }

  /** Its object is named by the uid, in small letters and digits. */
  private checkName(dashboard: Dashboard, others: readonly Dashboard[]): void {
    const name = dashboardName(dashboard);
    if (name === '') {
      throw new Error(`${this.where}: the uid '${dashboard.uid}' of dashboard '${dashboard.title}' has no letter and no digit to name its object by; give it another 'uid'`);
    }
    const other = others.find((one) => dashboardName(one) === name);
    if (other !== undefined) {
      throw new Error(`${this.where}: dashboards '${other.title}' and '${dashboard.title}' have the uids '${other.uid}' and '${dashboard.uid}', by which both their objects are named '${name}'; give one another 'uid'`);
    }
  }

  private placed(dashboard: Dashboard): void {
    this.shown.set(dashboard.uid, dashboard);
    this.place(dashboard, () => dashboard._rendered(this.surroundings()));
  }

  private surroundings(): DashboardSurroundings {
    return { jobs: this.jobs, thresholds: this.thresholds, uids: new Set(this.shown.keys()), multiCluster: this.multiCluster };
  }

  /** Variables for jobs of which none is shown. */
  private missing({ _component: component }: Dashboard): string[] {
    const known = [...this.jobs.keys()].map(jobVariable);
    return component?.jobVariables.filter((variable) => !known.includes(variable)) ?? [];
  }
}
