export * from './node-collector';
export * from './node-exporter';
export * from './node-rule-options';
