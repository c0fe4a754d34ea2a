export * from './metric-selection';
export * from './probe-job-props';
export * from './prober';
export * from './relabeling';
export * from './scheme';
export * from './scrape-endpoint';
export * from './scrape-job';
export * from './scrape-job-props';
