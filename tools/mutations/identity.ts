import { edit, type Mutation } from './mutation.js';

/** Where a setting at the issuer could stop everything, or let in whom it should not. */
export const identityMutations: readonly Mutation[] = [
  {
    name: 'the other service token, after one was refused',
    promise: 'a refused service token is replaced',
    edits: [edit('libs/identity/src/service-tokens.ts', 'this.current = this.token = undefined;')],
    tests: ['test/component/identity/service-tokens.test.ts'],
  },
  {
    name: 'the pause between two service tokens that were refused',
    promise: 'an issuer is not flooded',
    edits: [edit('libs/identity/src/service-tokens.ts', 'if (now < this.droppedAt + pauseAfterDrop) return false;')],
    tests: ['test/component/identity/service-tokens.test.ts'],
  },
];
