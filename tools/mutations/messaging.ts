import { edit, type Mutation } from './mutation.js';

const answers = 'libs/messaging/src/answers.ts';
const publisher = 'libs/messaging/src/confirmed-publisher.ts';
const confirmations = 'libs/messaging/src/confirmations.ts';
const queueConsumer = 'libs/messaging/src/queue-consumer.ts';
const settlement = 'libs/messaging/src/settlement.ts';
const outbox = 'libs/outbox/src/sql-outbox.ts';
const relay = 'libs/outbox/src/outbox-relay.ts';
const messaging = 'test/conformance/messaging.test.ts';
const outboxes = 'test/conformance/outbox.test.ts';
const publishing = 'test/component/messaging/publisher.test.ts';
const silence = 'test/component/messaging/silence.test.ts';

/** Where an event or a message could get lost between two services. */
export const messagingMutations: readonly Mutation[] = [
  {
    name: 'the acknowledgement after the outcome in the consumer',
    promise: 'every message ends as done, retried, or kept with its reason',
    edits: [
      edit(
        queueConsumer,
        'let started = performance.now();',
        'channel.ack(message); let started = performance.now();',
      ),
      edit(queueConsumer, 'acknowledgements.settle(message);'),
    ],
    tests: [messaging],
  },
  {
    name: 'the acknowledgement of nothing but what is settled',
    promise: 'a message ends as done, retried or kept',
    edits: [
      edit('libs/messaging/src/acknowledgements.ts', 'tagOf(message) > tagOf(oldest)', 'false'),
    ],
    tests: [messaging],
  },
  {
    name: 'the return of what arrives while a consumer closes',
    promise: 'a stop finishes the work in progress and begins none',
    edits: [edit(queueConsumer, 'if (this.holds.closing)', 'if (false)')],
    tests: ['test/component/messaging/recovery.test.ts'],
  },
  {
    name: 'the copy of a failed message before it is acknowledged',
    promise: 'every message ends as done, retried, or kept with its reason',
    edits: [
      edit(
        settlement,
        "if (outcome.kind === 'reject') await this.deadLetter(event, outcome.reason);",
      ),
    ],
    tests: [messaging],
  },
  {
    name: 'the mandatory flag',
    promise: 'publishing a message that no queue takes is a failure',
    edits: [edit(publisher, '{ ...about, mandatory, messageId', '{ ...about, messageId')],
    tests: [messaging],
  },
  {
    name: 'the mandatory flag of tickets',
    promise: 'the event of an end stays in the outbox until a queue takes it',
    edits: [edit('apps/tickets/src/tickets.module.ts', 'mandatory: true', 'mandatory: false')],
    tests: ['test/component/tickets/events.test.ts'],
  },
  {
    name: 'the wait for the confirm',
    promise: 'a message counts as published when the broker has written it to disk',
    edits: [edit(confirmations, 'this.pending.add(entry);', 'this.pending.add(entry); resolve();')],
    tests: [publishing],
  },
  {
    name: 'the time limit of a question to the broker',
    promise: 'nothing waits for ever for a broker that does not answer',
    edits: [
      edit(
        answers,
        'if (inTime === undefined) throw new SilenceError();',
        'if (inTime === undefined) return (await answer).value;',
      ),
    ],
    tests: [silence],
  },
  {
    name: 'the handler of events with any other routing key',
    promise: 'an event that no handler takes is kept as a dead letter',
    edits: [
      edit(
        'apps/tickets/src/messaging/helpdesk-events.controller.ts',
        '@EventOf(queues.ticketsHelpdeskEvents, anyType)',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the handling of the events of a batch one by one after a crash',
    promise: 'an event that crashes the process does not hold up the others of its batch',
    edits: [
      edit('libs/messaging/src/dispatch.ts', 'message.redelivered && events.length > 1', 'false'),
    ],
    tests: ['test/conformance/messaging.test.ts'],
  },
  {
    name: 'the times among the copied headers',
    promise: 'an event in binary mode is the same event when it is tried again',
    edits: [edit('libs/messaging/src/copied-headers.ts', '|| isTime(value)')],
    tests: ['test/component/messaging/poison.test.ts'],
  },
  {
    name: 'the queue in the pattern of a handler',
    promise: 'whoever may publish to one queue of a service cannot reach the handlers of another',
    edits: [
      edit(
        'libs/messaging/src/event-of.ts',
        'EventPattern([...types], transportOf(queue))',
        'EventPattern([...types])',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the persistence of messages',
    promise: 'a published message survives a restart of the broker',
    edits: [edit(publisher, 'headers, persistent: true }', 'headers }')],
    tests: [publishing],
  },
  {
    name: 'the lease token in the deletion of published rows',
    promise: 'a relay that has lost its lease deletes no rows that another relay has claimed',
    edits: [
      edit(
        outbox,
        'WHERE lease_token = $1 AND seq = ANY',
        'WHERE $1::uuid IS NOT NULL AND seq = ANY',
      ),
    ],
    tests: [outboxes],
  },
  {
    name: 'the removal of what was delivered before anything is claimed',
    promise: 'two relays never wait for each other',
    edits: [edit(outbox, '(SELECT count(*) FROM removed) >= 0 AND')],
    tests: ['test/component/outbox/relay-replicas.test.ts'],
  },
  {
    name: 'the expiry of a lease of the outbox',
    promise: 'rows that a dead relay had claimed are published by another relay',
    edits: [
      edit(
        outbox,
        '(lease_until IS NULL OR lease_until <= clock_timestamp())',
        'lease_until IS NULL',
      ),
    ],
    tests: [outboxes],
  },
  {
    name: 'the wakes of the relay, forgotten before the outbox is asked',
    promise: 'a committed event waits for no poll',
    edits: [
      edit(relay, 'this.pause.forget();'),
      edit(
        relay,
        'this.confirmed = undefined; return batch;',
        'this.confirmed = undefined; this.pause.forget(); return batch;',
      ),
    ],
    tests: ['test/component/outbox/relay.test.ts'],
  },
];
