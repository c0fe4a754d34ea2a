'use strict';
// The same, for the stores that a Prometheus writes to, on a cluster of either kind.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/stores/*.test.ts'], globals: { clusterKind: 'any' } };
