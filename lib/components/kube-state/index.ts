export * from './kube-state-keys';
export * from './kube-state-metrics';
export * from './kube-state-metrics-props';
export * from './kube-state-resource';
export * from './kube-state-rule-options';
