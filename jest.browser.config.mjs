import base from './jest.config.mjs';

/**
 * `npm run test:browser`: the page in Chromium, before the whole system. A browser on a
 * busy machine takes its time.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  // It waits more than it works.
  maxWorkers: Math.min(base.maxWorkers, 2),
};
