import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditUnderTest, startAudit } from './audit.fixture.js';
import { newTicket, secret } from './harness.js';

let audit: AuditUnderTest;
beforeAll(async () => {
  audit = await startAudit();
});
afterAll(() => audit.stop());

const sound = {
  code: 0,
  out: expect.stringMatching(
    /^\d+ entries of \d+ tickets are as they were written; \d+ checkpoints agree\n$/,
  ),
  err: '',
};
const bad = { code: 1, err: 'Failed: the access log is not as it was written\n' };

describe('npm run audit -- verify', () => {
  it('is content while nobody touched the log', async () => {
    expect(await audit.run('verify')).toEqual(sound);
  });

  it('finds attempts at tickets that nobody knows in chains of which none has the name of a ticket', async () => {
    const tried = Array.from({ length: 3 }, () => randomUUID());
    const attempt = (id: string) =>
      audit.service.call('customer-1', 'DELETE', `/v1/tickets/${id}/credentials/${randomUUID()}`);
    expect((await Promise.all(tried.map(attempt))).map(({ status }) => status)).toEqual([
      404, 404, 404,
    ]);
    await audit.checkpoints.keep();
    const statement = `
      SELECT ticket_id AS chain, actor_id, action, outcome, reason
      FROM access_log
      WHERE ticket_id LIKE '(unknown-%)'`;
    const found = await audit.service.database.query<{ chain: string; reason: string }>(statement);
    expect(found.map(({ reason }) => reason).sort()).toEqual(tried.sort());
    expect(found[0]).toMatchObject({
      actor_id: 'customer-1',
      action: 'delete',
      outcome: 'refused',
    });
    const { status } = await audit.service.call(
      'admin-1',
      'GET',
      `/v1/tickets/${encodeURIComponent(found[0]!.chain)}/access-log`,
    );
    expect(status).toBe(404);
    expect(await audit.run('verify')).toEqual(sound);
  });

  it.each<[string, string, string[]]>([
    [
      'an edit',
      'entry 2 was changed or moved',
      ["UPDATE access_log SET actor_id = 'x' WHERE ticket_id = $1 AND seq = 2"],
    ],
    ['a delete', 'entry 2 is missing', ['DELETE FROM access_log WHERE ticket_id = $1 AND seq = 2']],
    [
      'a truncation',
      'entry 4 is missing',
      ['DELETE FROM access_log WHERE ticket_id = $1 AND seq = 4'],
    ],
    [
      'a reorder',
      'entry 2 was changed or moved',
      [
        'UPDATE access_log SET seq = -seq WHERE ticket_id = $1 AND seq IN (2, 3)',
        'UPDATE access_log SET seq = 5 + seq WHERE ticket_id = $1 AND seq < 0',
      ],
    ],
  ])('names the first bad entry after %s', async (_, words, statements) => {
    const ticketId = await audit.usedTicket();
    for (const statement of statements) await audit.tamper(ticketId, statement);
    expect(await audit.run('verify')).toMatchObject({
      ...bad,
      out: `ticket ${ticketId}: ${words}\n`,
    });
    await audit.forget(ticketId);
  });

  it('names a checkpoint that was kept and is there no more', async () => {
    const file = join(audit.service.keyringDir, 'kept');
    const { length } = await audit.service.database.query('SELECT FROM audit_checkpoint');
    writeFileSync(file, 'x\n'.repeat(length + 1));
    expect(await audit.run('verify', '--checkpoints', file)).toMatchObject({
      ...bad,
      out: expect.stringContaining(
        `checkpoint ${length + 1}: it was kept, but the database has it no more`,
      ),
    });
  });
});

describe('the file of checkpoints', () => {
  it('may be missing where the service has not written it yet, and may not where ops name it', async () => {
    const missing = join(audit.service.keyringDir, 'not-yet');
    process.env['AUDIT_CHECKPOINT_FILE'] = missing;
    try {
      const found = await audit.run('verify');
      expect(found).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/are as they were written/),
      });
      expect(found.out).toContain(
        `AUDIT_CHECKPOINT_FILE: there is no ${missing}, so nothing that was kept was compared\n`,
      );
      const { code, err } = await audit.run('verify', '--checkpoints', missing);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining('Failed: the checkpoints that were kept cannot be read: ENOENT'),
      ]);
    } finally {
      delete process.env['AUDIT_CHECKPOINT_FILE'];
    }
  });
});

describe('npm run audit -- erase', () => {
  it('takes a name out of every place, and leaves the id, the names of others, and a log that verifies', async () => {
    const { ticketId, path } = newTicket(audit.service);
    await audit.service.call('customer-1', 'POST', path, secret);
    await audit.service.call('agent-1', 'POST', `${path}/reveal`);
    await audit.service.call('agent-1', 'POST', `/v1/tickets/${ticketId}/credential-requests`);
    expect((await audit.run('erase', 'agent-1')).out).toMatch(/^[1-9]\d* names erased\n$/);
    const tables = [
      'access_log',
      'credential',
      'credential_request',
      'destruction_receipt',
      'ticket_gate',
      'outbox',
      'idempotency',
    ];
    for (const table of tables)
      expect(
        await audit.service.database.query(
          `SELECT * FROM ${table} t WHERE t::text LIKE '%Name of agent-1%'`,
        ),
      ).toEqual([]);
    const { body } = await audit.service.call('customer-1', 'GET', path);
    expect(body.items[0]).toMatchObject({
      submittedByName: 'Name of customer-1',
      lastRevealedBy: 'agent-1',
    });
    expect(body.items[0]).not.toHaveProperty('lastRevealedByName');
    expect(await audit.run('erase', 'agent-1')).toEqual({
      code: 0,
      out: '0 names erased\n',
      err: '',
    });
    expect(await audit.run('verify')).toEqual(sound);
  });
});
