export { AlertmanagerGossipOptions, AlertmanagerLimits, AlertmanagerOptions } from './alertmanager-options';
export * from './alertmanager-props';
export * from './federation-job';
export * from './prometheus-configuration-props';
export * from './prometheus-props';
export * from './sinks/sink-gateway';
export * from './sinks/sink-gateway-props';
export * from './thanos-sidecar-options';
