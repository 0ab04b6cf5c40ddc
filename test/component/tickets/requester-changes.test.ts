import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TicketStatus, ticketStatuses } from '#contracts';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(() => stage.stop());

async function ticketIn(status: TicketStatus): Promise<string> {
  const path = `/v1/tickets/${await ann.open()}`;
  if (status !== 'open') expect((await agent.patch(path, { status })).status).toBe(200);
  return path;
}

/**
 * docs/contract.md: the requester may set resolved and closed, and reopen resolved to
 * open. The same status again changes nothing.
 */
function expected(from: TicketStatus, to: TicketStatus): string {
  if (from === to) return '200';
  if (from === 'closed' && (to === 'open' || to === 'resolved')) return '409 closed-is-final';
  if (to === 'resolved' || to === 'closed' || (to === 'open' && from === 'resolved')) return '200';
  return '403 forbidden';
}

const pairs = ticketStatuses.flatMap((from) =>
  ticketStatuses.map((to) => [from, to, expected(from, to)] as const),
);

describe('the requester of a ticket', () => {
  it.each(pairs)('who asks for %s → %s is answered %s', async (from, to, answer) => {
    const path = await ticketIn(from);
    const before = (await ann.get(path)).body;
    const { status, body } = await ann.patch(path, { status: to });
    expect(status === 200 ? '200' : `${status} ${String(body.code)}`).toBe(answer);
    const after = (await ann.get(path)).body;
    const changed = status === 200 && from !== to;
    expect(after).toMatchObject({
      status: changed ? to : from,
      version: (before.version as number) + (changed ? 1 : 0),
    });
  });

  it.each([{ assigneeId: 'ann' }, { assigneeId: null }, { status: 'closed', assigneeId: 'ann' }])(
    'does not assign it, not even to nobody: %j is 403 and changes nothing',
    async (body) => {
      const path = await ticketIn('open');
      expect(await ann.patch(path, body)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
      expect((await ann.get(path)).body).toMatchObject({
        status: 'open',
        version: 1,
        assigneeId: null,
      });
    },
  );

  it('who is an agent too may do what an agent may', async () => {
    const both = await stage.as('ann', ['customer', 'agent']);
    expect(
      (await both.patch(await ticketIn('resolved'), { status: 'on_hold', assigneeId: 'ann' }))
        .status,
    ).toBe(200);
  });
});

describe('a change with several faults is answered by the first of the order', () => {
  const answers = async (client: Client, path: string, body: unknown, match?: string) => {
    const { status, body: problem } = await client.patch(
      path,
      body,
      match === undefined ? {} : { 'if-match': match },
    );
    return [status, problem.code];
  };

  it('which is 403, 422, 412, 409, of the requester', async () => {
    const path = await ticketIn('closed');
    expect(await answers(ann, path, { status: 'pending', bogus: 1 }, '"1"')).toEqual([
      403,
      'forbidden',
    ]);
    expect(await answers(ann, path, { assigneeId: 7, bogus: 1 }, '"1"')).toEqual([
      403,
      'forbidden',
    ]);
    expect(await answers(ann, path, { status: 'open', bogus: 1 }, '"1"')).toEqual([422, 'invalid']);
    expect(await answers(ann, path, { status: 'bogus' }, '"1"')).toEqual([422, 'invalid']);
    expect(await answers(ann, path, { status: 'open' }, '"1"')).toEqual([412, 'stale']);
    expect(await answers(ann, path, { status: 'closed' }, '"1"')).toEqual([412, 'stale']);
    expect(await answers(ann, path, { status: 'open' }, '"2"')).toEqual([409, 'closed-is-final']);
    expect(await answers(ann, path, { status: 'closed' }, '"2"')).toEqual([200, undefined]);
  });

  it('of a mirrored ticket too, whose status only its home sets', async () => {
    await stage.database.query(
      `INSERT INTO ticket (
         id, home, subject, status, version, phase, requester_id, created_at, updated_at
       )
       VALUES ('legacy:m', '/legacy-desk', 'old', 'resolved', 4, 1, 'ann', now(), now())`,
    );
    const path = '/v1/tickets/legacy:m';
    expect(await answers(ann, path, { status: 'pending' }, '"1"')).toEqual([403, 'forbidden']);
    expect(await answers(ann, path, { status: 'open', bogus: 1 }, '"1"')).toEqual([422, 'invalid']);
    expect(await answers(ann, path, { status: 'open' }, '"1"')).toEqual([412, 'stale']);
    expect(await answers(ann, path, { status: 'open' })).toEqual([409, 'owned-by-home']);
    expect(await answers(agent, path, { status: 'closed', assigneeId: 'alex' })).toEqual([
      409,
      'owned-by-home',
    ]);
    expect(await answers(agent, path, { status: 'resolved', assigneeId: 'alex' }, '"4"')).toEqual([
      200,
      undefined,
    ]);
  });
});
