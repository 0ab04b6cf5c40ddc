import { edit, type Mutation } from './mutation.js';

/** Where the home of a ticket hands it to somebody else, or says what nobody understands. */
export const homeMutations: readonly Mutation[] = [
  {
    name: 'the look at who submitted it, where a customer takes a credential back',
    promise: 'nobody destroys what somebody else has shared',
    edits: [edit('libs/access/src/decide.ts', 'submittedBy === id', 'submittedBy !== id')],
    tests: ['test/component/credentials/withdraw.test.ts'],
  },
  {
    name: 'the limit to their own, in the list of who shared under a ticket that is somebody else’s by now',
    promise: 'a former requester sees nothing else of the ticket',
    edits: [
      edit(
        'apps/credentials/src/standing/access-by-standing.ts',
        "=== 'allowed' ? undefined : caller.actor.id",
        '=== null ? undefined : undefined',
      ),
    ],
    tests: ['test/component/credentials/withdraw.test.ts'],
  },
];
