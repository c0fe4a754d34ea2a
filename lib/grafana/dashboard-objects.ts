import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DashboardCollection, dashboardName } from './dashboard-collection';
import { ObjectOptions } from '../kubernetes';
import { identityOf, WorkloadIdentity } from '../kubernetes/workload-identity';
import { Dashboard, IMonitored } from '../monitoring';
import { checkProps } from '../arguments';

/** Dashboards, and the objects that hold them. */
export interface DashboardObjectsProps extends ObjectOptions {
  /**
   * Whether the Prometheus behind the dashboards has series of several clusters, told apart by the label `cluster`. The dashboards of this
   * library have a choice of the cluster then.
   * @default false
   */
  readonly multiCluster?: boolean;
}

/** Object that holds a dashboard. */
export interface DashboardObject {
  readonly id: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: { [label: string]: string } };
  readonly dashboard: Dashboard;
  /** The JSON, read when the object is rendered. */
  readonly json: () => string;
}

/** An object for each dashboard, for a Grafana that this app does not make. @internal */
export abstract class DashboardObjects extends Construct {
  /** Beginning of the names of the objects, which end in the uid of the dashboard. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** @internal */
  protected readonly _objects: ApiObject[] = [];
  private readonly collection: DashboardCollection;

  /** @internal */
  protected constructor(scope: Construct, id: string, props: DashboardObjectsProps) {
    super(scope, id);
    checkProps('DashboardObjectsProps', props, this.node.path);
    const identity = identityOf(this, props, 'grafana', 'dashboards');
    [this.name, this.namespace] = [identity.name, identity.namespace];
    this.collection = new DashboardCollection(identity.where, (dashboard, json) => {
      this._objects.push(this._make(objectOf(identity, dashboard, json)));
    }, props.multiCluster);
    this.node.addValidation({ validate: () => this.shownTwice() });
  }

  /** Dashboards that are shown. */
  public get dashboards(): Dashboard[] {
    return this.collection.dashboards;
  }

  /** Dashboards that are not shown because they need metrics of a component that is not, each with what to add. */
  public get notes(): string[] {
    return this.collection.notes;
  }

  /**
   * Shows the dashboards of each thing, such as a component, a Prometheus or a construct of your own. A dashboard that also needs metrics of another
   * component is shown once that is, too. Throws when a thing is shown already, or two dashboards have
   * one uid, title or name of their objects.
   */
  public show(...things: IMonitored[]): IMonitored[] {
    return this.collection.show(...things);
  }

  /** Text that is the same for objects that the same Grafanas read. @internal */
  protected abstract readonly _readers: string;

  /** Dashboards that another construct of the chart has for the same Grafanas, which would show one of the two, now this and now that. */
  private shownTwice(): string[] {
    const all = Chart.of(this).node.findAll().filter((one) => one instanceof DashboardObjects).filter(({ _readers }) => _readers === this._readers);
    return all.slice(0, all.indexOf(this)).flatMap((other) => {
      const uids = other.dashboards.map(({ uid }) => uid);
      return this.dashboards.filter(({ uid }) => uids.includes(uid)).map(({ uid }) => (
        `the same Grafana gets dashboard '${uid}' of '${other.node.path}'; show both things by one of the two`
      ));
    });
  }

  /** Makes the object of a dashboard. @internal */
  protected abstract _make(object: DashboardObject): ApiObject;
}

function objectOf({ name, namespace, labels }: WorkloadIdentity, dashboard: Dashboard, json: () => string): DashboardObject {
  return { id: dashboard.uid, metadata: { name: `${name}-${dashboardName(dashboard)}`, namespace, labels: { ...labels } }, dashboard, json };
}
