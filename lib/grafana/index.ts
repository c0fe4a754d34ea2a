export * from './dashboard-config-maps';
export { DashboardObjectsProps } from './dashboard-objects';
export { DataSource, DataSourceOptions, DataSourceProps, DataSourceSettings, PrometheusDataSourceOptions } from './data-source';
export * from './grafana';
export { GrafanaDatabase, GrafanaDatabaseProps } from './grafana-database';
export * from './grafana-dashboard-resources';
export { GrafanaOidc, GrafanaRole } from './grafana-oidc';
export * from './grafana-props';
