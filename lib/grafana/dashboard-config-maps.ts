import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KIND } from '../kubernetes/kinds';
import { DashboardObject, DashboardObjects, DashboardObjectsProps } from './dashboard-objects';
import { apiObject, lazily } from '../kubernetes/api-object';
import { checkArguments } from '../arguments';

/** ConfigMaps that a sidecar of Grafana collects. */
export interface DashboardConfigMapsProps extends DashboardObjectsProps {
  /**
   * Labels by which the sidecar finds the ConfigMaps.
   * @default - `grafana_dashboard: "1"`, as the sidecar of kube-prometheus-stack and of Grafana's chart looks for
   */
  readonly discoveryLabels?: { readonly [label: string]: string };
  /**
   * Annotation with the folder of a dashboard. The sidecar heeds it where `sidecar.dashboards.folderAnnotation` of the chart names it and
   * `sidecar.dashboards.provider.foldersFromFilesStructure` is true.
   * @default grafana_folder
   */
  readonly folderAnnotation?: string;
}

/**
 * A ConfigMap for each dashboard, for a Grafana that exists already and has the sidecar of its chart.
 * @see https://github.com/grafana-community/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class DashboardConfigMaps extends DashboardObjects {
  private readonly discoveryLabels: { readonly [label: string]: string };
  private readonly folderAnnotation: string;

  constructor(scope: Construct, id: string, props: DashboardConfigMapsProps = {}) {
    super(scope, id, props);
    checkArguments('DashboardConfigMaps', { props }, this.node.path);
    this.discoveryLabels = { ...(props.discoveryLabels ?? { grafana_dashboard: '1' }) };
    this.folderAnnotation = props.folderAnnotation ?? 'grafana_folder';
    if (Object.keys(this.discoveryLabels).length === 0) {
      throw new Error(`${this.node.path}: discoveryLabels is empty, so no sidecar would find the ConfigMaps; name at least one label, or leave it out for the default`);
    }
  }

  /** ConfigMaps of the dashboards so far, in the order of `dashboards`. */
  public get configMaps(): ApiObject[] {
    return [...this._objects];
  }

  /** @internal */
  protected get _readers(): string {
    return JSON.stringify(['sidecar', this.namespace, Object.entries(this.discoveryLabels).sort()]);
  }

  /** @internal */
  protected _make({ id, metadata, dashboard: { uid, folder }, json }: DashboardObject): ApiObject {
    return apiObject(this, id, KIND.ConfigMap, {
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, ...this.discoveryLabels },
        annotations: folder === undefined ? undefined : { [this.folderAnnotation]: folder },
      },
      data: { [`${uid}.json`]: lazily(json) },
    });
  }
}
