'use strict';
// The same, where workloads, targets, stores and receivers fail, on an opened cluster.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/troubles/*.test.ts'] };
