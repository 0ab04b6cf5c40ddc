import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';
import { becomes, phaseOf } from './mirror.fixture.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

describe('a ticket of another home', () => {
  it('is known after the first event about it, to agents and to its requester', async () => {
    const id = desk.newId();
    await desk.publish({
      ticketId: id,
      status: 'open',
      version: 4,
      requesterId: 'ann',
      subject: 'Printer on fire',
    });
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
    expect((await (await desk.stage.as('bob', ['customer'])).get(`/v1/tickets/${id}`)).status).toBe(
      404,
    );
    expect(await desk.published(id)).toEqual([['ticket.created', 'open', null, 1, 0]]);
  });

  it('that is first heard of at its end is known as ended, by its id where it has no title', async () => {
    const id = desk.newId();
    await desk.publish({ ticketId: id, status: 'closed', version: 9 });
    expect(await desk.ticket(id)).toMatchObject({
      status: 'closed',
      subject: id,
      requesterId: null,
    });
    expect(await desk.published(id)).toEqual([['ticket.created', 'closed', null, 1, 1]]);
  });

  it('follows its home through every status, also from closed back to open, with the title cut and people changed', async () => {
    const id = desk.newId();
    await desk.publish({ ticketId: id, status: 'open', version: 1, requesterId: 'ann' });
    await desk.publish({
      ticketId: id,
      status: 'closed',
      version: 2,
      assigneeId: 'zoe',
      subject: '🔥'.repeat(300),
    });
    await becomes(desk, id, {
      status: 'closed',
      version: 2,
      requesterId: 'ann',
      assigneeId: 'zoe',
      subject: '🔥'.repeat(200),
    });
    await desk.publish({
      ticketId: id,
      status: 'open',
      version: 3,
      requesterId: 'bob',
      assigneeId: null,
      subject: null,
    });
    await becomes(desk, id, {
      status: 'open',
      version: 3,
      requesterId: 'bob',
      assigneeId: null,
      subject: id,
    });
    expect(await phaseOf(desk, id)).toBe(2);
    expect(await desk.published(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.assigned', 'closed', 'open', 2, 1],
      ['ticket.status.changed', 'closed', 'open', 2, 1],
      ['ticket.assigned', 'open', 'closed', 3, 2],
      ['ticket.status.changed', 'open', 'closed', 3, 2],
    ]);
  });

  it("is told in its home's own words and numbers, whatever their case", async () => {
    const id = desk.newId();
    await desk.publish({
      ticketId: id,
      status: 'OPEN',
      version: 1,
      requesterId: 4711,
      assigneeId: '',
    });
    expect(await desk.ticket(id)).toMatchObject({
      status: 'open',
      requesterId: '4711',
      assigneeId: null,
    });
    const ends = [
      ['solved', 'resolved'],
      ['Merged', 'closed'],
      [5, 'closed'],
      ['Closed', 'closed'],
    ] as const;
    for (const [index, [word, status]] of ends.entries()) {
      await desk.publish({
        ticketId: id,
        status: 'Pending',
        version: 2 * index + 2,
        assigneeId: 12,
      });
      await becomes(desk, id, { status: 'pending', assigneeId: '12' });
      await desk.publish({ ticketId: id, status: word, version: 2 * index + 3 });
      await becomes(desk, id, { status });
    }
    expect(await phaseOf(desk, id)).toBe(2 * ends.length - 1);
  });

  it('is assigned here, and has its status changed by its home alone', async () => {
    const id = desk.newId();
    const path = `/v1/tickets/${id}`;
    await desk.publish({ ticketId: id, status: 'open', version: 1, requesterId: 'ann' });
    await desk.ticket(id);
    const ann = await desk.stage.as('ann', ['customer']);
    for (const client of [desk.agent, ann]) {
      expect(await client.patch(path, { status: 'resolved' })).toMatchObject({
        status: 409,
        body: { code: 'owned-by-home' },
      });
    }
    expect(await desk.agent.patch(path, { assigneeId: 'alex' })).toMatchObject({
      status: 200,
      body: { assigneeId: 'alex', version: 2 },
    });
    await desk.publish({ ticketId: id, status: 'resolved', version: 2 });
    await becomes(desk, id, { status: 'resolved', version: 3, assigneeId: 'alex' });
  });
});
