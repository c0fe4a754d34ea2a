'use strict';
// The same, for an app whose Prometheus others have installed, on a cluster of either kind.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/existing/*.test.ts'], globals: { clusterKind: 'any' } };
