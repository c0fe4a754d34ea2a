export * from './http';
export * from './scrape';
export * from './rules';
export * from './routing';
export * from './dashboards';
export * from './monitored';
export {
  ExistingAlertmanager, ExistingAlertmanagerOptions, ExistingAlertmanagerProps, IAlertmanager, IAlertmanagerService, OutsideAlertmanagerProps,
} from './alertmanager';
export * from './remote-write';
export * from './capacity';
export * from './sinks';
export * from './web-config';
export * from './prometheus';
export * from './thanos';
