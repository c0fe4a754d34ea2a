export * from './alertmanager-server';
export * from './config-reloader-options';
export * from './prometheus-server';
