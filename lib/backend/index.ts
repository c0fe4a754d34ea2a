export * from './alertmanager-props';
export * from './prometheus-props';
export * from './thanos-sidecar-options';
