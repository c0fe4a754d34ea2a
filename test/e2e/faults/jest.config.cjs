'use strict';
// Programs as plain processes on the loopback, without a cluster, by root, who mounts small file systems: `prometheus`, `victoria-metrics`,
// `influxd`, `influx`, `thanos`, `bento`, `telegraf`, `alertmanager`,
// `prometheus-config-reloader` and openssl have to be on PATH.
module.exports = {
  ...require('../jest.config.json'), rootDir: '../../..', globalSetup: '<rootDir>/test/e2e/harness/process-setup.ts', globalTeardown: undefined, testTimeout: 900_000,
  testMatch: ['<rootDir>/test/e2e/faults/*.test.ts'],
};
