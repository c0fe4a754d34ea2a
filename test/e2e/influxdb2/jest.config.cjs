'use strict';
// Programs as plain processes on the loopback, without a cluster: `prometheus`, `bento`, and `influxd2` and `influx2` of tools/influxdb/build-2
// have to be on PATH.
module.exports = {
  ...require('../jest.config.json'), rootDir: '../../..', globalSetup: undefined, globalTeardown: undefined, testTimeout: 600_000,
  testMatch: ['<rootDir>/test/e2e/influxdb2/*.test.ts'],
};
