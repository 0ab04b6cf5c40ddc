import { afterAll, beforeAll } from '@jest/globals';
import { openStage, type Stage } from '../stage.js';

/**
 * One system for all of over-http.test.ts: to start it takes longer than most rules do.
 * Each rule has tickets of its own, or people.
 */
export let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop(), 30_000);
