import { edit, type Mutation } from './mutation.js';

/** Where the access log could hold up those who write to it. */
export const auditMutations: readonly Mutation[] = [
  {
    name: 'the reading of all chain heads without locks',
    promise: 'a checkpoint makes no writer of the access log wait',
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
    name: 'the deletion of a batch before its chain is locked',
    promise: 'whoever writes to the access log does not wait until old entries are deleted',
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
    name: 'the choice of a log chain for unknown tickets that no other request is using',
    promise: 'how long a refusal takes does not show which tickets exist',
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
    name: 'the skipping of locked rows when old rows are deleted',
    promise: 'the deletion of old rows waits for no other transaction',
    edits: [edit('libs/postgres/src/delete-in-batches.ts', ' FOR UPDATE SKIP LOCKED')],
    tests: ['test/component/idempotency/idempotency.test.ts'],
  },
];
