import { edit, type Mutation } from './mutation.js';

const answers = 'libs/messaging/src/answers.ts';
const publisher = 'libs/messaging/src/confirmed-publisher.ts';
const confirmations = 'libs/messaging/src/confirmations.ts';
const queueConsumer = 'libs/messaging/src/queue-consumer.ts';
const settlement = 'libs/messaging/src/settlement.ts';
const outbox = 'libs/outbox/src/sql-outbox.ts';
const messaging = 'test/conformance/messaging.test.ts';
const outboxes = 'test/conformance/outbox.test.ts';
const publishing = 'test/component/messaging/publisher.test.ts';
const silence = 'test/component/messaging/silence.test.ts';

/** Where an event or a message could get lost between two services. */
export const messagingMutations: readonly Mutation[] = [
  {
    name: 'the acknowledgement after the outcome, in the consumer',
    promise: 'a message ends as done, retried or kept',
    edits: [
      edit(
        queueConsumer,
        'let started = performance.now();',
        'channel.ack(message); let started = performance.now();',
      ),
      edit(queueConsumer, 'this.settlement.acknowledge(channel, message);'),
    ],
    tests: [messaging],
  },
  {
    name: 'the copy, before a message that failed is acknowledged',
    promise: 'a message ends as done, retried or kept',
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
    promise: 'an unroutable message is a failure',
    edits: [edit(publisher, '{ ...about, mandatory, messageId', '{ ...about, messageId')],
    tests: [messaging],
  },
  {
    name: 'the mandatory flag of tickets',
    promise: 'an end that nobody is told of is kept',
    edits: [edit('apps/tickets/src/tickets.module.ts', 'mandatory: true', 'mandatory: false')],
    tests: ['test/component/tickets/events.test.ts'],
  },
  {
    name: 'the wait for the confirm',
    promise: 'what counts as published is on disk',
    edits: [edit(confirmations, 'this.pending.add(entry);', 'this.pending.add(entry); resolve();')],
    tests: [publishing],
  },
  {
    name: 'the limit of a question to the broker',
    promise: 'a silent broker holds up nothing',
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
    name: 'the handler of events of other homes by another routing key',
    promise: 'what nobody takes is kept',
    edits: [
      edit(
        'apps/tickets/src/messaging/helpdesk-events.controller.ts',
        '@EventOf(queues.ticketsHelpdeskEvents, anyType)',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'what is taken apart after a crash',
    promise: 'one event that takes the process down does not take those of its message with it',
    edits: [
      edit('libs/messaging/src/dispatch.ts', 'message.redelivered && events.length > 1', 'false'),
    ],
    tests: ['test/conformance/messaging.test.ts'],
  },
  {
    name: 'the times among the headers of a copy',
    promise: 'an event whose attributes are headers is the same one when it is tried again',
    edits: [edit('libs/messaging/src/copied-headers.ts', '|| isTime(value)')],
    tests: ['test/component/messaging/poison.test.ts'],
  },
  {
    name: 'the queue of a handler',
    promise: 'who may publish to one queue of a service does not reach the handlers of another',
    edits: [
      edit(
        'libs/messaging/src/event-of.ts',
        'EventPattern([type], transportOf(queue))',
        'EventPattern([type])',
      ),
    ],
    tests: ['test/component/tickets/mirror-refusals.test.ts'],
  },
  {
    name: 'the persistence of messages',
    promise: 'what was published survives the broker',
    edits: [edit(publisher, 'headers, persistent: true }', 'headers }')],
    tests: [publishing],
  },
  {
    name: 'the fence of the outbox by its token',
    promise: 'a relay that is late forgets nothing that another one holds',
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
    name: 'the lease of the outbox',
    promise: 'what a relay that died had in hand is published by another one',
    edits: [
      edit(
        outbox,
        '(lease_until IS NULL OR lease_until <= clock_timestamp())',
        'lease_until IS NULL',
      ),
    ],
    tests: [outboxes],
  },
];
