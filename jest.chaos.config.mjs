import base from './jest.config.mjs';

/** `npm run test:chaos`: both halves of the chaos tests, and the model. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/{chaos,model}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globals: { modelRuns: 100 },
  // Each scenario has servers of its own, and what it measures is how they recover.
  maxWorkers: 1,
};
