import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Batcher, type Outcome } from './batcher.js';

/**
 * `done` and `refused` are outcomes of its own; `busy` has to wait for its lane; `poison`
 * fails the whole batch that it is in.
 */
type Kind = 'done' | 'refused' | 'busy' | 'poison';

interface Command {
  readonly number: number;
  readonly lane: string;
  readonly kind: Kind;
  /** Turns of the event loop before it arrives, and for which it is performed. */
  readonly pause: number;
}

class Poisoned extends Error {}
class Outage extends Error {}

/** Performs by what each command is, and writes down what it did. */
class Stage {
  readonly batches: (readonly Command[])[] = [];
  /** What was done and told, by lane. */
  readonly told = new Map<string, number[]>();
  together = 0;
  most = 0;

  readonly batcher = new Batcher<Command, number>({
    laneOf: ({ lane }) => lane,
    isFinal: (error) => error instanceof Outage,
    maxSize: 5,
    together: async (commands) => {
      this.together += 1;
      this.most = Math.max(this.most, this.together);
      await this.work(commands);
      this.together -= 1;
      if (commands.some(({ kind }) => kind === 'poison')) throw new Poisoned();
      const busy = new Set(commands.filter(({ kind }) => kind === 'busy').map(({ lane }) => lane));
      return commands.map((command) => (busy.has(command.lane) ? 'apart' : this.tell(command)));
    },
    alone: async (commands) => {
      await this.work(commands);
      if (commands.some(({ kind }) => kind === 'poison')) throw new Poisoned();
      return commands.map((command) => this.tell(command));
    },
  });

  private async work(commands: readonly Command[]): Promise<void> {
    this.batches.push(commands);
    for (let turns = commands[0]?.pause ?? 0; turns > 0; turns -= 1) await turn();
  }

  private tell({ number, lane, kind }: Command): Outcome<number> {
    this.told.set(lane, [...(this.told.get(lane) ?? []), number]);
    return kind === 'refused' ? { failed: number } : { done: number };
  }
}

const command = fc.record({
  lane: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom<Kind>('done', 'done', 'done', 'refused', 'busy', 'poison'),
  pause: fc.nat(3),
});
const commands = fc
  .array(command, { maxLength: 40 })
  .map((all): Command[] => all.map((one, number) => ({ ...one, number })));

async function play(
  stage: Stage,
  all: readonly Command[],
): Promise<PromiseSettledResult<number>[]> {
  const outcomes: Promise<number>[] = [];
  for (const one of all) {
    for (let turns = one.pause; turns > 0; turns -= 1) await turn();
    outcomes.push(stage.batcher.add(one));
    outcomes.at(-1)?.catch(() => undefined);
  }
  return Promise.allSettled(outcomes);
}

describe('arbitrary commands', () => {
  it('each get the outcome that they would get alone, whoever their neighbours are', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const outcomes = await play(new Stage(), all);
        outcomes.forEach((outcome, at) => {
          const { kind, number } = all[at] as Command;
          if (kind === 'poison')
            expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Poisoned) });
          else if (kind === 'refused')
            expect(outcome).toEqual({ status: 'rejected', reason: number });
          else expect(outcome).toEqual({ status: 'fulfilled', value: number });
        });
      }),
    );
  });

  it('are performed once, in the order of arrival within their lane', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const stage = new Stage();
        await play(stage, all);
        for (const lane of ['a', 'b', 'c', 'd']) {
          const arrived = all.filter((one) => one.lane === lane && one.kind !== 'poison');
          expect(stage.told.get(lane) ?? []).toEqual(arrived.map(({ number }) => number));
        }
      }),
    );
  });

  it('travel in one batch at a time, which is no longer than it may be', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const stage = new Stage();
        await play(stage, all);
        expect(stage.most).toBeLessThanOrEqual(1);
        for (const batch of stage.batches) expect(batch.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

const done = (number: number, lane = 'a', pause = 0): Command => ({
  number,
  lane,
  kind: 'done',
  pause,
});

describe('a batch', () => {
  it('is all that came while another was under way', async () => {
    const stage = new Stage();
    const first = stage.batcher.add(done(0, 'a', 2));
    await turn();
    const others = [1, 2, 3].map((number) => stage.batcher.add(done(number, `lane ${number}`)));
    await Promise.all([first, ...others]);
    expect(stage.batches.map((batch) => batch.map(({ number }) => number))).toEqual([
      [0],
      [1, 2, 3],
    ]);
  });

  it('goes on while a command that had to wait is waiting, and so do all other lanes', async () => {
    const stage = new Stage();
    const busy = stage.batcher.add({ ...done(0, 'a', 50), kind: 'busy' });
    const told: number[] = [];
    const all = [busy, stage.batcher.add(done(1, 'b')), stage.batcher.add(done(2, 'a'))];
    for (const one of all) void one.then((number) => told.push(number));
    await all[1];
    const late = stage.batcher.add(done(3, 'c'));
    await late;
    expect(told).toEqual([1]);
    await Promise.all(all);
    expect(told).toEqual([1, 0, 2]);
  });

  it('that may have been done, or that nothing can help, fails all of its commands and is not tried again', async () => {
    let tries = 0;
    const batcher = new Batcher<number, number>({
      laneOf: String,
      isFinal: (error) => error instanceof Outage,
      together: () => Promise.reject(new Outage((tries += 1).toString())),
      alone: () => Promise.reject(new Error('alone')),
    });
    const outcomes = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: new Outage('1') });
    expect(tries).toBe(1);
  });

  it('that leaves a command without an outcome fails that command', async () => {
    const batcher = new Batcher<number, number>({
      laneOf: String,
      isFinal: () => false,
      together: () => Promise.resolve([{ done: 1 }]),
      alone: () => Promise.resolve([]),
    });
    const [first, second] = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(first).toEqual({ status: 'fulfilled', value: 1 });
    expect(second).toMatchObject({ status: 'rejected' });
  });
});
