import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { lastRuns } from '#leadership';
import { withClockOff } from '../../support/clock-off.js';
import { waitFor } from '../../support/wait-for.js';
import { aborted, createHarness, type Harness, leaseMs, NotedWork } from './harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterEach(() => harness.settle());
afterAll(() => harness.close());

describe('of several replicas', () => {
  it('one takes all the turns, and only one at a time', async () => {
    const work = new NotedWork();
    for (const name of ['a', 'b', 'c']) await harness.replica([work.by(name, () => sleep(5))]);
    await waitFor(() => work.turns.length > 20);
    expect(new Set(work.turns).size).toBe(1);
    expect(work.mostAtOnce).toBe(1);
  });

  it('the others write nothing while they wait', async () => {
    const work = new NotedWork();
    await harness.replica([work.by('a')], { renewMs: 60_000, leaseMs: 60_000 });
    await waitFor(() => work.turns.length > 0);
    const row = () =>
      harness.database.query('SELECT xmin::text, xmax::text, ctid::text FROM leadership');
    const before = await row();
    const { leadership } = await harness.replica([work.by('b')]);
    await sleep(500);
    expect(await row()).toEqual(before);
    expect(leadership.isLed('work')).toBe(false);
  });

  it('each job has a leader of its own', async () => {
    const [one, other] = [new NotedWork(), new NotedWork()];
    await harness.replica([{ ...one.by('a'), name: 'one' }]);
    await harness.replica([{ ...other.by('b'), name: 'other' }]);
    await waitFor(() => one.turns.length > 2 && other.turns.length > 2);
  });
});

describe('a leader that', () => {
  it('stops gracefully hands over at once, and its turn in hand is told to end', async () => {
    const work = new NotedWork();
    const first = await harness.replica([work.by('a', aborted)], { leaseMs: 600_000 });
    await waitFor(() => work.last === 'a');
    await harness.replica([work.by('b')]);
    await first.leadership.stop(2_000);
    await waitFor(() => work.last === 'b');
    expect(work.mostAtOnce).toBe(1);
  });

  it('dies is replaced when its lease has run out', async () => {
    const work = new NotedWork();
    const first = await harness.replica([work.by('a')]);
    await waitFor(() => work.last === 'a');
    await harness.replica([work.by('b')]);
    first.line.down();
    await waitFor(() => work.last === 'b', 10 * leaseMs);
  });

  it('is cut off from the database without a word stops by itself, before another one begins', async () => {
    const work = new NotedWork();
    const first = await harness.replica([work.by('a', aborted)]);
    await waitFor(() => work.last === 'a');
    await harness.replica([work.by('b', aborted)]);
    first.line.freeze();
    await waitFor(() => work.last === 'b', 10 * leaseMs);
    expect(work.mostAtOnce).toBe(1);
    expect(first.leadership.isLed('work')).toBe(false);
  });

  it('slept for its lease stops by itself, though its timers slept too', async () => {
    const work = new NotedWork();
    const { leadership } = await harness.replica([work.by('a', aborted)], {
      leaseMs: 60_000,
      renewMs: 60_000,
    });
    await waitFor(() => leadership.isLed('work'));
    await withClockOff(1, () => waitFor(() => !leadership.isLed('work')));
    expect(work.atOnce).toBe(0);
  });

  it('cannot do the job gives it to one that can', async () => {
    const work = new NotedWork();
    await harness.replica([
      work.by('a', () => Promise.reject(new Error('its neighbour cannot be reached'))),
    ]);
    await waitFor(() => work.last === 'a');
    await harness.replica([work.by('b')]);
    await waitFor(() => work.last === 'b');
    await waitFor(() => work.turns.slice(-10).every((name) => name === 'b'));
  });

  it('is the only one tries again after a failure, one lease later, so that others could have had it meanwhile', async () => {
    const work = new NotedWork();
    const attempts: number[] = [];
    const turn = () =>
      attempts.push(performance.now()) < 3
        ? Promise.reject(new Error('not yet'))
        : Promise.resolve();
    await harness.replica([work.by('a', turn)], { leaseMs: 300, renewMs: 20 });
    await waitFor(() => work.turns.length > 5);
    expect(attempts[1]! - attempts[0]!).toBeGreaterThan(290);
    expect(attempts[2]! - attempts[1]!).toBeGreaterThan(290);
    const [run] = await harness.database.query('SELECT failures, failed_at FROM job_run');
    expect(run).toEqual({ failures: 2, failed_at: expect.any(Date) });
  });

  it('lost the lease in the middle of a turn records nothing', async () => {
    const work = new NotedWork();
    const first = await harness.replica([work.by('a', aborted)]);
    await waitFor(() => work.last === 'a');
    await first.leadership.stop(2_000);
    expect(await harness.database.query('SELECT 1 FROM job_run')).toEqual([]);
  });
});

describe('what a job did last', () => {
  it('is known to every replica', async () => {
    const { leadership } = await harness.replica([
      {
        name: 'count',
        everyMs: 600_000,
        run: () => Promise.resolve({ done: { asked: 3, ended: 1 } }),
      },
    ]);
    const sql = {
      query: <T>(statement: string) => harness.database.query(statement) as Promise<T>,
    };
    const [run] = await waitFor(async () =>
      (await lastRuns(sql)).length > 0 ? lastRuns(sql) : undefined,
    );
    expect(run).toMatchObject({
      job: 'count',
      finishedAt: expect.any(Date),
      done: { asked: 3, ended: 1 },
      failedAt: null,
    });
    expect(leadership.isLed('count')).toBe(true);
  });

  it('comes again when it asks to, and otherwise when it is due', async () => {
    const turns: number[] = [];
    const run = () => {
      turns.push(performance.now());
      return Promise.resolve({ done: {}, ...(turns.length < 3 && { againInMs: 1 }) });
    };
    await harness.replica([{ name: 'eager', everyMs: 600_000, run }]);
    await waitFor(() => turns.length === 3);
    await sleep(300);
    expect(turns).toHaveLength(3);
  });
});
