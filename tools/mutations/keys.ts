import { edit, type Mutation } from './mutation.js';

const twoRotators = 'test/component/keys/two-rotators.test.ts';

/** Where rotators could be in each other's way. */
export const keyMutations: readonly Mutation[] = [
  {
    name: 'the second look at what a ticket needs, under its gate',
    promise: 'what another rotator has destroyed is not taken for lost',
    edits: [
      edit(
        'apps/credentials/src/custody/rotation/rewrap-ticket.ts',
        'if (wrapped.length === 0) return { rewrapped: 0, unwrappable: [] };',
      ),
    ],
    tests: [twoRotators],
  },
  {
    name: 'the hold on the key, by who wraps with it',
    promise: 'no key is destroyed while something is wrapped with it',
    edits: [edit('apps/credentials/src/persistence/keys.ts', ' FOR KEY SHARE OF k`', '`')],
    tests: [twoRotators],
  },
];
