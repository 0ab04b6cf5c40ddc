import { edit, type Mutation } from './mutation.js';

const homes = 'apps/tickets/src/domain/homes.ts';

/** Where the one authority on phases could give a wrong one. */
export const ticketsMutations: readonly Mutation[] = [
  {
    name: 'the lock on the ticket, by who changes it',
    promise: 'each change has a version of its own',
    edits: [
      edit('apps/tickets/src/persistence/tickets.ts', ", lock: { mode: 'for_no_key_update' }"),
    ],
    tests: ['test/component/tickets/concurrent-changes.test.ts'],
  },
  {
    name: 'the crossing of a phase, at an end',
    promise: 'an end destroys',
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
    name: 'the two crossings of an end that was overtaken',
    promise: 'what was shared before an end goes, however late one hears of it',
    edits: [edit('apps/tickets/src/domain/phase.ts', 'phase + 2', 'phase')],
    tests: ['apps/tickets/src/domain/mirror.test.ts'],
  },
  {
    name: 'the prefix of a home',
    promise: "nobody ends somebody else's ticket",
    edits: [edit(homes, 'if (!ticketId.startsWith(home.prefix))', 'if (ticketId === home.prefix)')],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the user of a home',
    promise: 'nobody speaks for another service',
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
    name: 'the refusal of an event of the future',
    promise: 'no event wins for ever over what its home says later',
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
    name: 'the look at the clock when somebody has set it',
    promise: 'a clock that is off judges no token',
    edits: [edit('libs/clock/src/clock-watch.ts', ' || Math.abs(lead() - this.last.lead) > step')],
    tests: ['libs/clock/src/clock-watch.test.ts'],
  },
  {
    name: 'the refusal to judge tokens by a clock that is off',
    promise: 'a clock that is off judges no token',
    edits: [edit('libs/identity/src/token-verifier.ts', 'await this.timeOfDay.requireRight();')],
    tests: ['test/component/tickets/clock.test.ts'],
  },
  {
    name: 'the rule that what may have ended since a restore is for a person',
    promise: 'a restore keeps no credential beyond its ticket, and destroys none under a live one',
    edits: [
      edit(
        'apps/tickets/src/domain/lift.ts',
        "if (!isUnchanged && mayHaveEndedSince(ticket, gate)) return 'undecided';",
      ),
    ],
    tests: ['apps/tickets/src/domain/lift.test.ts'],
  },
  {
    name: 'the margin around a restore, within which times do not tell',
    promise: 'no end is undone that people made since a restore',
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
    promise: 'no decision rests on the clock of a replica',
    edits: [
      edit(
        'apps/tickets/src/persistence/database-time.ts',
        "'greatest(updated_at, clock_timestamp())'",
        "`greatest(updated_at, '${new Date().toISOString()}'::timestamptz)`",
      ),
    ],
    tests: ['test/component/tickets/clock.test.ts'],
  },
  {
    name: 'the event of a ticket that was lifted after a restore',
    promise: 'a committed change is published',
    edits: [
      edit(
        'apps/tickets/src/commands/record-change.ts',
        'await append(tx, exchanges.ticket, changeEvents({ ...change, ticket }, actor));',
      ),
    ],
    tests: ['test/component/tickets/lift.test.ts'],
  },
];
