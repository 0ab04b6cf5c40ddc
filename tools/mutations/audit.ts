import { edit, type Mutation } from './mutation.js';

/** Where the access log could hold up those who write to it. */
export const auditMutations: readonly Mutation[] = [
  {
    name: 'the walk over the heads of all chains that locks none',
    promise: 'a checkpoint delays nobody',
    edits: [edit('apps/credentials/src/persistence/checkpoints.ts', 'COLLATE "C" LIMIT $2`', 'COLLATE "C" LIMIT $2 FOR UPDATE OF h`')],
    tests: ['test/component/credentials/audit-held.test.ts'],
  },
];
