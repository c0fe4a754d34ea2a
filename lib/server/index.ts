export * from './alertmanager-props';
export * from './alertmanager-server';
export * from './prometheus-props';
export * from './prometheus-server';
