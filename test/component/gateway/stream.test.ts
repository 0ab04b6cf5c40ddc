import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exchanges } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { newTicket, Streams } from './streams.fixture.js';

let streams: Streams;
beforeAll(async () => {
  streams = await Streams.start();
});
beforeEach(() => {
  streams.permit(204);
});
afterEach(() => {
  streams.hangUp();
});
afterAll(() => streams.stop());

describe('a stream', () => {
  it('begins with sync, and then tells what happens to this ticket and to no other', async () => {
    const [mine, other] = [newTicket(), newTicket()];
    const stream = await streams.listen(mine);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store, no-transform');
    await stream.waitForEvent('sync');
    await streams.publish(exchanges.credential, 'credential.revealed', other);
    const id = await streams.publish(exchanges.credential, 'credential.submitted', mine, {
      credentialId: 'c',
      actorId: 'a',
    });
    await streams.publish(exchanges.ticketNews, 'ticket.status.changed', mine, {
      status: 'resolved',
    });
    await streams.publish(exchanges.credential, 'credentials.destroyed', mine, {
      reason: 'ticket-ended',
    });
    await stream.waitForEvent('credentials.destroyed');
    expect(stream.types).toEqual([
      'sync',
      'credential.submitted',
      'ticket',
      'credentials.destroyed',
    ]);
    expect(stream.events[1]).toMatchObject({
      id,
      data: { ticketId: mine, credentialId: 'c', actorId: 'a' },
    });
  });

  it('is refused in the words of the service that owns the ticket', async () => {
    streams.permit(404, '{"code":"not-found"}');
    const { response } = await streams.listen(newTicket());
    expect([response.status, await response.json()]).toEqual([404, { code: 'not-found' }]);
  });

  it('ends when the ticket changed and its owner permits it no more, without telling of the change', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    await stream.waitForEvent('sync');
    streams.permit(403);
    await streams.publish(exchanges.ticketNews, 'ticket.assigned', id);
    await stream.end();
    expect(stream.types).toEqual(['sync']);
  });

  it('ends before it tells anything to whom its owner permits it no more, though the news of that got lost', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    await stream.waitForEvent('sync');
    streams.permit(403);
    await streams.publish(exchanges.credential, 'credential.submitted', id);
    await stream.end();
    expect(stream.types).toEqual(['sync']);
  });

  it('tells nothing on an answer that was asked for before it happened', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    await stream.waitForEvent('sync');
    const letGo = streams.hold(id);
    await streams.publish(exchanges.credential, 'credential.edited', id);
    await waitFor(() => streams.questions(id) === 2);
    streams.permit(403);
    await streams.publish(exchanges.credential, 'credential.submitted', id);
    await streams.arrived();
    letGo();
    await stream.end();
    expect(stream.types).toEqual(['sync', 'credential.edited']);
  });

  it('is silent while nobody can tell whether it is permitted, and syncs when that is known again', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    await stream.waitForEvent('sync');
    const before = streams.questions(id);
    streams.permit(503);
    await streams.publish(exchanges.ticketNews, 'ticket.assigned', id);
    await waitFor(() => streams.questions(id) > before);
    await streams.publish(exchanges.credential, 'credential.revealed', id);
    await waitFor(() => streams.questions(id) > before + 1);
    streams.permit(204);
    streams.line.cut();
    await stream.waitForEvent('sync', 1);
    expect(stream.types).toEqual(['sync', 'sync']);
  });

  it('ends where its ticket is in doubt though the event of that got lost, told nothing', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    await stream.waitForEvent('sync');
    streams.doubt(id);
    streams.line.cut();
    await stream.end();
    expect(stream.types).toEqual(['sync']);
  });

  it('survives messages that are no events', async () => {
    const id = newTicket();
    const stream = await streams.listen(id);
    for (const body of ['not JSON', '{}', '[]', 'null'])
      await streams.publishRaw(exchanges.ticketNews, body);
    await streams.publish(exchanges.credential, 'credential.edited', id);
    await stream.waitForEvent('credential.edited');
  });
});
