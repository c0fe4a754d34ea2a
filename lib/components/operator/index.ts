export * from './prometheus-operator-rule-options';
