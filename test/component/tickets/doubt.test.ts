import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { valueOf } from '../../support/metrics.js';
import { isInDoubt, knownTicket, mumbleOf } from './doubt.fixture.js';
import { type Helpdesk, type Publication, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

const unknownWord = /^data\.status is no word that is known of its home/;

const known = (more = {}) => knownTicket(desk, more);
const mumble = (id: string, version?: number) => mumbleOf(desk, id, version);
const isDoubted = (id: string) => isInDoubt(desk, id);
async function standingOf(id: string) {
  const service = await desk.stage.as('service:credentials', ['service']);
  return (await service.post('/internal/standings', { ticketIds: [id] })).body.items[0];
}

describe('what the rightful home says of a known ticket, and nobody understands,', () => {
  it('puts it in doubt, as a change that is told, and is kept with its reason', async () => {
    const id = await known();
    const sent = await desk.publish({ ticketId: id, status: 'shredded', version: 2 });
    expect(await desk.refusal()).toEqual({ id: sent, reason: expect.stringMatching(unknownWord) });
    expect(await desk.ticket(id)).toMatchObject({ status: 'open', version: 2, doubted: true });
    expect(await standingOf(id)).toMatchObject({
      ticketId: id,
      status: 'open',
      version: 2,
      phase: 0,
      doubted: true,
    });
    expect(await desk.published(id)).toEqual([
      ['ticket.created', 'open', null, 1, 0],
      ['ticket.status.changed', 'open', 'open', 2, 0],
    ]);
  });

  it('puts it in doubt until something later is understood', async () => {
    const id = await known();
    await mumble(id, 3);
    await desk.publish({ ticketId: id, status: 'pending', version: 2 });
    await desk.settled();
    expect(await isDoubted(id)).toBe(true);
    await desk.publish({ ticketId: id, status: 'pending', version: 4 });
    await desk.settled();
    expect([await isDoubted(id), await standingOf(id)]).toEqual([
      false,
      expect.not.objectContaining({ doubted: true }),
    ]);
    await mumble(id, 3);
    expect(await isDoubted(id)).toBe(false);
  });

  it.each<[string, Record<string, unknown>, Publication?]>([
    ['a person beyond exact numbers', { status: 'closed', version: 2, assigneeId: 2 ** 53 }],
    ['a version beyond exact numbers', { status: 'closed', version: 2 ** 53 }],
    ['no status', { version: 2 }],
    [
      'an order by time, where it was by version',
      { status: 'closed' },
      { attributes: { time: '2026-03-01T12:00:00Z' } },
    ],
    ['neither version nor time', { status: 'closed' }],
    [
      'a time of the future',
      { status: 'closed' },
      { attributes: { time: '2126-03-01T12:00:00Z' } },
    ],
    ['another type', { status: 'closed', version: 2 }, { attributes: { type: 'ticket.merged' } }],
    ['another routing key', { status: 'closed', version: 2 }, { key: 'ticket.status.chnaged' }],
    ['another subject', { status: 'closed', version: 2 }, { attributes: { subject: 'Printer' } }],
    [
      'a specversion that is a number',
      { status: 'closed', version: 2 },
      { attributes: { specversion: 1.0 } },
    ],
    [
      'another specversion',
      { status: 'closed', version: 2 },
      { attributes: { specversion: '0.3' } },
    ],
    [
      'no specversion',
      { status: 'closed', version: 2 },
      { attributes: { specversion: undefined } },
    ],
    [
      'data in two places',
      { status: 'closed', version: 2 },
      { attributes: { data_base64: 'e30=' } },
    ],
    ['no id', { status: 'closed', version: 2 }, { attributes: { id: undefined } }],
    [
      'a word that nobody knows, in an event by a name that no database keeps',
      { status: 'x', version: 2 },
      { attributes: { id: 'a\0b' } },
    ],
    ['a title that no database keeps', { status: 'closed', version: 2, subject: 'a\0b' }],
  ])('puts it in doubt whatever is not understood: %s', async (_name, facts, publication = {}) => {
    const id = await known();
    await desk.publish({ ticketId: id, ...facts }, publication);
    await desk.settled();
    expect(await isDoubted(id)).toBe(true);
    await desk.publish({ ticketId: id, status: 'closed', version: 7 });
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'closed', version: 3 });
  });

  it.each<[string, Record<string, unknown>]>([
    ['are missing', { data: undefined }],
    ['are JSON inside of JSON', { data: '{"status":"closed"}' }],
    ['are in Base64 that nobody can read', { data: undefined, data_base64: 'e30' }],
    ['name no ticket', { data: { status: 'closed', version: 2 } }],
  ])(
    'puts it in doubt where its subject names the ticket, and its data %s',
    async (_name, attributes) => {
      const id = await known();
      await desk.publish({}, { attributes: { subject: id, ...attributes } });
      await desk.settled();
      expect(await isDoubted(id)).toBe(true);
    },
  );

  it('is remembered without its id where that is too long', async () => {
    const id = await known();
    await desk.publish(
      { ticketId: id, status: 'shredded', version: 2 },
      { attributes: { id: 'x'.repeat(513) } },
    );
    await desk.settled();
    expect(
      await desk.stage.database.query('SELECT event_id FROM ticket_doubt WHERE ticket_id = $1', [
        id,
      ]),
    ).toEqual([{ event_id: null }]);
  });

  it('puts it in doubt once, however often it comes', async () => {
    const id = await known();
    for (let times = 0; times < 3; times += 1) await mumble(id);
    expect(await desk.ticket(id)).toMatchObject({ doubted: true, version: 2 });
  });

  it('shows in the metrics and in the readiness', async () => {
    await mumble(await known());
    await waitUntilPasses(async () => {
      const metrics = await desk.stage.anonymous.metrics();
      expect(valueOf(metrics, 'mirrored_tickets_in_doubt', {})).toBeGreaterThan(0);
      const ready = await desk.stage.anonymous.get('/readyz');
      expect(ready).toMatchObject({ status: 200, body: { checks: { homes: 'warning' } } });
    });
  });
});

describe('a ticket is not put in doubt by', () => {
  it.each<[string, Publication]>([
    ['a source that is no home', { attributes: { source: '/forged' } }],
    [
      'a source that is no home, by another routing key',
      { key: 'ticket.merged', attributes: { source: '/forged' } },
    ],
    ['another home', { attributes: { source: '/us-desk' } }],
    ['another user of the broker', { attributes: { source: '/eu-desk' } }],
  ])('%s', async (_name, publication) => {
    const id = await known();
    await desk.publish({ ticketId: id, status: 'shredded', version: 2 }, publication);
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ version: 1 });
  });

  it('a home that no longer owns the ticket, though its prefix would do', async () => {
    const id = desk.newId();
    await desk.stage.database.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       VALUES ($1, '/older-desk', 's', 'open', 1, 0, now(), now())`,
      [id],
    );
    await mumble(id);
    expect(await isDoubted(id)).toBe(false);
  });

  it('an event that names no ticket, nor one about a ticket that has ended', async () => {
    const id = await known({ status: 'closed' });
    await mumble(id);
    await desk.publish({ status: 'shredded', version: 2 });
    await desk.settled();
    expect(await desk.ticket(id)).toMatchObject({ status: 'closed', version: 1 });
  });
});
