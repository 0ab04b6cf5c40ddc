import { edit, type Mutation } from './mutation.js';

const listening = 'apps/gateway/src/streams/listening.ts';

/**
 * Where what a client reads could be more than it may know, or than a process can hold.
 */
export const gatewayMutations: readonly Mutation[] = [
  {
    name: 'the place of a stream, before its owner is asked',
    promise: 'a stream hears of what its permission does not know yet',
    edits: [
      edit(
        'apps/gateway/src/streams/stream.controller.ts',
        'this.hub.add(id, stream.body, [stream.listening]);',
      ),
      edit(
        'apps/gateway/src/streams/stream.controller.ts',
        'const answer = await stream.open();',
        'const answer = await stream.open(); this.hub.add(id, stream.body, [stream.listening]);',
      ),
    ],
    tests: ['test/component/gateway/stream-opening.test.ts'],
  },
  {
    name: 'the question to the owner, before a stream tells anything',
    promise: 'a stream tells nothing to whom it is permitted no more',
    edits: [
      edit(
        listening,
        'take(event: StreamEvent): void {',
        "take(event: StreamEvent): void { if (event.type.startsWith('credential') && " +
          '!this.isAsking) { this.listener.send(event); return; }',
      ),
    ],
    tests: ['test/component/gateway/stream.test.ts'],
  },
  {
    name: 'the question to the owner, every few heartbeats of a stream',
    promise: 'a stream ends though the news of it got lost',
    edits: [edit(listening, ' || this.heartbeatsLeft <= 0')],
    tests: ['apps/gateway/src/streams/ticket-stream.test.ts'],
  },
  {
    name: 'the places of a stream of several tickets, before their owner is asked',
    promise: 'each ticket of a stream hears of what its permission does not know yet',
    edits: [
      edit(
        'apps/gateway/src/streams/streams.controller.ts',
        'this.hub.add(id, stream.body, stream.listenings);',
      ),
      edit(
        'apps/gateway/src/streams/streams.controller.ts',
        'void stream.open();',
        'void stream.open().then(() => { this.hub.add(id, stream.body, stream.listenings); });',
      ),
    ],
    tests: ['test/component/gateway/streams.test.ts'],
  },
  {
    name: 'the silence about a ticket that a stream of several may not tell of',
    promise: 'a stream tells of each ticket only what its client may know of that one',
    edits: [
      edit(
        listening,
        'this.listener.refuse(status, events);',
        'this.listener.refuse(status, events); for (const event of events) ' +
          'this.listener.send(event);',
      ),
    ],
    tests: ['test/component/gateway/streams.test.ts'],
  },
  {
    name: 'the doubt of a ticket, where only the answer to a stream tells of it',
    promise: 'who listens to a ticket that is in doubt finds out, though the event of it got lost',
    edits: [edit(listening, '!isDoubted(answer) && ')],
    tests: ['test/component/gateway/streams-doubt.test.ts'],
  },
  {
    name: 'the question to tickets, for a stream of which the standing is cached',
    promise: 'nobody is permitted to listen on a cached standing',
    edits: [
      edit(
        'apps/credentials/src/standing/action-rules.ts',
        'onCachedStanding: ReadonlySet<TicketAction> = new Set([',
        "onCachedStanding: ReadonlySet<TicketAction> = new Set(['stream.read',",
      ),
    ],
    tests: ['test/component/credentials/stream.test.ts'],
  },
  {
    name: 'the limit of the list of receipts, in its statement',
    promise: 'an answer reads no more, however much there is',
    edits: [
      edit(
        'apps/credentials/src/persistence/receipts.ts',
        ' id DESC LIMIT $4',
        ' id DESC LIMIT 10000 + $4',
      ),
    ],
    tests: ['test/component/credentials/receipt-pages.test.ts'],
  },
  {
    name: 'no-store, on whatever is answered',
    promise: 'no cache gives one person what another was answered',
    edits: [edit('libs/http-server/src/create-service.ts', '  storeNothing(fastify);\n')],
    tests: ['test/component/http-server/requests.test.ts'],
  },
];
