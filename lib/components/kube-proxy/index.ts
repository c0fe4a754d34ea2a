export * from './kube-proxy-monitor';
export * from './kube-proxy-rule-options';
