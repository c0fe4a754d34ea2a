export * from './alertmanager-server';
export * from './alertmanager-server-props';
export * from './config-reloader-options';
export * from './prometheus-server';
export * from './prometheus-server-props';
