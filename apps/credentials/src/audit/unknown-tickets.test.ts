import { describe, expect, it } from '@jest/globals';
import { ticketIdPattern } from '#contracts';
import { UnknownTickets } from './unknown-tickets.js';

/**
 * So many attempts at once.
 * @returns the chains in their order, and what ends the attempts
 */
function attempts(unknown: UnknownTickets, count: number) {
  const chains: string[] = [];
  const ends: (() => void)[] = [];
  const made = Array.from({ length: count }, () =>
    unknown.log((chain) => new Promise<void>((end) => (chains.push(chain), ends.push(end)))),
  );
  const end = async () => {
    for (const one of ends) one();
    await Promise.all(made);
  };
  return { chains, end };
}

describe('chains of unknown tickets', () => {
  it('are used by one attempt at a time, as long as there are enough of them, and are no names of tickets', async () => {
    const unknown = new UnknownTickets();
    const { chains, end } = attempts(unknown, 256);
    expect(new Set(chains).size).toBe(256);
    expect(chains.filter((chain) => ticketIdPattern.test(chain))).toEqual([]);
    const more = attempts(unknown, 10);
    expect(more.chains.filter((chain) => chains.includes(chain))).toHaveLength(10);
    await Promise.all([end(), more.end()]);
  });

  it('are no more than these, come in no order, and one that is held for long is given to nobody else', async () => {
    const unknown = new UnknownTickets();
    const held = attempts(unknown, 1);
    const seen: string[] = [];
    for (let n = 0; n < 2000; n += 1)
      await unknown.log((chain) => Promise.resolve(seen.push(chain)));
    expect(seen).not.toContain(held.chains[0]);
    expect(new Set(seen).size).toBeGreaterThan(100);
    expect(new Set(seen).size).toBeLessThan(256);
    expect(seen.slice(0, 100)).not.toEqual(seen.slice(0, 100).sort());
    await held.end();
  });

  it('are free again after a failure', async () => {
    const unknown = new UnknownTickets();
    for (let n = 0; n < 300; n += 1)
      await expect(unknown.log(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(new Set(attempts(unknown, 256).chains).size).toBe(256);
  });
});
