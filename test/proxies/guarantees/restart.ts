import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Before } from '../harness/before.js';
import { isTransient, Load, type Trouble } from '../harness/load.js';

/**
 * Ms that a proxy may take to notice that a gateway is back: much less than the 10 s of
 * nginx and the 60 s of Apache by default.
 */
const notice = 3000;

/** All at once: it is one restart for all of them. */
export function surviveRestarts(all: readonly Before[]): void {
  let loads: readonly Load[];
  beforeEach(async () => {
    loads = await Promise.all(all.map((before) => Load.start(before)));
  });
  afterEach(() => Promise.all(loads.map((load) => load.end())));

  const restart = async (count: 1 | 2) => all[0]?.street().restartGateways(count);
  const goOn = () => Promise.all(loads.map((load) => load.goOn()));
  const troubles = (which: (trouble: Trouble) => boolean) =>
    loads.flatMap((load) =>
      load.troubles
        .filter(which)
        .map(({ method, outcome }) => `${load.name}: ${method} ${outcome}`),
    );

  describe('under load', () => {
    it('a restart of every gateway fails calls in ways that may be tried again, and none once they are back', async () => {
      const streams = await Promise.all(
        loads.map(({ caller, ticket }) => caller.listen(ticket.agent, `${ticket.path}/stream`)),
      );
      await restart(2);
      const ready = performance.now();
      await sleep(notice);
      await goOn();
      expect(troubles((trouble) => !isTransient(trouble))).toEqual([]);
      expect(troubles(({ begun }) => begun > ready + notice)).toEqual([]);
      await Promise.all(streams.map((stream) => stream.end()));
      for (const load of loads)
        expect([load.name, await load.end()]).toEqual([load.name, load.written]);
    }, 120_000);

    it('a restart of one gateway of two fails nobody’s reading', async () => {
      await restart(1);
      await goOn();
      expect(
        troubles(
          ({ method, outcome }) => method === 'GET' || !isTransient({ method, outcome, begun: 0 }),
        ),
      ).toEqual([]);
    }, 120_000);
  });
}
