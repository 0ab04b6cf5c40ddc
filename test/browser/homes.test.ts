import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { exchanges, helpdeskEventType } from '#contracts';
import { TestBroker } from '../support/broker.js';
import { waitFor } from '../support/wait-for.js';
import { openHostPage, press } from './harness/host-page.js';
import { accessibilityFaults } from './harness/inspect.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();
let broker: TestBroker;
beforeAll(async () => {
  broker = await TestBroker.open();
});
afterAll(() => broker.close());

let ticket: string;
let version: number;

/** The home of the ticket tells something of it. */
async function publish(data: object): Promise<void> {
  version += 1;
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/legacy-desk',
    type: helpdeskEventType,
  };
  const body = JSON.stringify({
    ...event,
    data: { ticketId: ticket, version, status: 'open', ...data },
  });
  await broker.publish(exchanges.helpdesk, helpdeskEventType, body, { messageId: event.id });
}

/** A ticket of customer-1, taken by agent-1, under which something is shared. */
beforeEach(async () => {
  ticket = `legacy:${randomUUID()}`;
  version = 0;
  await publish({ requesterId: 'customer-1', subject: 'Printer' });
  const isThere = async () =>
    (await stage.scene.system.call('agent-1', 'GET', `/v1/tickets/${ticket}`)).status === 200;
  await waitFor(isThere);
  await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { assigneeId: 'agent-1' });
  await stage.tickets.share(ticket, { username: 'root', password: 'secret of one' });
});

const element = (as: 'customer' | 'agent', actor: string): Promise<Page> =>
  openHostPage(stage.scene, { ticket, as, actor });
const gone = (page: Page, text: string) => page.getByText(text).waitFor({ state: 'detached' });

describe('a ticket whose home names another requester', () => {
  const former = 'This ticket is somebody else’s now.';

  it('a former requester can withdraw what they shared, and the new one sees that it exists', async () => {
    const [mine, theirs] = [
      await element('customer', 'customer-1'),
      await element('customer', 'customer-2'),
    ];
    await mine.getByText('Not viewed yet').waitFor();
    await publish({ requesterId: 'customer-2' });
    await mine.getByText(former).waitFor();
    expect(await mine.getByRole('button', { name: 'Share credentials privately' }).count()).toBe(0);
    expect(await accessibilityFaults(mine)).toEqual([]);
    await theirs.getByText(/^Shared by .* You can ask an agent to delete it\.$/).waitFor();
    expect(await theirs.getByRole('button', { name: 'Withdraw' }).count()).toBe(0);
    await press(mine, 'Withdraw');
    await press(mine, 'Destroy now');
    await gone(mine, 'Not viewed yet');
    await gone(theirs, 'Not viewed yet');
  });

  it('the help desk shows a former requester only what they have shared', async () => {
    await publish({ requesterId: 'alice' });
    const { page } = await stage.scene.person('Alice', `/tickets/${ticket}`);
    await press(page, 'Share credentials privately');
    await page.getByLabel('Username').fill('root');
    await page.getByLabel('Password', { exact: true }).fill('secret of Alice');
    await press(page, 'Share privately');
    await page.getByText('Credentials 2').waitFor();
    await publish({ requesterId: 'customer-2' });
    await page.getByRole('heading', { name: 'This ticket is somebody else’s now' }).waitFor();
    await press(page, 'Withdraw');
    await press(page, 'Destroy now');
    await page.getByText('There is no such ticket').waitFor();
  });
});

it('a ticket with a status of its home that is not understood shows nothing, says why, and recovers', async () => {
  const [customer, agent] = [
    await element('customer', 'customer-1'),
    await element('agent', 'agent-1'),
  ];
  await press(agent, 'Reveal all');
  await agent.getByText('secret of one').waitFor();
  await publish({ status: 'shredded' });
  const why = 'said something of it that is not understood here';
  for (const page of [customer, agent]) {
    await page.getByText(why).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  await gone(agent, 'secret of one');
  expect(await customer.getByRole('button', { name: 'Share credentials privately' }).count()).toBe(
    0,
  );
  await publish({ status: 'pending' });
  await customer.getByText('Viewed once').waitFor();
  await press(agent, 'Reveal all');
  await agent.getByText('secret of one').waitFor();
});
