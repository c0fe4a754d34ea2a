export * from './thanos-compactor';
export * from './thanos-compactor-props';
export * from './thanos-options';
export * from './thanos-query';
export * from './thanos-query-props';
export * from './thanos-store';
export * from './thanos-store-props';
