/**
 * Tells the tests that were begun from those whose `beforeAll` failed, which
 * Jest reports as failed alike.
 */
import { appendFileSync } from 'node:fs';
import { beforeEach, expect } from '@jest/globals';

const notes = process.env['TESTS_BEGUN'];

beforeEach(() => {
  if (notes !== undefined)
    appendFileSync(notes, `${JSON.stringify(expect.getState().currentTestName)}\n`);
});
