import { edit, type Mutation } from './mutation.js';

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
    name: 'the share lock on a key while something is wrapped with it',
    promise: 'no key is destroyed while data keys are wrapped with it',
    edits: [edit('apps/credentials/src/persistence/keys.ts', ' FOR KEY SHARE OF k`', '`')],
    tests: [twoRotators],
  },
];
