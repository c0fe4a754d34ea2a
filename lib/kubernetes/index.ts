export * from './config-map-key';
export * from './exposure';
export * from './monitoring-namespace';
export * from './data-storage';
export * from './proxy-environment';
export * from './secret-key';
export * from './workload-options';
