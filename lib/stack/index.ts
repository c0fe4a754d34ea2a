export * from './cluster-profile';
export * from './cluster-reach';
export * from './kubernetes-monitoring';
export * from './kubernetes-monitoring-props';
export * from './monitoring-backend';
export * from './monitoring-part';
