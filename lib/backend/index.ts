export * from './alertmanager-base';
export * from './alertmanager-props';
export * from './prometheus-base';
export * from './prometheus-props';
