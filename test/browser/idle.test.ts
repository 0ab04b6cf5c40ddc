import { expect, it } from '@jest/globals';
import { isStream } from './harness/hold.js';
import { waitFor } from '../support/wait-for.js';
import { openHostPage } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

const idle = [
  ['of the agent who has the ticket', 'agent', 'agent-1', 'open'],
  ['of an agent who has not taken it', 'agent', 'agent-2', 'open'],
  ['of the customer', 'customer', 'customer-1', 'open'],
  ['of a ticket that has ended', 'agent', 'agent-1', 'resolved'],
] as const;

/** An element with which nothing happens from now on. @returns what its page asks for */
async function open([, as, actor, status]: (typeof idle)[number]): Promise<string[]> {
  const ticket = await stage.tickets.open('agent-1');
  await stage.tickets.share(ticket, { username: 'root', password: 'p' });
  if (status !== 'open') await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { status });
  const asked: string[] = [];
  const onRequest = (url: string) => asked.push(url);
  await openHostPage(stage.scene, { ticket, as, actor, onRequest });
  await waitFor(() => asked.some(isStream));
  return asked;
}

it('an idle element sends no request, for every kind of viewer', async () => {
  const asked: string[][] = [];
  for (const one of idle) asked.push(await open(one));
  // What each looks at once its stream is there, and when a receipt is signed.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  for (const list of asked) list.length = 0;
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  expect(idle.map(([who], at) => [who, asked[at]])).toEqual(idle.map(([who]) => [who, []]));
});
