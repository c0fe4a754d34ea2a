'use strict';
// The same, for the tests that need a cluster as kubeadm or kind made it.
module.exports = { ...require('../jest.config.json'), rootDir: '../../..', testMatch: ['<rootDir>/test/e2e/unmodified/*.test.ts'], globals: { clusterKind: 'unmodified' } };
