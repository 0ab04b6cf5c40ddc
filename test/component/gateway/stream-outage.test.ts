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

describe('while the broker is away', () => {
  it('clients are told to look by themselves, again and again, and once more when it is back', async () => {
    const stream = await streams.listen(newTicket());
    await stream.waitForEvent('sync');
    streams.line.down();
    await stream.waitForEvent('sync', 1);
    await stream.waitForEvent('sync', 2);
    streams.line.restore();
    await waitFor(() => streams.hearing());
    const { ticketId } = (await stream.waitForEvent('sync')).data as { ticketId: string };
    await waitFor(async () => {
      await streams.publish(exchanges.credential, 'credential.edited', ticketId);
      return stream.types.includes('credential.edited');
    });
  }, 60_000);

  it('a stream still ends when its owner permits it no more', async () => {
    const stream = await streams.listen(newTicket());
    await stream.waitForEvent('sync');
    streams.line.down();
    streams.permit(404);
    await stream.end();
    streams.line.restore();
  });
});

describe('a gateway that stops', () => {
  it('ends its streams, and does not wait for clients to do so', async () => {
    const stopping = await Streams.start();
    const stream = await stopping.listen(newTicket());
    await stream.waitForEvent('sync');
    await stopping.stop();
    expect(stream.ended).toBe(true);
  });
});
