import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Changes, type Standing } from '#contracts';
import { ChangeFollower } from './change-follower.js';

const until = new AbortController().signal;
const standing = (ticketId: string, version = 1): Standing => ({
  ticketId,
  version,
  status: 'open',
  phase: 0,
  requesterId: null,
  assigneeId: null,
  home: '/tickets',
});

/** What the source answers next; it rejects where nothing is left. */
let answers: Changes[];
/** What it was asked, and what was done, in its order. */
let done: string[];
let failing: readonly Standing[];
let isBlind: boolean;
let followed: number;
let follower: ChangeFollower;

beforeEach(() => {
  [answers, done, failing, isBlind, followed] = [[], [], [], false, 0];
  const source = {
    changes: (after: string | undefined): Promise<Changes> => {
      done.push(`asks after ${after ?? 'nothing'}`);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('away'));
    },
  };
  const handler = {
    handle: (changes: readonly Standing[]) => {
      done.push(
        `handles ${changes.map(({ ticketId, version }) => `${ticketId}${version}`).join()}`,
      );
      return Promise.resolve({ followed: changes.length - failing.length, failed: failing });
    },
    checkAll: () => {
      done.push('checks all');
      return isBlind ? Promise.reject(new Error('blind')) : Promise.resolve();
    },
  };
  follower = new ChangeFollower(source, handler, (count) => (followed += count));
});

const answer = (
  cursor: string,
  items: readonly Standing[] = [],
  { gap = false, more = false } = {},
): Changes => ({
  items,
  cursor,
  gap,
  more,
});
const turn = async (...given: Changes[]): Promise<string[]> => {
  answers = given;
  done = [];
  await follower.turn(until);
  return done;
};
const look = async (): Promise<string[]> => {
  done = [];
  await follower.closeGap(until);
  return done;
};

describe('a follower of changes', () => {
  it('begins with a gap, and goes on by the cursor', async () => {
    expect(await turn(answer('1', [], { gap: true }))).toEqual(['asks after nothing']);
    expect(await turn(answer('2'))).toEqual(['asks after 1']);
    expect(await turn(answer('3'))).toEqual(['asks after 2']);
  });

  it('checks all tickets once for each gap, beside the turns', async () => {
    expect(await look()).toEqual([]);
    await turn(answer('1', [], { gap: true }));
    expect(await turn(answer('2'))).toEqual(['asks after 1']);
    expect([await look(), await look()]).toEqual([['checks all'], []]);
    await turn(answer('3', [], { gap: true }));
    expect(await look()).toEqual(['checks all']);
  });

  it('checks all tickets again where that failed', async () => {
    await turn(answer('1', [], { gap: true }));
    isBlind = true;
    await expect(look()).rejects.toThrow('blind');
    isBlind = false;
    expect([await look(), await look()]).toEqual([['checks all'], []]);
  });

  it('hands over a change one turn later, in its newest form, and once', async () => {
    await turn(
      answer('1', [standing('a'), standing('b')], { more: true }),
      answer('2', [standing('a', 2)]),
    );
    expect(await turn(answer('3'))).toEqual(['handles a2,b1', 'asks after 2']);
    expect(await turn(answer('4'))).toEqual(['asks after 3']);
    expect(followed).toBe(2);
  });

  it('asks on at once while there is more', async () => {
    expect(
      await turn(answer('1', [], { more: true }), answer('2', [], { more: true }), answer('3')),
    ).toEqual(['asks after nothing', 'asks after 1', 'asks after 2']);
  });

  it('hands over again what has failed, unless it has changed meanwhile', async () => {
    await turn(answer('1', [standing('a'), standing('b')]));
    failing = [standing('a'), standing('b')];
    await turn(answer('2', [standing('b', 2)]));
    failing = [];
    expect(await turn(answer('3'))).toEqual(['handles a1,b2', 'asks after 2']);
  });

  it('goes on where it was after a request that failed, and hands over what it had received before', async () => {
    await turn(answer('1', [standing('a')]));
    await expect(turn()).rejects.toThrow('away');
    expect(done).toEqual(['handles a1', 'asks after 1']);
    expect(await turn(answer('2'))).toEqual(['asks after 1']);
    expect(await look()).toEqual([]);
  });

  it('says how long ago its last successful turn began', async () => {
    await expect(turn()).rejects.toThrow('away');
    expect(follower.ageSeconds).toBeUndefined();
    await turn(answer('1'));
    expect(follower.ageSeconds).toBeLessThan(60);
  });
});
