import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '#postgres';
import { type PublicKeySet, SigningKeyDirectory } from '#signing';
import {
  receiptsIn,
  type Verdict,
  verifyReceipt,
} from '../../../apps/credentials/src/receipts/verify-receipts.js';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

const receiptsOf = async (ticketId: string) =>
  (await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/destruction-receipts`)).body;
const publishedKeys = async () =>
  (await (await fetch(`${service.url}/.well-known/receipt-keys.json`)).json()) as PublicKeySet;

/** Shares two credentials under a new ticket and withdraws the first. */
async function destroyOne(): Promise<{ ticketId: string; credentialId: string }> {
  const { ticketId, path } = newTicket(service);
  const { body } = await service.call('customer-1', 'POST', path, secret);
  await service.call('customer-1', 'POST', path, secret);
  expect((await service.call('customer-1', 'DELETE', `${path}/${body.id}`)).status).toBe(204);
  return { ticketId, credentialId: body.id as string };
}

const signed = (ticketId: string): Promise<{ items: { id: string; jws: string }[] }> =>
  waitUntilPasses(async () => {
    const answer = await receiptsOf(ticketId);
    expect(answer.items[0].jws).toEqual(expect.any(String));
    return answer;
  });

function statementOf(verdict: Verdict) {
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.statement;
}

describe('a destruction receipt', () => {
  it('is signed moments after the destruction, and verified by the published keys without asking us', async () => {
    const { ticketId, credentialId } = await destroyOne();
    const answer = await signed(ticketId);
    const [jws = ''] = receiptsIn(JSON.stringify(answer));
    const statement = statementOf(await verifyReceipt(jws, await publishedKeys()));
    const [log] = await service.database.query(
      'SELECT seq, hash FROM access_log_head WHERE ticket_id = $1',
      [ticketId],
    );
    expect(statement).toMatchObject({
      jti: answer.items[0]!.id,
      sub: ticketId,
      reason: 'withdrawn',
      phase: 0,
    });
    expect(statement.credentials).toEqual({ count: 1, ids: [credentialId] });
    expect(statement.accessLog).toEqual({
      seq: log!.seq,
      hash: (log!.hash as Buffer).toString('base64url'),
    });
    expect(statement.keyIds).toHaveLength(1);
    expect(Date.parse(statement.copies.unrecoverableBy) - Date.parse(statement.destroyedAt)).toBe(
      24 * 3_600_000,
    );
    expect(JSON.stringify(statement)).not.toMatch(/shop-admin|ask for Jo|shop\.example/);
  });

  it('is verified on this machine with nothing but the files of the service', async () => {
    const { ticketId } = await destroyOne();
    const { items } = await signed(ticketId);
    const keys = JSON.parse(
      readFileSync(join(service.keyringDir, 'signing', 'receipt-keys.json'), 'utf8'),
    ) as PublicKeySet;
    expect((await verifyReceipt(items[0]!.jws, keys)).ok).toBe(true);
    expect(await verifyReceipt(`${items[0]!.jws.slice(0, -4)}AAAA`, keys)).toMatchObject({
      ok: false,
    });
  });

  it('can be changed by nobody who runs as the service', async () => {
    const database = await connect({ url: service.database.serviceUrl });
    for (const change of [
      "SET reason = 'expired'",
      'SET destroyed_at = now()',
      "SET credential_ids = '{}'",
    ])
      await expect(database.query(`UPDATE destruction_receipt ${change}`)).rejects.toThrow(
        /permission denied/,
      );
    await expect(database.query('DELETE FROM destruction_receipt')).rejects.toThrow(
      /permission denied/,
    );
    await expect(database.query('DELETE FROM signing_key')).rejects.toThrow(/permission denied/);
    await database.destroy();
  });
});

describe('a signer that cannot sign', () => {
  let other: CredentialsUnderTest;
  beforeAll(async () => {
    other = await startCredentials();
  });
  // In any case: it would take the messages of the next service on this broker.
  afterAll(() => other.stop());

  it('holds no destruction up, and signs when it can again', async () => {
    const keys = join(other.keyringDir, 'signing');
    const { ticketId, path } = newTicket(other);
    await other.call('customer-1', 'POST', path, secret);
    await new SigningKeyDirectory(keys).create();
    // The service may have made one at the same moment, and one of them goes.
    const setMode = (mode: number) => {
      for (const name of readdirSync(keys).filter((one) => one.endsWith('.pem')))
        chmodSync(join(keys, name), mode);
    };
    setMode(0o644);
    const { body } = await other.call('customer-1', 'GET', path);
    expect((await other.call('customer-1', 'DELETE', `${path}/${body.items[0].id}`)).status).toBe(
      204,
    );
    const jws = async () =>
      (await other.call('customer-1', 'GET', `/v1/tickets/${ticketId}/destruction-receipts`)).body
        .items[0].jws;
    expect(await jws()).toBeNull();
    setMode(0o600);
    await waitUntilPasses(async () => {
      expect(await jws()).toEqual(expect.any(String));
    });
  });
});
