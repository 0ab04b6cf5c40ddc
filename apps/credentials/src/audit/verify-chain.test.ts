import { describe, expect, it } from '@jest/globals';
import { type Chain, entryHash, type StoredEntry } from '../domain/access-chain.js';
import { type AccessEntry } from '../domain/access-entry.js';
import { verifyChain } from './verify-chain.js';

const nothing = { seq: 0, hash: Buffer.alloc(0) };
const entry = (action: string): AccessEntry => ({
  actorId: 'a',
  actorRole: 'agent',
  action,
  outcome: 'done',
});

function written(
  actions: readonly string[],
  start = nothing,
): { chain: Chain; entries: StoredEntry[] } {
  let head: Chain['head'] = start;
  const entries = actions.map((action) => {
    const [seq, at] = [head.seq + 1, new Date(1_760_000_000_000 + head.seq)];
    head = { seq, hash: entryHash(head.hash, 'T', seq, at, entry(action)) };
    return { ...entry(action), seq, at, hash: head.hash };
  });
  return { chain: { ticketId: 'T', start, head }, entries };
}

const actions = ['submit', 'reveal', 'edit', 'reveal', 'destroy'];
const tampered = (change: (entries: StoredEntry[]) => void) => {
  const { chain, entries } = written(actions);
  change(entries);
  return verifyChain(chain, entries);
};

describe('a chain', () => {
  it('is as it was written when nobody touched it, from its beginning or from where it was pruned', async () => {
    const { chain, entries } = written(actions);
    expect(await verifyChain(chain, entries)).toBeUndefined();
    const start = { seq: 2, hash: entries[1]!.hash };
    expect(await verifyChain({ ...chain, start }, entries.slice(2))).toBeUndefined();
    expect(await verifyChain({ ...chain, start: chain.head }, [])).toBeUndefined();
  });

  it.each<[string, (entries: StoredEntry[]) => void, object]>([
    [
      'an edit',
      (entries) => (entries[2] = { ...entries[2]!, actorId: 'b' }),
      { seq: 3, fault: 'changed' },
    ],
    [
      'an edit whose hash was computed again',
      (entries) => {
        rewrite(entries, 2);
      },
      { seq: 4, fault: 'changed' },
    ],
    ['a delete in the middle', (entries) => entries.splice(1, 1), { seq: 2, fault: 'missing' }],
    ['a truncation', (entries) => entries.splice(3), { seq: 4, fault: 'missing' }],
    ['the loss of all', (entries) => entries.splice(0), { seq: 1, fault: 'missing' }],
    [
      'a reorder',
      (entries) => {
        swap(entries, 1, 3);
      },
      { seq: 2, fault: 'changed' },
    ],
    [
      'an entry of somebody else at the end',
      (entries) => entries.push(...written([...actions, 'x']).entries.slice(5)),
      { seq: 6 },
    ],
  ])('names the first bad entry after %s', async (_, change, fault) => {
    expect(await tampered(change)).toMatchObject({ ticketId: 'T', ...fault });
  });

  it('does not take the name of a person into account, so that it can be erased', async () => {
    const { chain, entries } = written(actions);
    expect(
      await verifyChain(
        chain,
        entries.map((one) => ({ ...one, actorName: 'Somebody' })),
      ),
    ).toBeUndefined();
  });
});

function rewrite(entries: StoredEntry[], place: number): void {
  const changed = { ...entries[place]!, action: 'nothing' };
  entries[place] = {
    ...changed,
    hash: entryHash(entries[place - 1]!.hash, 'T', changed.seq, changed.at, changed),
  };
}

/** Contents change places; their numbers stay. */
function swap(entries: StoredEntry[], one: number, other: number): void {
  const [a, b] = [entries[one]!, entries[other]!];
  [entries[one], entries[other]] = [
    { ...b, seq: a.seq },
    { ...a, seq: b.seq },
  ];
}
