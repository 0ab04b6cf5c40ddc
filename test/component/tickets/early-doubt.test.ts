import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '#postgres';
import { forgetEarlyDoubts } from '../../../apps/tickets/src/persistence/early-doubts.js';
import { waitUntilPasses } from '../../support/wait-for.js';
import { isInDoubt, knownTicket, mumbleOf } from './doubt.fixture.js';
import { type Helpdesk, type Publication, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;

beforeAll(async () => {
  desk = await startHelpdesk();
});
afterAll(() => desk.close());

describe('an end that was understood, but cannot be applied,', () => {
  it('puts its ticket in doubt until one of its attempts succeeds', async () => {
    const id = await knownTicket(desk);
    await desk.stage.database.query(
      `ALTER TABLE ticket ADD CONSTRAINT no_end CHECK (id <> '${id}' OR status <> 'closed')`,
    );
    await desk.publish({ ticketId: id, status: 'closed', version: 2 });
    await waitUntilPasses(async () => {
      expect(await desk.ticket(id)).toMatchObject({ status: 'open', doubted: true, version: 2 });
    });
    await desk.stage.database.query('ALTER TABLE ticket DROP CONSTRAINT no_end');
    await waitUntilPasses(async () => {
      expect(await desk.ticket(id)).toMatchObject({ status: 'closed', version: 3 });
    });
    expect(await desk.ticket(id)).not.toHaveProperty('doubted');
  });
});

describe('what is not understood of a ticket that is not known yet', () => {
  it.each<[string, Record<string, unknown>, Publication?]>([
    ['with a place in the order', { version: 2 }],
    ['without one', {}],
    ['with one of another kind', {}, { attributes: { time: '2026-03-01T12:00:00Z' } }],
  ])(
    'puts it in doubt as soon as it is known, %s, until something later is understood',
    async (_name, order, publication = {}) => {
      const id = desk.newId();
      await desk.publish({ ticketId: id, status: 'shredded', ...order }, publication);
      await desk.settled();
      await desk.publish({ ticketId: id, status: 'open', version: 1 });
      await desk.settled();
      expect(await desk.ticket(id)).toMatchObject({ status: 'open', doubted: true, version: 2 });
      await desk.publish({ ticketId: id, status: 'pending', version: 3 });
      await desk.settled();
      expect(await isInDoubt(desk, id)).toBe(false);
      expect(
        await desk.stage.database.query('SELECT FROM early_doubt WHERE ticket_id = $1', [id]),
      ).toEqual([]);
    },
  );

  it('does not where the first that is understood is later, or the same by now, or an end', async () => {
    const [later, itself, ended] = [desk.newId(), desk.newId(), desk.newId()];
    for (const ticketId of [later, itself, ended]) {
      await desk.publish(
        { ticketId, status: 'shredded', version: 2 },
        { attributes: { id: ticketId } },
      );
    }
    await desk.settled();
    await desk.publish({ ticketId: later, status: 'open', version: 3 });
    await desk.publish(
      { ticketId: itself, status: 'open', version: 2 },
      { attributes: { id: itself } },
    );
    await desk.publish({ ticketId: ended, status: 'closed', version: 1 });
    await desk.settled();
    for (const id of [later, itself, ended])
      expect(await desk.ticket(id)).toMatchObject({ version: 1 });
  });

  it('puts it in doubt, too, where both are handled at the same time', async () => {
    const all = Array.from({ length: 100 }, () => desk.newId());
    await Promise.all(
      all.flatMap((ticketId) => [
        desk.publish({ ticketId, status: 'open', version: 1 }),
        desk.publish({ ticketId, status: 'shredded', version: 2 }),
      ]),
    );
    await desk.settled();
    for (const id of all) expect([id, await isInDoubt(desk, id)]).toEqual([id, true]);
  });

  it('is forgotten after a month', async () => {
    const ids = [desk.newId(), desk.newId()];
    for (const id of ids) await mumbleOf(desk, id);
    const { database } = desk.stage;
    await database.query(
      "UPDATE early_doubt SET heard_at = now() - interval '31 days' WHERE ticket_id = $1",
      [ids[0]],
    );
    const connection = await connect({ url: database.serviceUrl });
    await forgetEarlyDoubts(connection);
    await connection.destroy();
    expect(
      await database.query('SELECT ticket_id FROM early_doubt WHERE ticket_id = ANY ($1)', [ids]),
    ).toEqual([{ ticket_id: ids[1] }]);
  });
});
