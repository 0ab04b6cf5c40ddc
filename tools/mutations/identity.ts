import { edit, type Mutation } from './mutation.js';

/**
 * Where a setting at the issuer could stop everything, or let in whom it should not;
 * where an id or a link could pass for another one.
 */
export const identityMutations: readonly Mutation[] = [
  {
    name: 'the request for another service token after one was refused',
    promise: 'a service token that was refused is replaced',
    edits: [edit('libs/identity/src/service-tokens.ts', 'this.current = this.token = undefined;')],
    tests: ['test/component/identity/service-tokens.test.ts'],
  },
  {
    name: 'the pause between two requests for service tokens',
    promise: 'a refused service token does not flood the issuer with requests',
    edits: [
      edit(
        'libs/identity/src/service-tokens.ts',
        'if (now < this.droppedAt + pauseAfterDrop) return false;',
      ),
    ],
    tests: ['test/component/identity/service-tokens.test.ts'],
  },
  {
    name: 'the check of the client in a token that has no audience',
    promise: 'a token that was issued for another client is refused',
    edits: [
      edit(
        'libs/identity/src/token-verifier.ts',
        'if (byClient) requireOurClient(payload, audience);',
      ),
    ],
    tests: ['test/component/identity/verifier.test.ts'],
  },
  {
    name: 'the map of foreign roles, which comes before our own names',
    promise: 'a role of the issuer means what AUTH_ROLES_MAP says',
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
    name: 'the rule against spaces at the ends of an id',
    promise: 'no ticket gets a requester whom no token can ever name',
    edits: [
      edit(
        'libs/contracts/src/person-id.ts',
        "  if (id !== id.trim()) return 'must not begin or end with a space';\n",
      ),
    ],
    tests: [
      'libs/contracts/src/person-id.test.ts',
      'libs/contracts/src/helpdesk-events.refusals.test.ts',
    ],
  },
  {
    name: 'the rule against invisible characters in a link',
    promise: 'a link contains nothing that a reader cannot see',
    edits: [
      edit(
        'libs/requests/src/link.ts',
        "  if (hasHidden(link)) return 'must not contain control characters or invisible ones';\n",
      ),
    ],
    tests: ['libs/requests/src/link.test.ts'],
  },
];
