import { edit, type Mutation } from './mutation.js';

const order = ['test/component/tickets/changes-order.test.ts'];

/** Where an end could get lost, or come late, that no event tells. */
export const changesMutations: readonly Mutation[] = [
  {
    name: 'the running transactions in the cursor of the feed of changes',
    promise: 'a change is reported even if a later one was committed before it',
    edits: [
      edit(
        'apps/tickets/src/persistence/snapshot.ts',
        "running: running === '' ? [] : running.split(',').map(BigInt)",
        'running: []',
      ),
    ],
    tests: order,
  },
  {
    name: 'the rest of a transaction in an answer of the feed of changes',
    promise: 'when one transaction changes many tickets, each of them is reported',
    edits: [edit('apps/tickets/src/persistence/changes.ts', 'WITH TIES', 'ONLY')],
    tests: order,
  },
  {
    name: 'the gap that the feed of changes reports for a cursor of the future',
    promise: 'after a restore of tickets, every ticket is looked at',
    edits: [edit('apps/tickets/src/queries/list-changes.ts', ' || after.seen.end > seen.end')],
    tests: ['test/component/tickets/changes.test.ts'],
  },
  {
    name: 'the id of the database in the cursor of the feed of changes',
    promise: 'a cursor of one database is not continued in another one',
    edits: [
      edit(
        'apps/tickets/src/queries/list-changes.ts',
        'after?.database !== database',
        'after === undefined',
      ),
    ],
    tests: ['test/component/tickets/changes.test.ts'],
  },
  {
    name: 'the second pass over all tickets after the first one failed',
    promise: 'after a gap in the changes, every ticket is looked at in the end',
    edits: [
      edit(
        'libs/changes/src/change-follower.ts',
        'this.hasGap = true; throw error;',
        'throw error;',
      ),
    ],
    tests: ['libs/changes/src/change-follower.test.ts'],
  },
  {
    name: 'the feed of changes in credentials',
    promise: 'when a ticket ends, its credentials are destroyed, with the broker or without it',
    edits: [
      edit(
        'apps/credentials/src/service.ts',
        'followChanges(config.changesSeconds, tickets, app.get(ChangedTickets), { lifecycle, ' +
          'metrics, readiness });',
      ),
    ],
    tests: ['test/component/credentials/changes.test.ts'],
  },
  {
    name: 'the feed of changes in the gateway',
    promise: 'when a ticket ends, pages hide its credentials, with the broker or without it',
    edits: [
      edit(
        'apps/gateway/src/service.ts',
        'followTickets(service, config, news, { metrics, readiness });',
      ),
    ],
    tests: ['test/component/gateway/stream-changes.test.ts'],
  },
];
