export * from './dashboard-config-maps';
export { DashboardObjectsProps } from './dashboard-objects';
export * from './grafana-dashboard-resources';
