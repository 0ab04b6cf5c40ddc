import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeInTheEnd, judgeMeanwhile } from './judge.js';
import { Play } from './play.js';
import { setStage, type Stage } from './stage.js';
import { steps } from './steps.js';

/** Set by jest.config.mjs and jest.chaos.config.mjs. */
declare const modelRuns: number;

/**
 * What a failing run printed, to see the same again:
 * `TEST_MODEL_REPLAY='{"seed":1,"path":"3:0"}'`.
 */
const replay = JSON.parse(process.env['TEST_MODEL_REPLAY'] ?? '{}') as {
  seed?: number;
  path?: string;
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage.close());

/** Delivers everything, the newest first, and what comes of it. */
async function everythingArrives(play: Play): Promise<void> {
  for (
    let delivery = play.network.deliveries.at(-1);
    delivery;
    delivery = play.network.deliveries.findLast(({ delivered }) => !delivered)
  )
    await play.deliver(delivery);
}

/**
 * Of other homes only; where none of our own events arrives, the reconciler finds out.
 */
async function homesAreHeard(play: Play): Promise<void> {
  for (const delivery of play.network.deliveries.filter(
    ({ fromHome, delivered }) => fromHome && !delivered,
  ))
    await play.deliver(delivery);
  await stage.reconcile();
}

const endings = {
  'everything arrives': everythingArrives,
  'only other homes are heard': homesAreHeard,
};
const ending = fc.constantFrom(...(Object.keys(endings) as (keyof typeof endings)[]));

describe('whatever is opened, shared, ended, reopened, mirrored, repeated, held up, raced and killed, in whatever order', () => {
  it('a credential is there exactly as long as its ticket is in the phase that it was shared in, and its end is proven and published once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, ending, async (chosen, inTheEnd) => {
        const play = new Play(stage);
        for (const step of chosen) {
          await step(play);
          await judgeMeanwhile(stage, play);
        }
        await endings[inTheEnd](play);
        await judgeInTheEnd(stage, play);
      }),
      { numRuns: modelRuns, ...replay },
    );
  }, 1_800_000);
});
