export * from './scheduler-monitor';
export * from './scheduler-rule-options';
