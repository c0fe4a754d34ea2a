export * from './alertmanager-props';
export * from './prometheus-base';
export * from './prometheus-props';
