import base from './jest.config.mjs';

/** `npm run test:publishers`: the clients of others, as docs/events has them. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/publishers/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
