export * from './alertmanager-props';
export * from './prometheus-configuration-props';
export * from './prometheus-props';
