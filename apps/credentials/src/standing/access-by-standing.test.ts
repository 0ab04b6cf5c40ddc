import { describe, expect, it } from '@jest/globals';
import { type UnitOfWork } from '#postgres';
import { AccessByStanding } from './access-by-standing.js';
import { type StandingAlarm } from './standing-alarm.js';
import { StandingCache } from './standing-cache.js';

describe('a truth that cannot be had', () => {
  it.each(['tickets', 'the database'])(
    'is 503 with what went wrong at %s as its cause, which is logged',
    async (where) => {
      const fault = new Error('wrong client secret');
      const fails = () => Promise.reject(fault);
      const source = {
        standings:
          where === 'tickets'
            ? fails
            : (ids: readonly string[]) => Promise.resolve({ items: [], unknown: ids }),
      };
      const standings = new StandingCache(
        source,
        where === 'tickets' ? () => Promise.resolve(new Map()) : fails,
        0,
      );
      const access = new AccessByStanding(
        standings,
        {} as UnitOfWork,
        'assigned',
        {} as StandingAlarm,
        { requireUndoubted: () => Promise.resolve() },
        () => Promise.resolve(false),
      );
      await expect(access.truth('legacy:1')).rejects.toMatchObject({
        code: 'standing-unknown',
        status: 503,
        cause: fault,
      });
    },
  );
});
