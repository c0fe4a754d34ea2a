export * from './kubelet-discovery';
export * from './kubelet-monitor';
export * from './kubelet-path';
export * from './kubelet-rule-options';
