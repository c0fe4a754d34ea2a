export * from './thanos';
export * from './victoria-metrics';
export * from './victoria-metrics-props';
