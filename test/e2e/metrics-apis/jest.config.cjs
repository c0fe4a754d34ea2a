'use strict';
// The same, for metrics-server, prometheus-adapter and autoscaling, on an opened cluster.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/metrics-apis/*.test.ts'] };
