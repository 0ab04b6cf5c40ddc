import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pgbouncerTimeoutMs, type Pooler, startPgbouncer } from '../../support/pgbouncer.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
  stored,
} from './harness.js';

let direct: CredentialsUnderTest;
let pooler: Pooler;
let service: CredentialsUnderTest;
beforeAll(async () => {
  direct = await startCredentials();
  pooler = await startPgbouncer([direct.database.serviceUrl]);
  service = await replicaOf(direct, { databaseUrl: pooler.through(direct.database.serviceUrl) });
}, pgbouncerTimeoutMs);
afterAll(async () => {
  await service.stop();
  await pooler.stop();
  await direct.stop();
});

describe('a replica behind PgBouncer in transaction mode', () => {
  it('tells the whole story: submit, edit, reveal, list, withdraw, end', async () => {
    const { ticketId, path } = newTicket(service);
    const { body, status } = await service.call('customer-1', 'POST', path, secret, {
      'idempotency-key': ticketId,
    });
    expect(status).toBe(201);
    expect(
      (await service.call('customer-1', 'POST', path, secret, { 'idempotency-key': ticketId })).body
        .id,
    ).toBe(body.id);
    const edited = await service.call(
      'agent-1',
      'PATCH',
      `${path}/${body.id}`,
      { additionalInformation: 'new' },
      { 'if-match': '"1"' },
    );
    expect(edited.status).toBe(200);
    const reveals = await Promise.all(
      Array.from({ length: 20 }, () =>
        service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'x' }),
      ),
    );
    for (const { body: revealed } of reveals)
      expect(revealed.items).toMatchObject([{ ...secret, additionalInformation: 'new' }]);
    const { items } = (await service.call('customer-1', 'GET', path)).body;
    expect(items).toMatchObject([{ reveals: 20, lastRevealedBy: 'agent-1' }]);
    expect((await service.call('customer-1', 'DELETE', `${path}/${body.id}`)).status).toBe(204);
    expect(await stored(service, ticketId)).toBe(0);
    service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    await waitFor(
      async () =>
        (await service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'x' })).body.code ===
        'ticket-ended',
    );
  });
});
