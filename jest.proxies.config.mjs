import base from './jest.config.mjs';

/**
 * `npm run test:proxies`: the configurations of docs/proxies.md,
 * each before the whole system.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/proxies/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
