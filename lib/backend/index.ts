export * from './alertmanager-props';
export * from './federation-job';
export * from './prometheus-props';
