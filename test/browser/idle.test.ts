import { describe, expect, it } from '@jest/globals';
import { isStream } from './harness/hold.js';
import { openHostPage } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

describe('an element with which nothing happens', () => {
  it.each([
    ['of the agent who has the ticket', 'agent', 'agent-1', 'open'],
    ['of an agent who has not taken it', 'agent', 'agent-2', 'open'],
    ['of the customer', 'customer', 'customer-1', 'open'],
    ['of a ticket that has ended', 'agent', 'agent-1', 'resolved'],
  ] as const)('%s asks for nothing', async (_, as, actor, status) => {
    const ticket = await stage.tickets.open('agent-1');
    await stage.tickets.share(ticket, { username: 'root', password: 'p' });
    if (status !== 'open') await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { status });
    const page = await openHostPage(stage.scene, { ticket, as, actor });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForRequest((request) => isStream(request.url()));
    // What it looks at once the stream is there, and when a receipt is signed.
    await page.waitForTimeout(5_000);
    asked.length = 0;
    await page.waitForTimeout(20_000);
    expect(asked).toEqual([]);
  });
});
