export * from './alerting-rule';
export * from './recording-rule';
export * from './recording-rules';
export * from './rule';
export * from './rule-edit';
export * from './rule-group';
export * from './rule-set';
export { Runbooks } from './runbooks';
export * from './severity';
