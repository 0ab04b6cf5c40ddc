import base from './jest.config.mjs';

/**
 * `npm run test:security`: what somebody hostile would try, and a search of
 * every byte for what was secret.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/security/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
