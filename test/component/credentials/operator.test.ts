import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destroyVerbs } from '../../../apps/credentials/src/cli/destroy.verbs.js';
import { gatesVerbs } from '../../../apps/credentials/src/cli/gates.verbs.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { runVerbs } from '../../support/verbs.js';
import { hold } from './held.js';
import {
  type CredentialsUnderTest,
  secret,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';
import { receipts } from './upkeep.fixture.js';

let service: CredentialsUnderTest;
let folder: string;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: 0 });
  folder = mkdtempSync(join(tmpdir(), 'gates-'));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) =>
  runVerbs({ ...destroyVerbs, ...gatesVerbs }, args, {
    CREDENTIALS_DATABASE_URL: service.database.serviceUrl,
  });

const readiness = async () => (await fetch(new URL('/readyz', service.url))).json();

/** A ticket with two credentials. */
describe('npm run credentials -- destroy', () => {
  it('says what there is, and destroys nothing unless it is told to', async () => {
    const { ticketId } = await sharedTicket(service, { count: 2 });
    expect(await run('destroy', ticketId, 'no-such')).toEqual({
      code: 1,
      out: `ticket ${ticketId}: 2 live credentials\nticket no-such: 0 live credentials\n`,
      err: 'Failed: nothing was destroyed; add --yes to destroy all of them\n',
    });
    expect(await stored(service, ticketId)).toBe(2);
  });

  it('destroys as every other destruction does: rows, log entries and a receipt that is signed; and settles the doubt', async () => {
    const { ticketId, path, ids } = await sharedTicket(service, { count: 2 });
    const standing = service.tickets.answers.get(ticketId)!;
    service.tickets.answers.delete(ticketId);
    expect((await service.call('agent-1', 'POST', `${path}/reveal`)).status).toBe(503);
    await waitUntilPasses(async () => {
      expect(await readiness()).toMatchObject({
        status: 'ready',
        checks: { standing: 'warning' },
        reasons: { standing: expect.stringMatching(/^1 in doubt/) },
      });
    });
    const { code, out, err } = await run('destroy', ticketId, '--yes', '--by', 'olga');
    expect([code, out, err]).toEqual([
      0,
      expect.stringContaining(`ticket ${ticketId}: destroyed `),
      '',
    ]);
    for (const id of ids) expect(out).toContain(id);
    expect(await stored(service, ticketId)).toBe(0);
    await waitUntilPasses(async () => {
      expect(await readiness()).toMatchObject({ checks: { standing: 'ok' } });
    });
    const [receipt, ...more] = await receipts(service, ticketId);
    expect(receipt).toMatchObject({
      reason: 'deleted',
      credential_ids: expect.arrayContaining([...ids]),
    });
    expect(more).toEqual([]);
    service.tickets.answers.set(ticketId, standing);
    const { items } = (
      await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log`)
    ).body;
    const entry = {
      action: 'destroy',
      actorId: 'olga',
      actorRole: 'operator',
      outcome: 'done',
      reason: 'deleted',
    };
    for (const item of items.slice(0, 2))
      expect(item).toMatchObject({ ...entry, requestId: receipt!.trigger_id });
    await waitFor(async () => {
      const { body } = await service.call(
        'customer-1',
        'GET',
        `/v1/tickets/${ticketId}/destruction-receipts`,
      );
      return body.items[0].jws !== null;
    });
    expect(await run('destroy', ticketId, '--yes')).toMatchObject({
      code: 0,
      out: `ticket ${ticketId}: nothing is stored\n`,
    });
    expect((await receipts(service, ticketId)).length).toBe(1);
  });

  it('goes on with the others where one cannot be destroyed, says so, and answers 1', async () => {
    const [busy, other] = [
      await sharedTicket(service, { count: 2 }),
      await sharedTicket(service, { count: 2 }),
    ];
    const gate = await hold(service, busy.ticketId, 'gate');
    const { code, out, err } = await run(
      'destroy',
      busy.ticketId,
      'no-such',
      other.ticketId,
      '--yes',
    );
    await gate.letGo();
    expect([code, err]).toEqual([1, 'Failed: of 2 tickets nothing was destroyed\n']);
    expect(out).toMatch(
      /: NOT destroyed: .*lock timeout\n.*no-such: nothing was ever shared under it\n.*: destroyed /,
    );
    expect([await stored(service, busy.ticketId), await stored(service, other.ticketId)]).toEqual([
      2, 0,
    ]);
  });

  it('waits for a submit in flight and takes what it stored along', async () => {
    const { ticketId, path } = await sharedTicket(service, { count: 2 });
    const [submitted] = await Promise.all([
      service.call('customer-1', 'POST', path, secret),
      run('destroy', ticketId, '--yes'),
    ]);
    const left = await stored(service, ticketId);
    const gone = (await receipts(service, ticketId)).flatMap(
      ({ credential_ids }) => credential_ids,
    );
    expect([submitted.status, gone.length + left]).toEqual([201, 3]);
  });
});

describe('npm run credentials -- gates', () => {
  it('writes down what each gate remembers, for its owner alone, and no secret', async () => {
    const { ticketId } = await sharedTicket(service, { count: 2 });
    const file = join(folder, 'gates.jsonl');
    expect(await run('gates', file)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^\d+ gates written\n$/),
    });
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const gate = {
      ticketId,
      status: 'open',
      version: 1,
      phase: 0,
      requesterId: 'customer-1',
      assigneeId: 'agent-1',
      credentials: 2,
    };
    expect(lines).toContainEqual(gate);
    expect(lines.at(-1)).toEqual({ gates: lines.length - 1 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is not content with a place where it cannot write', async () => {
    expect(await run('gates', join(folder, 'no/such/place'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Failed: ENOENT/),
    });
  });
});
