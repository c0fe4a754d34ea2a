export * from './cluster-profile';
export * from './kubernetes-monitoring';
export * from './kubernetes-monitoring-props';
export * from './monitoring-backend';
export * from './monitoring-part';
