import { describe, expect } from '@jest/globals';
import { People } from '../../support/api.js';
import { EventStream } from '../../support/event-stream.js';
import { HttpProxy } from '../../support/http-proxy.js';
import { agent, customer } from '../harness/ledger.js';
import { type AddScenario } from '../harness/scenario.js';
import { type OwnBroker } from '../harness/broker.js';

export const streamScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('a stream is opened while its agent loses the ticket', () => {
    scenario('through another gateway: it ends, and hears nothing of what follows', {
      done: 'the permission of a stream held back until its agent had lost the ticket through another gateway',
      play: async ({ world, ledger }) => {
        const credentials = await HttpProxy.to(world.credentials[0].url);
        const gateway = await world.another('gateway', { urls: { credentials: credentials.url } });
        const ticket = await ledger.share();
        const people = new People(gateway.url);
        const listen = async (actor: string) =>
          EventStream.open(
            `${gateway.url}${ticket.path}/stream`,
            await people.authorization(actor),
          );
        const { authorization } = await people.authorization(agent);
        const requester = await listen(customer);
        await requester.waitForEvent('sync');
        const permission = credentials.hold(
          ({ headers }) => headers.authorization === authorization,
        );
        const opening = listen(agent);
        await permission.waiting;
        expect(await ledger.assign(ticket, 'agent-2')).toMatchObject({ status: 200 });
        await requester.waitForEvent('ticket');
        permission.letGo();
        const stream = await opening;
        expect(await ledger.submit(ticket)).toMatchObject({ status: 201 });
        await requester.waitForEvent('credential.submitted');
        await stream.end();
        expect(stream.types).toEqual(['sync']);
        requester.close();
        await gateway.end();
        await credentials.close();
      },
    });
  });
};
