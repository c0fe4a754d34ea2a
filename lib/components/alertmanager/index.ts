export * from './alertmanager-rule-options';
