export * from './alertmanager-props';
export * from './prometheus-props';
export * from './sinks/sink-gateway';
export * from './sinks/sink-gateway-props';
