import { edit, type Mutation } from './mutation.js';

/** Where the access log could hold up those who write to it. */
export const auditMutations: readonly Mutation[] = [
  {
    name: 'the walk over the heads of all chains that locks none',
    promise: 'a checkpoint delays nobody',
    edits: [
      edit(
        'apps/credentials/src/persistence/checkpoints.ts',
        'COLLATE "C" LIMIT $2`',
        'COLLATE "C" LIMIT $2 FOR UPDATE OF h`',
      ),
    ],
    tests: ['test/component/credentials/audit-held.test.ts'],
  },
  {
    name: 'the order in which a batch of old entries is deleted, and their chain locked',
    promise: 'who appends does not wait for a deletion',
    edits: [
      edit(
        'apps/credentials/src/audit/prune-log.ts',
        `const hash = await deleteEntries(tx, ticketId, to);
      const { start } = await lockChain(tx, ticketId);`,
        `const { start } = await lockChain(tx, ticketId);
      const hash = await deleteEntries(tx, ticketId, to);`,
      ),
    ],
    tests: ['test/component/credentials/audit-prune-beside.test.ts'],
  },
  {
    name: 'the choice of a chain of unknown tickets that no other attempt is using',
    promise: 'no waiting tells which ids are no tickets',
    edits: [
      edit(
        'apps/credentials/src/audit/unknown-tickets.ts',
        'if (chain === undefined) return',
        'if (chain !== undefined) return',
      ),
    ],
    tests: ['apps/credentials/src/audit/unknown-tickets.test.ts'],
  },
  {
    name: 'the skipping of what is held, by housekeeping',
    promise: 'housekeeping waits for nobody',
    edits: [edit('libs/postgres/src/delete-in-batches.ts', ' FOR UPDATE SKIP LOCKED')],
    tests: ['test/component/idempotency/idempotency.test.ts'],
  },
];
