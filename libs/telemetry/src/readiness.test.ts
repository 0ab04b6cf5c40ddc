import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness.js';

describe('Readiness', () => {
  it('is ready when nothing fatal fails, and warns of the rest', async () => {
    const readiness = new Readiness();
    expect(await readiness.report()).toEqual({ ready: true, checks: {} });
    readiness.add('database', () => undefined);
    readiness.add('broker', () => Promise.reject(new Error('down')), { fatal: false });
    expect(await readiness.report()).toEqual({ ready: true, checks: { database: 'ok', broker: 'warning' } });
    readiness.add('ring', () => {
      throw new Error('gone');
    });
    expect(await readiness.report()).toEqual({ ready: false, checks: { database: 'ok', broker: 'warning', ring: 'failed' } });
  });

  it('takes a check that does not end for a failed one', async () => {
    const readiness = new Readiness();
    readiness.add('database', () => new Promise(() => undefined));
    expect(await readiness.report()).toEqual({ ready: false, checks: { database: 'failed' } });
  });
});
