export * from './blackbox-exporter';
export * from './blackbox-module';
export * from './blackbox-module-options';
export * from './blackbox-probes';
export * from './blackbox-rule-options';
