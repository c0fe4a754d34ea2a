import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DashboardObject, DashboardObjects, DashboardObjectsProps } from './dashboard-objects';
import { ApiKind, apiObject, lazily } from '../kubernetes/api-object';
import { goDuration } from '../units';
import { checkArguments } from '../arguments';

/** Dashboards for the Grafana operator. */
export interface GrafanaDashboardResourcesProps extends DashboardObjectsProps {
  /**
   * Labels of the Grafana resources that get the dashboards. The operator does not let them change later.
   * @default - `dashboards: grafana`
   */
  readonly grafanaLabels?: { readonly [label: string]: string };
  /**
   * Whether Grafana resources of other namespaces get the dashboards too.
   * @default true
   */
  readonly crossNamespace?: boolean;
  /**
   * Time between two checks of what Grafana has.
   * @default - the operator's own, 10 minutes
   */
  readonly resyncPeriod?: Duration;
}

/** Fields of a GrafanaDashboard in use. */
interface GrafanaDashboardProps {
  readonly metadata: object;
  readonly spec: {
    readonly instanceSelector: { readonly matchLabels: { readonly [label: string]: string } };
    readonly allowCrossNamespaceImport: boolean;
    readonly resyncPeriod?: string;
    readonly folder?: string;
    readonly json: string;
  };
}

const GVK = { apiVersion: 'grafana.integreatly.org/v1beta1', kind: 'GrafanaDashboard' };
const GRAFANA_DASHBOARD: ApiKind<GrafanaDashboardProps> = { GVK, manifest: (props) => ({ ...GVK, ...props }) };

/**
 * A GrafanaDashboard for each dashboard, for a Grafana that the Grafana operator runs. The operator puts a dashboard without a folder into one
 * that is named after the namespace.
 * @see https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export class GrafanaDashboardResources extends DashboardObjects {
  private readonly grafanaLabels: { readonly [label: string]: string };
  private readonly crossNamespace: boolean;
  private readonly resyncPeriod?: string;

  constructor(scope: Construct, id: string, props: GrafanaDashboardResourcesProps = {}) {
    super(scope, id, props);
    checkArguments('GrafanaDashboardResources', { props }, this.node.path);
    this.grafanaLabels = { ...(props.grafanaLabels ?? { dashboards: 'grafana' }) };
    this.crossNamespace = props.crossNamespace ?? true;
    this.resyncPeriod = goDuration(props.resyncPeriod);
    if (Object.keys(this.grafanaLabels).length === 0) {
      throw new Error(`${this.node.path}: grafanaLabels is empty, which would select every Grafana; name at least one label, or leave it out for the default`);
    }
  }

  /** GrafanaDashboard resources of the dashboards so far, in the order of `dashboards`. */
  public get resources(): ApiObject[] {
    return [...this._objects];
  }

  /** @internal */
  protected get _readers(): string {
    return JSON.stringify(['operator', this.crossNamespace ? '' : this.namespace, Object.entries(this.grafanaLabels).sort()]);
  }

  /** @internal */
  protected _make({ id, metadata, dashboard: { folder }, json }: DashboardObject): ApiObject {
    return apiObject(this, id, GRAFANA_DASHBOARD, {
      metadata,
      spec: {
        instanceSelector: { matchLabels: this.grafanaLabels },
        allowCrossNamespaceImport: this.crossNamespace,
        resyncPeriod: this.resyncPeriod,
        folder,
        json: lazily(json),
      },
    });
  }
}
