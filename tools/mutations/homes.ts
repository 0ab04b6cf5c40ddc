import { edit, type Mutation } from './mutation.js';

/**
 * Where the home of a ticket hands it to somebody else, or says what nobody understands.
 */
export const homeMutations: readonly Mutation[] = [
  {
    name: 'the look at who submitted it, where a customer takes a credential back',
    promise: 'nobody destroys what somebody else has shared',
    edits: [edit('libs/access/src/who-may-act.ts', 'submittedBy === id', 'submittedBy !== id')],
    tests: ['test/component/credentials/withdraw.test.ts'],
  },
  {
    name:
      'the limit to their own, in the list of who shared under a ticket that is somebody ' +
      'else’s by now',
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
  {
    name: 'the doubt, where the home of a ticket says what nobody understands',
    promise: 'no end is lost by the words in which it is told',
    edits: [
      edit(
        'apps/tickets/src/commands/mirror-ticket.ts',
        'if (!isDatabaseAway(error)) await',
        'if (!isDatabaseAway(error) && !isRefusal(error)) await',
      ),
    ],
    tests: ['test/component/tickets/doubt.test.ts'],
  },
  {
    name: 'the doubt, where an event of its home was understood but cannot be applied',
    promise: 'nothing is revealed after an end that was heard and could not be kept',
    edits: [
      edit(
        'apps/tickets/src/commands/mirror-ticket.ts',
        'if (!isDatabaseAway(error)) await',
        'if (isRefusal(error)) await',
      ),
    ],
    tests: ['test/component/tickets/early-doubt.test.ts'],
  },
  {
    name: 'the doubt that was there before the ticket was known',
    promise: 'no end is lost by the order in which events are handled',
    edits: [
      edit(
        'apps/tickets/src/commands/mirror-ticket.ts',
        'if (early === undefined) return',
        'if (early === undefined || early.at) return',
      ),
    ],
    tests: ['test/component/tickets/early-doubt.test.ts'],
  },
  {
    name: 'the comparison with what is known, where something was not understood',
    promise: 'what its home said before, and was not understood, puts no ticket in doubt',
    edits: [edit('apps/tickets/src/domain/doubt.ts', ' && isLater(doubt.at, statusAt)')],
    tests: ['apps/tickets/src/domain/doubt.test.ts', 'test/component/tickets/doubt.test.ts'],
  },
  {
    name: 'the look at a doubt of tickets itself, before anything is permitted',
    promise: 'nothing is revealed under a ticket that may have ended',
    edits: [
      edit(
        'apps/credentials/src/standing/standing-unknown.ts',
        'if (standing.doubted) throw',
        'if (standing === null) throw',
      ),
    ],
    tests: ['test/component/credentials/home-doubt.test.ts'],
  },
  {
    name: 'the refusal before a doubt is told',
    promise: 'nobody learns by a doubt that there is a ticket of somebody else',
    edits: [
      edit(
        'apps/credentials/src/standing/access-by-standing.ts',
        'if (!isSubmitter) await this.refuseUnlessAllowed(caller, action, standing);',
        'requireCertain(standing); await this.refuseUnlessAllowed(caller, action, standing);',
      ),
    ],
    tests: ['test/component/credentials/home-doubt.test.ts'],
  },
];
