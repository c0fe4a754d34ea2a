export * from './prometheus-rule-options';
