import { edit, type Mutation } from './mutation.js';

const signingKeys = 'apps/credentials/src/receipts/signing-keys.ts';

/** Where a restore of the database of `credentials` could take a proof away, or bring back what was destroyed. */
export const restoreMutations: readonly Mutation[] = [
  {
    name: 'the public half of a key, in the transaction of its signature',
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
    name: 'the public keys that a host has published, where the database lacks them',
    promise: 'the set of public keys never gets less',
    edits: [edit(signingKeys, 'return { keys: this.directory.published() };', 'return { keys: await readPublicKeys(this.sql) };')],
    tests: ['test/component/credentials/signing-keys.test.ts'],
  },
];
