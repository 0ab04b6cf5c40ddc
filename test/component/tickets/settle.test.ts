import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doubtVerbs } from '../../../apps/tickets/src/cli/doubts.verbs.js';
import { runVerbs } from '../../support/verbs.js';
import { isInDoubt, knownTicket, mumbleOf } from './doubt.fixture.js';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const run = (...args: string[]) =>
  runVerbs(doubtVerbs, args, { TICKETS_DATABASE_URL: desk.stage.database.serviceUrl });
const isDoubted = (id: string) => isInDoubt(desk, id);

describe('npm run tickets -- settle', () => {
  it('ends a doubt for what was said before, says so to everybody, and to nobody twice', async () => {
    const id = await knownTicket(desk);
    await mumbleOf(desk, id, 3);
    const listed = await run('doubts');
    expect(listed).toMatchObject({
      code: 1,
      out: expect.stringContaining(`ticket ${id}: in doubt since `),
    });
    expect(listed.out).toMatch(/ of \/legacy-desk: data\.status is no word/);
    expect(await run('settle', id)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`ticket ${id}: in doubt since `),
    });
    expect(await isDoubted(id)).toBe(true);
    const done = {
      code: 0,
      out: `ticket ${id}: settled as open, version 3\nticket nowhere: not in doubt\n`,
    };
    expect(await run('settle', id, 'nowhere', '--yes')).toMatchObject(done);
    expect(await run('settle', id, '--yes')).toMatchObject({
      code: 0,
      out: `ticket ${id}: not in doubt\n`,
    });
    await mumbleOf(desk, id, 3);
    expect(await desk.ticket(id)).toMatchObject({ version: 3 });
    expect((await desk.published(id)).at(-1)).toEqual([
      'ticket.status.changed',
      'open',
      'open',
      3,
      0,
    ]);
    await mumbleOf(desk, id, 4);
    expect(await isDoubted(id)).toBe(true);
  });
});

describe('an ended ticket', () => {
  it('is not in doubt, whatever a release that knew of no doubts has left in its row', async () => {
    const id = await knownTicket(desk);
    await mumbleOf(desk, id);
    await desk.stage.database.query(
      "UPDATE ticket SET status = 'closed', phase = 1 WHERE id = $1",
      [id],
    );
    expect(await isDoubted(id)).toBe(false);
    const service = await desk.stage.as('service:credentials', ['service']);
    const standings = await service.post('/internal/standings', { ticketIds: [id] });
    expect(standings.body.items).toEqual([expect.not.objectContaining({ doubted: true })]);
    expect((await run('doubts')).out).not.toContain(id);
    expect(await run('settle', id)).toMatchObject({
      out: expect.stringContaining(`ticket ${id}: not in doubt`),
    });
  });
});

describe('of more tickets in doubt than are listed', () => {
  it('it is told how many there are, and each of them can be looked at and settled', async () => {
    const id = await knownTicket(desk);
    await mumbleOf(desk, id);
    const before = `
      INSERT INTO ticket (
        id, home, subject, status, version, phase, doubted, created_at, updated_at
      )
      SELECT 'older-' || n, '/older-desk', 's', 'open', 1, 0, true, now(), now()
      FROM generate_series(1, 1000) n`;
    await desk.stage.database.query(before);
    await desk.stage.database.query(
      `INSERT INTO ticket_doubt (ticket_id, at, reason, heard_at)
       SELECT id, 'v2', 'r', now() - interval '1 day'
       FROM ticket
       WHERE home = '/older-desk'`,
    );
    const { out } = await run('doubts');
    expect(out).not.toContain(id);
    expect(out).toMatch(
      /^100\d tickets are in doubt; these are the ones that have been for the longest$/m,
    );
    expect(await run('settle', id)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`ticket ${id}: in doubt since `),
    });
    expect(await run('settle', id, '--yes')).toMatchObject({
      code: 0,
      out: `ticket ${id}: settled as open, version 3\n`,
    });
  });
});

describe('a dead letter that is replayed', () => {
  it('once its words are known, settles the doubt that it caused, and says what it had to say', async () => {
    const id = await knownTicket(desk);
    const event = {
      specversion: '1.0',
      id: 'e-1',
      source: '/legacy-desk',
      type: 'ticket.status.changed',
    };
    const said = { ticketId: id, version: 2, assigneeId: 2 ** 53 };
    await desk.send(JSON.stringify({ ...event, data: { ...said, status: 'pending' } }));
    await desk.settled();
    expect(await isDoubted(id)).toBe(true);
    // As after a replay, with a configuration by which it is understood.
    await desk.send(
      JSON.stringify({ ...event, data: { ...said, status: 'pending', assigneeId: 'zoe' } }),
    );
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({
      status: 'pending',
      assigneeId: 'zoe',
      version: 3,
    });
    expect(await isDoubted(id)).toBe(false);
  });
});
