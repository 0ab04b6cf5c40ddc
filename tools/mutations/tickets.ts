import { edit, type Mutation } from './mutation.js';

const changed = 'apps/tickets/src/persistence/changed-tickets.ts';
const concurrent = 'test/component/tickets/concurrent-changes.test.ts';
const homes = 'apps/tickets/src/domain/homes.ts';

/** Where the one authority on phases could give a wrong one. */
export const ticketsMutations: readonly Mutation[] = [
  {
    name: 'the lock on the ticket during a change',
    promise: 'each change of a ticket has a version of its own',
    edits: [edit(changed, "FOR NO KEY UPDATE ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}")],
    tests: [concurrent],
  },
  {
    name: 'the lock on the ticket while an event of its home is applied',
    promise: 'each change of a ticket has a version of its own',
    edits: [
      edit('apps/tickets/src/persistence/tickets.ts', ", lock: { mode: 'for_no_key_update' }"),
    ],
    tests: ['test/component/tickets/mirror-at-once.test.ts'],
  },
  {
    name: 'the batch of changes that waits for no lock',
    promise: 'a ticket that is held holds up no other',
    edits: [edit(changed, "lockWait === 'skip' ? 'SKIP LOCKED' : ''", "''")],
    tests: [concurrent],
  },
  {
    name: 'what a change sees of those before it in its batch',
    promise: 'within a ticket the order of arrival holds',
    edits: [
      edit('apps/tickets/src/commands/ticket-changes.ts', 'this.tickets.set(ticketId, stored);'),
    ],
    tests: ['apps/tickets/src/commands/ticket-changes.properties.test.ts'],
  },
  {
    name: 'the new phase at an end',
    promise: 'when a ticket ends, its credentials are destroyed',
    edits: [
      edit(
        'apps/tickets/src/domain/transition.ts',
        'phase: phaseFrom(ticket.phase, status)',
        'phase: ticket.phase',
      ),
    ],
    tests: ['test/model/interleavings.test.ts'],
  },
  {
    name: 'the two phases of an end that a later event overtook',
    promise: 'credentials submitted before an end are destroyed, however late the end is heard of',
    edits: [edit('apps/tickets/src/domain/phase.ts', 'phase + 2', 'phase')],
    tests: ['apps/tickets/src/domain/mirror.test.ts'],
  },
  {
    name: 'the check of the prefix of a home',
    promise: 'no home can end a ticket of another home',
    edits: [edit(homes, 'if (!ticketId.startsWith(home.prefix))', 'if (ticketId === home.prefix)')],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the check of the broker user of a home',
    promise: 'no broker user can publish as the home of somebody else',
    edits: [
      edit(
        homes,
        'if (home.user !== undefined && home.user !== userId)',
        'if (home.user === source)',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the refusal of an event with a time in the future',
    promise: 'an event with a time in the future does not overrule later events of its home',
    edits: [
      edit(
        'apps/tickets/src/domain/event-times.ts',
        'if (!this.isAhead(event, now)) return;',
        'if (now.getTime() > 0) return;',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the comparison of the clock when somebody has set it',
    promise: 'no token is judged by a clock that is wrong',
    edits: [edit('libs/clock/src/clock-watch.ts', ' || Math.abs(lead() - this.last.lead) > step')],
    tests: ['libs/clock/src/clock-watch.test.ts'],
  },
  {
    name: 'the refusal to judge tokens by a clock that is wrong',
    promise: 'no token is judged by a clock that is wrong',
    edits: [edit('libs/identity/src/token-verifier.ts', 'await this.timeOfDay.requireRight();')],
    tests: ['test/component/tickets/clock.test.ts'],
  },
  {
    name: 'the rule that an operator decides about a ticket that may have ended since a restore',
    promise:
      'a lift keeps no credential after its ticket ended, and destroys none of a live ticket',
    edits: [
      edit(
        'apps/tickets/src/domain/lift.ts',
        "if (!isUnchanged && mayHaveEndedSince(ticket, gate)) return 'undecided';",
      ),
    ],
    tests: ['apps/tickets/src/domain/lift.test.ts'],
  },
  {
    name: 'the margin around a restore, within which times decide nothing',
    promise: 'an end that people made after a restore is not undone',
    edits: [
      edit(
        'apps/tickets/src/domain/lift.ts',
        "if (Math.abs(changedAfter) <= margin) return ['gate', 'ticket'];",
      ),
    ],
    tests: ['apps/tickets/src/domain/lift.test.ts'],
  },
  {
    name: "the database's clock, for the time of a change",
    promise: 'no decision depends on the clock of a replica',
    edits: [
      edit(
        'apps/tickets/src/persistence/changed-tickets.ts',
        '"SELECT date_trunc(\'milliseconds\', clock_timestamp()) AS now"',
        "`SELECT '${new Date().toISOString()}'::timestamptz AS now`",
      ),
    ],
    tests: ['test/component/tickets/clock.test.ts'],
  },
  {
    name: 'the event of a ticket that was lifted',
    promise: 'every committed change of a ticket is published',
    edits: [
      edit(
        'apps/tickets/src/commands/record-change.ts',
        'await append(tx, exchanges.ticket, changeEvents({ ...change, ticket }, actor));',
      ),
    ],
    tests: ['test/component/tickets/lift.test.ts'],
  },
];
