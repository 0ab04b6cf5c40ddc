import { expect, it } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import { type Before, takenTicket } from '../harness/before.js';

const secret = { username: 'u', password: 'p' };

export function passesTheStream({ street, product }: Before): void {
  it('passes each event of the stream on by itself: none waits for the heartbeat after it', async () => {
    const caller = street().caller(product);
    const { path, customer, agent } = await takenTicket(caller);
    const stream = await caller.listen(agent, `${path}/stream`);
    expect(stream.response.status).toBe(200);
    await stream.waitForEvent('sync');
    await caller.call(customer, 'POST', `${path}/credentials`, secret);
    await stream.waitForEvent('credential.submitted');
    await caller.call(agent, 'PATCH', path, { status: 'resolved' });
    await stream.waitForEvent('credentials.destroyed');
    expect(stream.comments).toBe(0);
    stream.close();
  });
}

/** All at once, since a heartbeat comes every 15 s. */
export function passHeartbeats(all: readonly Before[]): void {
  it('heartbeats come through each of them, and none ends a stream before', async () => {
    const streams = await Promise.all(
      all.map(async ({ street, product }) => {
        const caller = street().caller(product);
        const { path, agent } = await takenTicket(caller);
        return [product.name, await caller.listen(agent, `${path}/stream`)] as const;
      }),
    );
    const silent = () =>
      streams.filter(([, { comments, ended }]) => comments === 0 && !ended).map(([name]) => name);
    await waitFor(() => silent().length === 0, 60_000).catch(() => undefined);
    const ended = streams.filter((stream) => stream[1].ended).map(([name]) => name);
    expect({ silent: silent(), ended }).toEqual({ silent: [], ended: [] });
    for (const [, stream] of streams) stream.close();
  }, 90_000);
}
