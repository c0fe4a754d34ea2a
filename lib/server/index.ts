export * from './alertmanager-server';
export * from './alertmanager-server-props';
export * from './prometheus-server';
export * from './prometheus-server-props';
