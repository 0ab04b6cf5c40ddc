import { edit, type Mutation } from './mutation.js';

const set = 'apps/credentials/src/custody/rotation/rewrap-set.ts';
const batchTime = 'apps/credentials/src/persistence/batch-time.ts';
const sets = 'test/component/keys/sets.test.ts';
const twoRotators = 'test/component/keys/two-rotators.test.ts';

/** Where rotators could be in each other's way. */
export const keyMutations: readonly Mutation[] = [
  {
    name: 'the second reading of the wrapped keys under the lock of the gate',
    promise: 'keys that another rotation has destroyed are not reported as lost',
    edits: [
      edit(
        'apps/credentials/src/custody/rotation/rewrap-ticket.ts',
        'if (wrapped.length === 0) return { rewrapped: 0, unwrappable: [] };',
      ),
    ],
    tests: [twoRotators],
  },
  {
    name: 'the comparison of the current key with the one that was read before the lock',
    promise: 'a rotator wraps only with the key that is current',
    edits: [edit(set, 'if (current?.id !== pair.to.id) return allSkipped(ticketIds);')],
    tests: [twoRotators],
  },
  {
    name: 'the restriction of a set to the gates that it has locked',
    promise: 'no data key is wrapped anew while somebody else holds the gate',
    edits: [edit(set, 'wrapped.filter(({ ticketId }) => locked.has(ticketId))', 'wrapped')],
    tests: [sets],
  },
  {
    name: 'the skipping of locked gates by a set',
    promise: 'a ticket that somebody holds holds up the rotation of no other',
    edits: [edit(set, "lockedGates(ticketIds, 'skip')", "lockedGates(ticketIds, 'wait')")],
    tests: [sets],
  },
  {
    name: 'the limit of what a set waits for rows',
    promise: 'a rotation that waits for one ticket holds the gate of no other',
    edits: [edit(batchTime, '`SELECT ${briefWaits}`', "'SELECT 1'")],
    tests: [sets],
  },
  {
    name: 'the second, single attempt at what a set has skipped',
    promise: 'a rotation leaves nothing under the key before it',
    edits: [
      edit(
        'apps/credentials/src/custody/rotation/rewrap-tickets.ts',
        'skipped.push(...set.skipped);',
      ),
    ],
    tests: [sets, twoRotators],
  },
  {
    name: 'the share lock on a key while something is wrapped with it',
    promise: 'no key is destroyed while data keys are wrapped with it',
    edits: [edit('apps/credentials/src/persistence/keys.ts', ' FOR KEY SHARE OF k`', '`')],
    tests: [twoRotators],
  },
];
