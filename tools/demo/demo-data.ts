import { existsSync, readFileSync } from 'node:fs';
import { explain } from '../stack/launcher-error.js';
import { replaceFile } from '../stack/replace-file.js';
import { type Reporter } from '../stack/reporter.js';
import { DemoApi, type Person } from './api.js';

/** For the greeting. */
export interface DemoData {
  /** A live ticket with credentials and an assignee. */
  readonly liveTicketId: string;
}

interface Created {
  readonly id: string;
}

export const customer = { sub: 'alice', role: 'customer', name: 'Alice Customer' } as const;
export const agent = { sub: 'bob', role: 'agent', name: 'Bob Agent' } as const;

/**
 * Writes the demonstration's tickets at the first start, through the public API: one
 * live with credentials and an assignee, one that nobody has taken yet, one ended.
 * `file` remembers what was written. A failure is a warning: it is not worth a failed
 * start.
 */
export async function ensureDemoData(
  gatewayUrl: string,
  file: string,
  reporter: Reporter,
): Promise<DemoData | undefined> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoData;
  try {
    return await reporter.step('demo tickets', async () => {
      const data = await write(new DemoApi(gatewayUrl));
      replaceFile(file, JSON.stringify(data));
      return data;
    });
  } catch (error) {
    reporter.warn(`the demo tickets could not be written: ${explain(error)}`);
    return undefined;
  }
}

async function write(api: DemoApi): Promise<DemoData> {
  const alice = await api.signIn(customer.sub, customer.role, customer.name);
  const bob = await api.signIn(agent.sub, agent.role, agent.name);
  await openTicket(
    api,
    alice,
    'waiting',
    'Newsletter signup shows an error',
    'Since this morning, for everybody.',
  );
  const ended = await openTicket(
    api,
    alice,
    'ended',
    'Certificate about to expire',
    'The shop certificate ends on Friday.',
  );
  await share(api, alice, ended, 'ended', {
    username: 'certbot',
    password: 'demo: gone when the ticket ends',
  });
  await api.change(bob, `/v1/tickets/${ended}`, { assigneeId: bob.sub });
  await api.change(bob, `/v1/tickets/${ended}`, { status: 'resolved' });
  const live = await openTicket(
    api,
    alice,
    'live',
    'Online shop is down',
    'Checkout answers 500. Access to the admin panel is attached.',
  );
  await share(api, alice, live, 'live', {
    username: 'shop-admin',
    password: 'demo: not-a-real-password',
    link: 'https://shop.example/admin',
    additionalInformation: 'Second factor: ask Alice on the phone.',
  });
  await api.change(bob, `/v1/tickets/${live}`, { assigneeId: bob.sub });
  await api.create(bob, `/v1/tickets/${live}/replies`, 'demo-reply', {
    body: 'Thanks, I am looking into it.',
  });
  return { liveTicketId: live };
}

async function openTicket(
  api: DemoApi,
  by: Person,
  key: string,
  subject: string,
  description: string,
): Promise<string> {
  const { id } = await api.create<Created>(by, '/v1/tickets', `demo-ticket-${key}`, {
    subject,
    description,
  });
  return id;
}

const share = (
  api: DemoApi,
  by: Person,
  ticket: string,
  key: string,
  credential: object,
): Promise<Created> =>
  api.create<Created>(
    by,
    `/v1/tickets/${ticket}/credentials`,
    `demo-credential-${key}`,
    credential,
  );
