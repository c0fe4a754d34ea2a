'use strict';
// The same, for what is applied again, changed and removed, on a cluster of either kind.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/changes/*.test.ts'], globals: { clusterKind: 'any' } };
