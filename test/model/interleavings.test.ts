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

/** Brings all that is on its way, the newest first, and what comes of it. */
async function everythingArrives(play: Play): Promise<void> {
  for (
    let letter = play.post.letters.at(-1);
    letter;
    letter = play.post.letters.findLast(({ arrived }) => !arrived)
  )
    await play.bring(letter);
}

/**
 * Of other homes only; where none of our own events arrives, the reconciler finds out.
 */
async function homesAreHeard(play: Play): Promise<void> {
  for (const letter of play.post.letters.filter(({ said, arrived }) => said && !arrived))
    await play.bring(letter);
  await stage.reconcile();
}

const endings = {
  'everything arrives': everythingArrives,
  'only other homes are heard': homesAreHeard,
};
const ending = fc.constantFrom(...(Object.keys(endings) as (keyof typeof endings)[]));

describe('whatever is opened, shared, ended, reopened, mirrored, repeated, held up, raced and killed, in whatever order', () => {
  it('a credential is there exactly as long as its ticket is in the phase that it was shared in, and its end is proven and told once', async () => {
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
