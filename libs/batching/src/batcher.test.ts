import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Batcher, type Outcome } from './batcher.js';

/**
 * `done` and `refused` are outcomes of the command itself; `busy` is deferred to its
 * lane; `poison` fails the whole batch that it is in.
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

/** Performs each command by its kind, and records what it did. */
class Stage {
  readonly batches: (readonly Command[])[] = [];
  /** The numbers of the commands that have an outcome, by lane. */
  readonly settled = new Map<string, number[]>();
  running = 0;
  most = 0;

  readonly batcher = new Batcher<Command, number>({
    laneOf: ({ lane }) => lane,
    isFinal: (error) => error instanceof Outage,
    maxSize: 5,
    runBatch: async (commands) => {
      this.running += 1;
      this.most = Math.max(this.most, this.running);
      await this.work(commands);
      this.running -= 1;
      if (commands.some(({ kind }) => kind === 'poison')) throw new Poisoned();
      const busy = new Set(commands.filter(({ kind }) => kind === 'busy').map(({ lane }) => lane));
      return commands.map((command) =>
        busy.has(command.lane) ? 'deferred' : this.settle(command),
      );
    },
    runLane: async (commands) => {
      await this.work(commands);
      if (commands.some(({ kind }) => kind === 'poison')) throw new Poisoned();
      return commands.map((command) => this.settle(command));
    },
  });

  private async work(commands: readonly Command[]): Promise<void> {
    this.batches.push(commands);
    for (let turns = commands[0]?.pause ?? 0; turns > 0; turns -= 1) await turn();
  }

  private settle({ number, lane, kind }: Command): Outcome<number> {
    this.settled.set(lane, [...(this.settled.get(lane) ?? []), number]);
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
  it('each get the outcome that they would get alone, whatever else is in their batch', async () => {
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

  it('are performed once each, in the order of arrival within their lane', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const stage = new Stage();
        await play(stage, all);
        for (const lane of ['a', 'b', 'c', 'd']) {
          const arrived = all.filter((one) => one.lane === lane && one.kind !== 'poison');
          expect(stage.settled.get(lane) ?? []).toEqual(arrived.map(({ number }) => number));
        }
      }),
    );
  });

  it('are performed in one batch at a time, of limited size', async () => {
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
  it('has all commands that arrived while another one was running', async () => {
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

  it('goes on while a deferred command waits, and so do all other lanes', async () => {
    const stage = new Stage();
    const busy = stage.batcher.add({ ...done(0, 'a', 50), kind: 'busy' });
    const results: number[] = [];
    const all = [busy, stage.batcher.add(done(1, 'b')), stage.batcher.add(done(2, 'a'))];
    for (const one of all) void one.then((number) => results.push(number));
    await all[1];
    const late = stage.batcher.add(done(3, 'c'));
    await late;
    expect(results).toEqual([1]);
    await Promise.all(all);
    expect(results).toEqual([1, 0, 2]);
  });

  it('with a final failure fails all of its commands and is not tried again', async () => {
    let tries = 0;
    const batcher = new Batcher<number, number>({
      laneOf: String,
      isFinal: (error) => error instanceof Outage,
      runBatch: () => Promise.reject(new Outage((tries += 1).toString())),
      runLane: () => Promise.reject(new Error('in a lane')),
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
      runBatch: () => Promise.resolve([{ done: 1 }]),
      runLane: () => Promise.resolve([]),
    });
    const [first, second] = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(first).toEqual({ status: 'fulfilled', value: 1 });
    expect(second).toMatchObject({ status: 'rejected' });
  });
});
