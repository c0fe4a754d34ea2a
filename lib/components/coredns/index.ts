export * from './coredns-monitor';
export * from './coredns-rule-options';
