export * from './influxdb';
export * from './influxdb-credentials';
export * from './influxdb-props';
export type { StoreCapacity } from './store-capacity';
export * from './thanos';
export * from './victoria-metrics';
export * from './victoria-metrics-props';
