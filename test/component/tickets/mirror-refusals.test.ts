import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentialsDestroyedEvent } from '#contracts';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const sound = { status: 'resolved', version: 9 };
const from = (source: string) => ({ attributes: { source } });

/** It is kept with its reason, and what comes behind it is applied. */
async function expectRefused(id: Promise<string>, reason: string): Promise<void> {
  const expected = { id: await id, reason };
  await knownTicket();
  expect(await desk.refusal()).toEqual(expected);
}

async function knownTicket(prefix?: string, more = {}): Promise<string> {
  const id = desk.newId(prefix);
  await desk.publish({ ticketId: id, status: 'open', version: 1 }, more);
  await desk.ticket(id);
  return id;
}

describe('an event of another home is refused, kept with its reason, and delays nothing behind it', () => {
  it('where its source is no home', async () => {
    await expectRefused(
      desk.publish({ ...sound, ticketId: desk.newId() }, from('/forged')),
      'the source is no home that is mirrored here',
    );
    await expectRefused(
      desk.publish({ ...sound, ticketId: desk.newId() }, from('/tickets')),
      'the source is no home that is mirrored here',
    );
  });

  it("where its ticket is outside its home's prefix, and is one of ours above all", async () => {
    const reason = "data.ticketId does not begin with the home's prefix";
    const own = await (await desk.stage.as('ann', ['customer'])).open();
    await expectRefused(desk.publish({ ...sound, ticketId: own }), reason);
    expect((await desk.ticket(own)).status).toBe('open');
    await expectRefused(desk.publish({ ...sound, ticketId: desk.newId('eu:') }), reason);
  });

  it('where its ticket belongs to another home, though the prefix would permit it', async () => {
    const id = desk.newId();
    await desk.stage.database.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       VALUES ($1, '/older-desk', 's', 'open', 1, 0, now(), now())`,
      [id],
    );
    await expectRefused(
      desk.publish({ ...sound, ticketId: id }),
      'the ticket belongs to another home',
    );
    expect((await desk.ticket(id)).status).toBe('open');
  });

  it('where the broker names another user than that of its home', async () => {
    const reason = "user_id is not the broker user of the source's home";
    const { user } = desk;
    const id = await knownTicket('eu:', { ...from('/eu-desk'), userId: user });
    await expectRefused(desk.publish({ ...sound, ticketId: id }, from('/eu-desk')), reason);
    await expectRefused(
      desk.publish(
        { ...sound, ticketId: id },
        { ...from('/eu-desk'), headers: { 'x-user-id': user } },
      ),
      reason,
    );
    await expectRefused(
      desk.publish(
        { ...sound, ticketId: desk.newId('us:') },
        { ...from('/us-desk'), userId: user },
      ),
      reason,
    );
    expect((await desk.ticket(id)).status).toBe('open');
    await desk.publish({ ...sound, ticketId: id }, { ...from('/eu-desk'), userId: user });
    await desk.settled();
    expect((await desk.ticket(id)).status).toBe('resolved');
  });

  it('where it is ordered in another way than the first one about its ticket', async () => {
    const id = await knownTicket();
    const byTime = desk.publish(
      { ticketId: id, status: 'resolved' },
      { attributes: { time: '2026-03-01T12:00:00Z' } },
    );
    await expectRefused(byTime, 'its home orders this ticket by version');
    expect((await desk.ticket(id)).status).toBe('open');
  });

  it('where it is ordered by a time of the future, and would win for ever; beside a version the time does not matter', async () => {
    const ahead = { attributes: { time: new Date(Date.now() + 3_600_000).toISOString() } };
    const id = desk.newId();
    const reason =
      'time is more than 300 s ahead of the clock of our database; set the clock of its home right, and replay this';
    const sent = await desk.publish({ ticketId: id, status: 'open' }, ahead);
    await knownTicket('legacy:', ahead);
    expect(await desk.refusal()).toEqual({ id: sent, reason: expect.stringContaining(reason) });
    expect((await desk.agent.get(`/v1/tickets/${id}`)).status).toBe(404);
  });

  it.each(['ticket.status.chnaged', 'Ticket.Status.Changed', 'ticket/status/changed', ''])(
    'where its routing key has a typing error, since no other consumer would get it (%j)',
    async (key) => {
      const id = await knownTicket();
      await expectRefused(
        desk.publish({ ...sound, ticketId: id }, { key }),
        'its routing key is none of: ticket.status.changed',
      );
      expect((await desk.ticket(id)).status).toBe('open');
    },
  );

  it('where only credentials may publish it, to another exchange: it could put the database of credentials in doubt', async () => {
    const credentialIds = [randomUUID()];
    const facts = {
      ticketId: 'T-1',
      phase: 0,
      reason: 'withdrawn',
      receiptId: randomUUID(),
      expiresAt: '2100-01-01T00:00:00Z',
    } as const;
    const forged = JSON.stringify(
      credentialsDestroyedEvent({ ...facts, credentialIds }, new Date()),
    );
    await expectRefused(
      desk.send(forged, { key: 'credentials.destroyed' }),
      'its routing key is none of: ticket.status.changed',
    );
    const remembered = await desk.stage.database.query(
      'SELECT FROM destroyed_credential WHERE id = ANY($1)',
      [credentialIds],
    );
    expect(remembered).toEqual([]);
  });

  it('where it has neither version nor time', async () => {
    await expectRefused(
      desk.publish({ ticketId: desk.newId(), status: 'open' }),
      'time is missing or wrong',
    );
  });
});
