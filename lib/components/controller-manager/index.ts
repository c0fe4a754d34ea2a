export * from './controller-manager-monitor';
export * from './controller-manager-rule-options';
