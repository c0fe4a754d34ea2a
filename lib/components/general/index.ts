export * from './general-rule-options';
