export * from './etcd-monitor';
export * from './etcd-monitor-props';
export * from './etcd-rule-options';
