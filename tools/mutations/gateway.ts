import { edit, type Mutation } from './mutation.js';

const listening = 'apps/gateway/src/streams/listening.ts';

/**
 * Where what a client reads could be more than it may know, or than a process can hold.
 */
export const gatewayMutations: readonly Mutation[] = [
  {
    name: 'the registration of a stream before its owner is asked',
    promise: 'what happens while a stream is being permitted is sent on that stream',
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
    name: 'the question to the owner before a stream sends anything',
    promise: 'a stream sends nothing to a client that has lost its permission',
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
    name: 'the question to the owner every few heartbeats of a stream',
    promise: 'a stream that is permitted no longer ends, even if the event was lost',
    edits: [edit(listening, ' || this.heartbeatsLeft <= 0')],
    tests: ['apps/gateway/src/streams/ticket-stream.test.ts'],
  },
  {
    name: 'the registration of a stream of several tickets before their owner is asked',
    promise:
      'what happens to a ticket while a stream of several is permitted is sent on that stream',
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
    name: 'the silence about a ticket that the client of a stream may not know',
    promise: 'a stream of several tickets sends about each of them only what the client may know',
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
    name: 'the doubt of a ticket in the answer to a stream',
    promise: 'whoever listens to a ticket in doubt learns of the doubt, even if its event was lost',
    edits: [edit(listening, '!isDoubted(answer) && ')],
    tests: ['test/component/gateway/streams-doubt.test.ts'],
  },
  {
    name: 'the question to tickets for a stream whose standing is cached',
    promise: 'a stream is never permitted on a cached standing',
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
    name: 'the limit in the statement that lists receipts',
    promise: 'a page of a list reads no more rows than it shows',
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
    name: 'the header no-store on every answer',
    promise: 'no cache gives one person the answer of another',
    edits: [edit('libs/http-server/src/create-service.ts', '  storeNothing(fastify);\n')],
    tests: ['test/component/http-server/requests.test.ts'],
  },
];
