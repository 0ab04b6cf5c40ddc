import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const becomes = (id: string, facts: Record<string, unknown>) =>
  eventually(async () => {
    expect(await desk.ticket(id)).toMatchObject(facts);
  });

async function phaseOf(id: string): Promise<number> {
  const [row] = await desk.stage.database.query<{ phase: number }>('SELECT phase FROM ticket WHERE id = $1', [id]);
  return row!.phase;
}

describe('a ticket of another home', () => {
  it('is known after the first event about it, to agents and to its requester', async () => {
    const id = desk.newId();
    await desk.say({ ticketId: id, status: 'open', version: 4, requesterId: 'ann', subject: 'Printer on fire' });
    const ticket = await desk.ticket(id);
    expect(ticket).toEqual({
      id,
      subject: 'Printer on fire',
      description: null,
      status: 'open',
      version: 1,
      requesterId: 'ann',
      assigneeId: null,
      home: '/legacy-desk',
      createdAt: expect.any(String),
      updatedAt: ticket.createdAt,
    });
    const ann = await desk.stage.as('ann', ['customer']);
    expect((await ann.get('/v1/tickets?home=/legacy-desk')).body.items).toEqual([ticket]);
    expect((await (await desk.stage.as('bob', ['customer'])).get(`/v1/tickets/${id}`)).status).toBe(404);
    expect(await desk.told(id)).toEqual([['ticket.created', 'open', null, 1, 0]]);
  });

  it('that is first heard of at its end is known as ended, by its id where it has no title', async () => {
    const id = desk.newId();
    await desk.say({ ticketId: id, status: 'closed', version: 9 });
    expect(await desk.ticket(id)).toMatchObject({ status: 'closed', subject: id, requesterId: null });
    expect(await desk.told(id)).toEqual([['ticket.created', 'closed', null, 1, 1]]);
  });

  it('follows its home through every status, also from closed back to open, with the title cut and people changed', async () => {
    const id = desk.newId();
    await desk.say({ ticketId: id, status: 'open', version: 1, requesterId: 'ann' });
    await desk.say({ ticketId: id, status: 'closed', version: 2, assigneeId: 'zoe', subject: '🔥'.repeat(300) });
    await becomes(id, { status: 'closed', version: 2, requesterId: 'ann', assigneeId: 'zoe', subject: '🔥'.repeat(200) });
    await desk.say({ ticketId: id, status: 'open', version: 3, requesterId: 'bob', assigneeId: null, subject: null });
    await becomes(id, { status: 'open', version: 3, requesterId: 'bob', assigneeId: null, subject: id });
    expect(await phaseOf(id)).toBe(2);
    expect(await desk.told(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.assigned', 'closed', 'open', 2, 1],
      ['ticket.status.changed', 'closed', 'open', 2, 1],
      ['ticket.assigned', 'open', 'closed', 3, 2],
      ['ticket.status.changed', 'open', 'closed', 3, 2],
    ]);
  });

  it("is told in its home's own words and numbers, whatever their case", async () => {
    const id = desk.newId();
    await desk.say({ ticketId: id, status: 'OPEN', version: 1, requesterId: 4711, assigneeId: '' });
    expect(await desk.ticket(id)).toMatchObject({ status: 'open', requesterId: '4711', assigneeId: null });
    const ends = [
      ['solved', 'resolved'],
      ['Merged', 'closed'],
      [5, 'closed'],
      ['Closed', 'closed'],
    ] as const;
    for (const [index, [word, status]] of ends.entries()) {
      await desk.say({ ticketId: id, status: 'Pending', version: 2 * index + 2, assigneeId: 12 });
      await becomes(id, { status: 'pending', assigneeId: '12' });
      await desk.say({ ticketId: id, status: word, version: 2 * index + 3 });
      await becomes(id, { status });
    }
    expect(await phaseOf(id)).toBe(2 * ends.length - 1);
  });

  it('is assigned here, and has its status changed by its home alone', async () => {
    const id = desk.newId();
    const path = `/v1/tickets/${id}`;
    await desk.say({ ticketId: id, status: 'open', version: 1, requesterId: 'ann' });
    await desk.ticket(id);
    const ann = await desk.stage.as('ann', ['customer']);
    for (const client of [desk.agent, ann]) {
      expect(await client.patch(path, { status: 'resolved' })).toMatchObject({ status: 409, body: { code: 'owned-by-home' } });
    }
    expect(await desk.agent.patch(path, { assigneeId: 'alex' })).toMatchObject({ status: 200, body: { assigneeId: 'alex', version: 2 } });
    await desk.say({ ticketId: id, status: 'resolved', version: 2 });
    await becomes(id, { status: 'resolved', version: 3, assigneeId: 'alex' });
  });
});

describe('however its events arrive', () => {
  it('shuffled and several times, the ticket is what its home says last', async () => {
    const id = desk.newId();
    const story = [
      { status: 'open', requesterId: 'ann', subject: 'first' },
      { status: 'pending', assigneeId: 'zoe' },
      { status: 'resolved', subject: 'second' },
      { status: 'open', assigneeId: null },
      { status: 'on_hold' },
    ].map((facts, index) => ({ ticketId: id, version: index + 1, ...facts }));
    for (const index of [4, 0, 2, 2, 1, 3, 0, 4, 2, 3, 1]) await desk.say(story[index]!);
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'on_hold', requesterId: 'ann', assigneeId: null, subject: 'second' });
    expect(await phaseOf(id)).toBe(2);
  });

  it('an end that the reopening overtook moves the phase by two, and tells so', async () => {
    const id = desk.newId();
    await desk.say({ ticketId: id, status: 'open', version: 1 });
    await desk.ticket(id);
    await desk.say({ ticketId: id, status: 'pending', version: 3 });
    await becomes(id, { version: 2 });
    for (let times = 0; times < 3; times += 1) await desk.say({ ticketId: id, status: 'resolved', version: 2 });
    await desk.settled();
    expect([(await desk.ticket(id)).version, await phaseOf(id)]).toEqual([3, 2]);
    expect(await desk.told(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.status.changed', 'pending', 'open', 2, 0],
      ['ticket.status.changed', 'pending', 'resolved', 3, 2],
    ]);
  });

  it('by times, they are in order to the last digit, whatever their offset', async () => {
    const id = desk.newId();
    const at = (time: string) => ({ attributes: { time } });
    await desk.say({ ticketId: id, status: 'pending' }, at('2026-03-01T12:00:00.000002Z'));
    await desk.ticket(id);
    await desk.say({ ticketId: id, status: 'open' }, at('2026-03-01T12:00:00.000001Z'));
    await desk.say({ ticketId: id, status: 'on_hold' }, at('2026-03-01T13:00:00.0000021+01:00'));
    await desk.say({ ticketId: id, status: 'open' }, at('2026-03-01T14:00:00+03:00'));
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'on_hold', version: 2 });
  });
});
