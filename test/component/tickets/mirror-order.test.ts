import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';
import { becomes, phaseOf } from './mirror.fixture.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

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
    for (const index of [4, 0, 2, 2, 1, 3, 0, 4, 2, 3, 1]) await desk.publish(story[index]!);
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({
      status: 'on_hold',
      requesterId: 'ann',
      assigneeId: null,
      subject: 'second',
    });
    expect(await phaseOf(desk, id)).toBe(2);
  });

  it('an end that the reopening overtook moves the phase by two, and tells so', async () => {
    const id = desk.newId();
    await desk.publish({ ticketId: id, status: 'open', version: 1 });
    await desk.ticket(id);
    await desk.publish({ ticketId: id, status: 'pending', version: 3 });
    await becomes(desk, id, { version: 2 });
    for (let times = 0; times < 3; times += 1)
      await desk.publish({ ticketId: id, status: 'resolved', version: 2 });
    await desk.settled();
    expect([(await desk.ticket(id)).version, await phaseOf(desk, id)]).toEqual([3, 2]);
    expect(await desk.published(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.status.changed', 'pending', 'open', 2, 0],
      ['ticket.status.changed', 'pending', 'resolved', 3, 2],
    ]);
  });

  it('by times, they are ordered to the last digit, whatever their offset', async () => {
    const id = desk.newId();
    const at = (time: string) => ({ attributes: { time } });
    await desk.publish({ ticketId: id, status: 'pending' }, at('2026-03-01T12:00:00.000002Z'));
    await desk.ticket(id);
    await desk.publish({ ticketId: id, status: 'open' }, at('2026-03-01T12:00:00.000001Z'));
    await desk.publish(
      { ticketId: id, status: 'on_hold' },
      at('2026-03-01T13:00:00.0000021+01:00'),
    );
    await desk.publish({ ticketId: id, status: 'open' }, at('2026-03-01T14:00:00+03:00'));
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'on_hold', version: 2 });
  });
});
