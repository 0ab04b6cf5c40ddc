import { bundledLibraries } from './tools/bundle-libraries.mjs';

const brokers = process.env.TEST_RABBITMQ_URLS?.split(',') ?? [];

/**
 * Tests run the TypeScript sources as ES modules through swc; the same .swcrc
 * builds what runs in production.
 */
export default {
  testEnvironment: 'node',
  testSequencer: '<rootDir>/test/longest-first.mjs',
  testMatch: ['<rootDir>/{apps,libs,tools,test}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    ...(await bundledLibraries()),
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^#in-memory/([a-z-]+)$': '<rootDir>/libs/$1/in-memory/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Commands of their own: jest.chaos.config.mjs (its slow half),
  // jest.security.config.mjs.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/chaos/full/',
    '<rootDir>/test/security/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/proxies/',
    '<rootDir>/test/publishers/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stack/'],
  setupFiles: ['reflect-metadata'],
  testTimeout: 30_000,
  // As many as there are brokers, or virtual hosts of one, since the names of queues are
  // fixed: testBrokerUrl() in test/support/broker.ts.
  maxWorkers: Math.max(brokers.length, 1),
  // Node keeps the ES modules of every test file that a worker has run, some 20 MB
  // each. A worker of several gigabytes collects garbage rather than test: another one
  // takes over.
  workerIdleMemoryLimit: '600MB',
  // How often test/model plays; jest.chaos.config.mjs has it play longer.
  globals: { modelRuns: 6 },
  reporters: ['default', '<rootDir>/test/chaos/harness/summary-reporter.mjs'],
};
