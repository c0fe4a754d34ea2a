'use strict';
// Programs as plain processes on the loopback, without a cluster: `prometheus`, `bento`, `telegraf`, openssl, java and mvn have to be on
// PATH.
module.exports = {
  ...require('../jest.config.json'), rootDir: '../../..', globalSetup: '<rootDir>/test/e2e/harness/process-setup.ts', globalTeardown: undefined, testTimeout: 900_000,
  testMatch: ['<rootDir>/test/e2e/sinks/*.test.ts'],
};
