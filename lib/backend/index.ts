export * from './alertmanager-props';
export * from './prometheus-props';
