import { edit, type Mutation } from './mutation.js';

const signingKeys = 'apps/credentials/src/receipts/signing-keys.ts';

/**
 * Where a restore of the database of `credentials` could take a proof away, or
 * bring back what was destroyed.
 */
export const restoreMutations: readonly Mutation[] = [
  {
    name: 'the end of a doubt that protects nothing',
    promise: 'what an operator has destroyed is in doubt no more, whoever asked meanwhile',
    edits: [
      edit(
        'apps/credentials/src/jobs/reconciler.ts',
        'await settleMootDoubts(this.sql);',
        'void settleMootDoubts;',
      ),
    ],
    tests: ['test/component/credentials/reconcile.test.ts'],
  },
  {
    name: 'the look at what is stored, before a doubt is written down',
    promise: 'a look at a lost ticket raises no alarm once nothing is stored under it',
    edits: [
      edit(
        'apps/credentials/src/persistence/doubts.ts',
        "WHERE ${protects('$2::text', '$1::text')}",
      ),
    ],
    tests: ['test/component/credentials/reconcile.test.ts'],
  },
  {
    name: 'the public key in the transaction of its signature',
    promise: 'every signature can be verified',
    edits: [
      edit(
        signingKeys,
        'await insertPublicKeys(tx, [key.publicKey]);',
        'if (key.kid !== this.present) await insertPublicKeys(tx, [key.publicKey]);',
      ),
    ],
    tests: ['test/component/credentials/signing-keys.test.ts'],
  },
  {
    name: 'the public keys of a host that the database lacks',
    promise: 'no public key is ever missing from the published set',
    edits: [
      edit(
        signingKeys,
        'return { keys: this.directory.published() };',
        'return { keys: await readPublicKeys(this.sql) };',
      ),
    ],
    tests: ['test/component/credentials/signing-keys.test.ts'],
  },
  {
    name: 'the comparison of the mark with its witnesses',
    promise: 'a restore is noticed before anything is revealed',
    edits: [
      edit(
        'apps/credentials/src/domain/database-mark.ts',
        "if (own.some((witness) => isBehind(found, witness))) return 'behind';",
      ),
    ],
    tests: ['test/component/credentials/restore.test.ts'],
  },
  {
    name: 'the check of the mark during a reveal',
    promise: 'a restore under a running service is noticed by the next reveal',
    edits: [
      edit(
        'apps/credentials/src/restore/restore-watch.ts',
        'if (seen !== undefined && continues(found.mark, seen)) return found;',
        'return found;',
      ),
    ],
    tests: ['test/component/credentials/restore.test.ts'],
  },
  {
    name: 'the search for stored credentials that were destroyed before',
    promise: 'a restore that lost less than a second is noticed',
    edits: [
      edit(
        'apps/credentials/src/restore/restore-watch.ts',
        "return fault ?? ((await this.hasReturned(found)) ? 'returned' : undefined);",
        'return fault;',
      ),
    ],
    tests: ['test/component/credentials/restore.test.ts'],
  },
  {
    name: 'the destructions that a mark names because they were not published yet',
    promise: 'credentials that were destroyed before a restore are destroyed again',
    edits: [
      edit(
        'apps/credentials/src/cli/reconcile-restore.verbs.ts',
        'const known = [owed, knownToTickets,',
        'const known = [owed && undefined, knownToTickets,',
      ),
    ],
    tests: ['test/component/credentials/reconcile-restore.test.ts'],
  },
  {
    name: 'the reading of the mark after its witnesses',
    promise: 'no alarm is raised where nothing was lost',
    edits: [
      edit(
        'apps/credentials/src/restore/restore-watch.ts',
        'const fault = await this.faultIn(found, witnesses);',
        'const fault = await this.faultIn(first, witnesses);',
      ),
    ],
    tests: ['test/component/credentials/restore.test.ts'],
  },
  {
    name: 'the stopped mark while the database is in doubt',
    promise:
      'a restored database stays behind the mark that is kept of it until an operator has acted',
    edits: [
      edit(
        'apps/credentials/src/persistence/database-mark.ts',
        'WHERE doubt IS NULL AND database = $1 AND (life, beat) >=',
        'WHERE database = $1 AND (life, beat) >=',
      ),
    ],
    tests: ['test/component/credentials/restore.test.ts'],
  },
];
