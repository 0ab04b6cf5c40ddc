import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness.js';

describe('Readiness', () => {
  it('is ready when nothing that it needs fails, and says what it warns of', async () => {
    const readiness = new Readiness();
    expect(await readiness.report()).toEqual({ ready: true, checks: {}, reasons: {} });
    readiness.add('database', () => undefined);
    readiness.watch('broker', () => 'blocked');
    readiness.watch('dead-letters', () => undefined);
    const warnings = { broker: 'warning', 'dead-letters': 'ok' };
    expect(await readiness.report()).toEqual({
      ready: true,
      checks: { database: 'ok', ...warnings },
      reasons: { broker: 'blocked' },
    });
    readiness.add('ring', () => {
      throw new Error('gone');
    });
    expect(await readiness.report()).toMatchObject({
      ready: false,
      checks: { database: 'ok', ring: 'failed', ...warnings },
    });
  });

  it('takes a check that does not end for a failed one', async () => {
    const readiness = new Readiness();
    readiness.add('database', () => new Promise(() => undefined));
    expect(await readiness.report()).toEqual({
      ready: false,
      checks: { database: 'failed' },
      reasons: {},
    });
  });
});
