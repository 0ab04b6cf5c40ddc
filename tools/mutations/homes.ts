import { edit, type Mutation } from './mutation.js';

/**
 * Where the home of a ticket hands it to somebody else, or says what nobody understands.
 */
export const homeMutations: readonly Mutation[] = [
  {
    name: 'the check of who submitted a credential when it is withdrawn',
    promise: 'a customer can withdraw only credentials that they submitted',
    edits: [edit('libs/access/src/who-may-act.ts', 'submittedBy === id', 'submittedBy !== id')],
    tests: ['test/component/credentials/withdraw.test.ts'],
  },
  {
    name: 'the limit to their own credentials in the list of a former requester',
    promise: 'a former requester sees only the credentials that they submitted',
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
    name: 'the doubt about a ticket whose home says something that is not understood',
    promise: 'an end is not lost because its home used a word that we do not know',
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
    name: 'the doubt about a ticket whose event was understood but cannot be applied',
    promise: 'nothing is revealed after an end that was received but could not be stored',
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
    name: 'the doubt from before the ticket was known',
    promise: 'an end is not lost because of the order in which events are handled',
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
    name: 'the comparison of an event that was not understood with what is known',
    promise: 'an event that was not understood puts no ticket in doubt if something later is known',
    edits: [edit('apps/tickets/src/domain/doubt.ts', ' && isLater(doubt.at, statusAt)')],
    tests: ['apps/tickets/src/domain/doubt.test.ts', 'test/component/tickets/doubt.test.ts'],
  },
  {
    name: 'the check of a doubt in the standing before anything is permitted',
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
    name: 'the refusal before a doubt is mentioned',
    promise: 'the answer about a doubt does not show that a ticket of somebody else exists',
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
