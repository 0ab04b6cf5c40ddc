import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Vault } from '../../../apps/credentials/src/custody/vault.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

const reveal = (path: string) => service.call('agent-1', 'POST', `${path}/reveal`);
const failures = async () =>
  Number(
    /^secrets_not_opened_total\{[^}]*\} (\d+)$/m.exec(
      await (await fetch(`${service.url}/metrics`)).text(),
    )?.[1],
  );
const outcomes = async (ticketId: string) => {
  const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
  return body.items.map(
    ({ action, outcome }: { action: string; outcome: string }) => `${action} ${outcome}`,
  ) as string[];
};

describe('custody', () => {
  it('opens no sealed part that was moved to another ticket, or put back from an earlier version, and says so in the log and a metric only', async () => {
    const [here, there] = [newTicket(service), newTicket(service)];
    for (const { path } of [here, there]) await service.call('customer-1', 'POST', path, secret);
    await service.database.query(
      `UPDATE credential t
       SET wrapped_key = h.wrapped_key, core = h.core
       FROM credential h
       WHERE t.ticket_id = $1
         AND h.ticket_id = $2`,
      [there.ticketId, here.ticketId],
    );
    const moved = await reveal(there.path);
    expect([moved.status, moved.body.code, await failures()]).toEqual([500, 'internal', 1]);
    expect((await outcomes(there.ticketId))[0]).toBe('reveal failed');

    const { body } = await service.call('agent-1', 'GET', here.path);
    const [old] = await service.database.query('SELECT note FROM credential WHERE ticket_id = $1', [
      here.ticketId,
    ]);
    const edit = { additionalInformation: 'newer' };
    expect(
      (
        await service.call('agent-1', 'PATCH', `${here.path}/${body.items[0].id}`, edit, {
          'if-match': '"1"',
        })
      ).status,
    ).toBe(200);
    await service.database.query('UPDATE credential SET note = $2 WHERE ticket_id = $1', [
      here.ticketId,
      old!.note,
    ]);
    expect((await reveal(here.path)).status).toBe(500);
  });

  it('says in the log that a reveal failed for want of its key', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const [lost] = await service.database.query(
      `INSERT INTO key_encryption_key
       VALUES (gen_random_uuid(), now(), false)
       RETURNING id`,
    );
    await service.database.query('UPDATE credential SET kek_id = $2 WHERE ticket_id = $1', [
      ticketId,
      lost!.id,
    ]);
    const before = await failures();
    expect((await reveal(path)).body).toMatchObject({ status: 500, code: 'internal' });
    expect(await failures()).toBe(before + 1);
    expect(await outcomes(ticketId)).toEqual(['reveal failed', 'submit done']);
  });

  it('opens nothing before the log entry is committed: where the commit itself fails, nothing was opened', async () => {
    const { path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const opened = jest.spyOn(Vault.prototype, 'open');
    try {
      await service.database.query(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE 'refused'; END $$`,
      );
      await service.database.query(
        `CREATE CONSTRAINT TRIGGER refuse
           AFTER INSERT ON access_log
           DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW EXECUTE FUNCTION refuse()`,
      );
      const refused = await reveal(path);
      expect([refused.status, refused.body.code, opened.mock.calls.length]).toEqual([
        500,
        'internal',
        0,
      ]);
      await service.database.query('DROP FUNCTION refuse CASCADE');
      expect([(await reveal(path)).status, opened.mock.calls.length]).toEqual([200, 1]);
    } finally {
      opened.mockRestore();
      await service.database.query('DROP FUNCTION IF EXISTS refuse CASCADE');
    }
  });

  it('reveals nothing while the access log cannot be written', async () => {
    const { path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const role = new URL(service.database.serviceUrl).username;
    await service.database.query(`REVOKE INSERT ON access_log FROM ${role}`);
    const answer = await reveal(path);
    await service.database.query(`GRANT INSERT ON access_log TO ${role}`);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/shop-admin|ask for Jo/);
    expect((await service.call('agent-1', 'GET', path)).body.items).toMatchObject([{ reveals: 0 }]);
  });
});
