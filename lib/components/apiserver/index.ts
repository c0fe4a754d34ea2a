export * from './api-server-rule-options';
export * from './apiserver-monitor';
