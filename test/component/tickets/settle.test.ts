import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doubtVerbs } from '../../../apps/tickets/src/commands/settle-doubts/doubts.verbs.js';
import { runVerbs } from '../../support/verbs.js';
import { isInDoubt, knownTicket, mumbleOf } from './doubt.fixture.js';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const run = (...args: string[]) => runVerbs(doubtVerbs, args, { TICKETS_DATABASE_URL: desk.stage.database.serviceUrl });
const isDoubted = (id: string) => isInDoubt(desk, id);

describe('npm run tickets -- settle', () => {
  it('ends a doubt for what was said before, says so to everybody, and to nobody twice', async () => {
    const id = await knownTicket(desk);
    await mumbleOf(desk, id, 3);
    const listed = await run('doubts');
    expect(listed).toMatchObject({ code: 1, out: expect.stringContaining(`ticket ${id}: in doubt since `) });
    expect(listed.out).toMatch(/ of \/legacy-desk: data\.status is no word/);
    expect(await run('settle', id)).toMatchObject({ code: 1, out: expect.stringContaining(`ticket ${id}: in doubt since `) });
    expect(await isDoubted(id)).toBe(true);
    const done = { code: 0, out: `ticket ${id}: settled as open, version 3\nticket nowhere: not in doubt\n` };
    expect(await run('settle', id, 'nowhere', '--yes')).toMatchObject(done);
    expect(await run('settle', id, '--yes')).toMatchObject({ code: 0, out: `ticket ${id}: not in doubt\n` });
    await mumbleOf(desk, id, 3);
    expect(await desk.ticket(id)).toMatchObject({ version: 3 });
    expect((await desk.told(id)).at(-1)).toEqual(['ticket.status.changed', 'open', 'open', 3, 0]);
    await mumbleOf(desk, id, 4);
    expect(await isDoubted(id)).toBe(true);
  });
});

describe('a dead letter that is replayed', () => {
  it('once its words are known, settles the doubt that it caused, and says what it had to say', async () => {
    const id = await knownTicket(desk);
    const event = { specversion: '1.0', id: 'e-1', source: '/legacy-desk', type: 'ticket.status.changed' };
    const said = { ticketId: id, version: 2, assigneeId: 2 ** 53 };
    await desk.send(JSON.stringify({ ...event, data: { ...said, status: 'pending' } }));
    await desk.settled();
    expect(await isDoubted(id)).toBe(true);
    // As after a replay, with a configuration by which it is understood.
    await desk.send(JSON.stringify({ ...event, data: { ...said, status: 'pending', assigneeId: 'zoe' } }));
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'pending', assigneeId: 'zoe', version: 3 });
    expect(await isDoubted(id)).toBe(false);
  });
});
