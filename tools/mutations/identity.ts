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
  {
    name: 'the client of a token, where that stands for its audience',
    promise: "nobody comes in by a token for somebody else's client",
    edits: [edit('libs/identity/src/token-verifier.ts', 'if (byClient) demandOurClient(payload, audience);')],
    tests: ['test/component/identity/verifier.test.ts'],
  },
  {
    name: 'the map of foreign roles, before names of our own',
    promise: 'a role of the issuer means what the map says',
    edits: [
      edit(
        'libs/identity/src/granted-roles.ts',
        '(Object.hasOwn(map, name) ? map[name] : name)',
        '(roles.some((role) => role === name) ? name : map[name])',
      ),
    ],
    tests: ['libs/identity/src/granted-roles.test.ts'],
  },
];
