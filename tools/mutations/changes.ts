import { edit, type Mutation } from './mutation.js';

const order = ['test/component/tickets/changes-order.test.ts'];

/** Where an end could get lost, or come late, that no event tells. */
export const changesMutations: readonly Mutation[] = [
  {
    name: 'what was running, in the cursor of the feed of changes',
    promise: 'a change that is committed after a later one is told',
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
    name: 'the rest of a transaction, in an answer of the feed of changes',
    promise: 'of many changes at once, each is told',
    edits: [edit('apps/tickets/src/persistence/changes.ts', 'WITH TIES', 'ONLY')],
    tests: order,
  },
  {
    name: 'the gap that the feed of changes says to a cursor of the future',
    promise: 'after a restore everything is looked at',
    edits: [edit('apps/tickets/src/queries/list-changes.ts', ' || after.seen.end > seen.end')],
    tests: ['test/component/tickets/changes.test.ts'],
  },
  {
    name: 'the name of the database, in the cursor of the feed of changes',
    promise: 'what another database tells is not taken for the rest of what the last one told',
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
    name: 'the second look at everything, where the first one after a gap failed',
    promise: 'nothing of a gap is left out',
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
    name: 'the feed of changes, of credentials',
    promise: 'an end destroys, broker or not',
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
    name: 'the feed of changes, of the streams',
    promise: 'an end hides what a page shows, broker or not',
    edits: [
      edit(
        'apps/gateway/src/service.ts',
        'followTickets(service, config, news, { metrics, readiness });',
      ),
    ],
    tests: ['test/component/gateway/stream-changes.test.ts'],
  },
];
