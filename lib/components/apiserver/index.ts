export * from './apiserver-rule-options';
export * from './apiserver-monitor';
