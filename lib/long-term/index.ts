export type { StoreCapacity } from './store-capacity';
export * from './victoria-metrics';
export * from './victoria-metrics-props';
