import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

const reveal = (path: string, actor = 'agent-1') => service.call(actor, 'POST', `${path}/reveal`);

describe('a remembered standing', () => {
  it('refuses nobody: an agent who was assigned a moment ago reveals at once', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    expect((await reveal(path)).status).toBe(200);
    service.tickets.set(ticketId, { assigneeId: 'agent-2' });
    expect((await reveal(path, 'agent-2')).status).toBe(200);
  });

  it('does not keep a ticket ended that was reopened', async () => {
    const { ticketId, path } = newTicket(service, { status: 'resolved', phase: 1 });
    expect((await reveal(path)).status).toBe(409);
    service.tickets.set(ticketId, { status: 'open', phase: 2 });
    expect((await reveal(path)).status).toBe(200);
  });

  it('permits nothing once another replica has moved the gate, lease or no lease', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    expect((await reveal(path)).status).toBe(200);
    const { version } = service.tickets.set(ticketId, { assigneeId: 'agent-2' });
    await service.database.query('UPDATE ticket_gate SET version = $2 WHERE ticket_id = $1', [
      ticketId,
      version,
    ]);
    expect((await reveal(path)).status).toBe(403);
  });
});

describe('submits at the same moment', () => {
  it('get numbers of their own, and together keep to the limit', async () => {
    const { path } = newTicket(service);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        service.call('customer-1', 'POST', path, { username: 'u', password: 'p' }),
      ),
    );
    const numbers = answers
      .filter(({ status }) => status === 201)
      .map(({ body }) => body.number as number);
    expect(numbers.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, place) => place + 1),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });
});

describe('an expired credential', () => {
  it('is gone for everybody, swept or not', async () => {
    const { ticketId, path } = newTicket(service);
    const { body } = await service.call('customer-1', 'POST', path, secret);
    await service.database.query(
      "UPDATE credential SET expires_at = now() - interval '1 second' WHERE ticket_id = $1",
      [ticketId],
    );
    expect((await service.call('customer-1', 'GET', path)).body.items).toEqual([]);
    expect((await reveal(path)).body.items).toEqual([]);
    const one = `${path}/${body.id}`;
    const edit = service.call(
      'agent-1',
      'PATCH',
      one,
      { additionalInformation: 'x' },
      { 'if-match': '"1"' },
    );
    expect([
      (await service.call('customer-1', 'GET', one)).status,
      (await reveal(one)).status,
      (await edit).status,
    ]).toEqual([404, 404, 404]);
  });
});

describe('the access log', () => {
  it('has a line for each of many refusals at the same moment, and each of them is answered as a refusal', async () => {
    const { ticketId, path } = newTicket(service);
    const answers = await Promise.all(Array.from({ length: 20 }, () => reveal(path, 'agent-2')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    expect(body.items.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 20 }, (_, place) => 20 - place),
    );
  });

  it('is a chain: each hash covers the one before it and every field but the name', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    await reveal(path);
    const entries = await service.database.query(
      'SELECT * FROM access_log WHERE ticket_id = $1 ORDER BY seq',
      [ticketId],
    );
    let previous = Buffer.alloc(0);
    for (const e of entries) {
      const fields = [
        ticketId,
        String(e.seq),
        (e.at as Date).toISOString(),
        e.actor_id,
        e.actor_role,
        e.action,
        e.credential_id,
      ];
      const parts = [...fields, e.outcome, e.reason, e.request_id, e.address].flatMap(
        (field: string | null) => {
          const length = Buffer.alloc(4, 0xff);
          if (field !== null) length.writeUInt32BE(Buffer.byteLength(field));
          return [length, Buffer.from(field ?? '')];
        },
      );
      previous = createHash('sha256')
        .update(Buffer.concat([Buffer.from('access-log/1'), previous, ...parts]))
        .digest();
      expect((e.hash as Buffer).equals(previous)).toBe(true);
    }
    expect(entries).toHaveLength(2);
  });
});
