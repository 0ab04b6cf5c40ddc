import { edit, type Mutation } from './mutation.js';

/**
 * Where a setting at the issuer could stop everything, or let in whom it should not;
 * where an id or a link could pass for another one.
 */
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
    edits: [
      edit(
        'libs/identity/src/service-tokens.ts',
        'if (now < this.droppedAt + pauseAfterDrop) return false;',
      ),
    ],
    tests: ['test/component/identity/service-tokens.test.ts'],
  },
  {
    name: 'the client of a token, where that stands for its audience',
    promise: "nobody comes in by a token for somebody else's client",
    edits: [
      edit(
        'libs/identity/src/token-verifier.ts',
        'if (byClient) requireOurClient(payload, audience);',
      ),
    ],
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
  {
    name: 'the rule about spaces at the ends of an id',
    promise: 'no ticket is for somebody whom nobody is',
    edits: [
      edit(
        'libs/contracts/src/person.ts',
        "  if (id !== id.trim()) return 'must not begin or end with a space';\n",
      ),
    ],
    tests: [
      'libs/contracts/src/person.test.ts',
      'libs/contracts/src/helpdesk-events.refusals.test.ts',
    ],
  },
  {
    name: 'the rule about what cannot be seen in a link',
    promise: 'a link reads as what it is',
    edits: [
      edit(
        'libs/contracts/src/link.ts',
        "  if (hasHidden(link)) return 'must not contain control characters or invisible ones';\n",
      ),
    ],
    tests: ['libs/contracts/src/link.test.ts'],
  },
];
