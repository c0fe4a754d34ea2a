export * from './alertmanager-props';
export * from './federation-job';
export * from './prometheus-configuration-props';
export * from './prometheus-props';
export * from './thanos-sidecar-options';
