import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
} from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: 300 });
});
afterAll(() => service.stop());

/** As an operator does, or a provider whose disk is full. */
async function setReadOnly(on: boolean): Promise<void> {
  const name = new URL(service.database.ownerUrl).pathname.slice(1);
  const setting = `default_transaction_read_only = ${on ? 'on' : 'off'}`;
  await service.database.query(`BEGIN READ WRITE; ALTER DATABASE ${name} SET ${setting}; COMMIT`);
  await service.database.cutOff();
  await service.database.letIn();
}

const readiness = async () =>
  (await (await fetch(new URL('/readyz', service.url))).json()) as object;

describe('while the database is set to take no changes', () => {
  it('the service is not ready, says why, answers 503, and goes on as before afterwards', async () => {
    const { path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    await setReadOnly(true);
    await waitFor(async () =>
      JSON.stringify(await readiness()).includes('default_transaction_read_only is on'),
    );
    expect(await readiness()).toMatchObject({
      status: 'not-ready',
      checks: { database: 'failed' },
    });
    const reveal = () => service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'to look' });
    const answers = [
      await reveal(),
      await service.call('customer-1', 'GET', path),
      await service.call('customer-1', 'POST', path, secret),
    ];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    await expect(replicaOf(service)).rejects.toThrow(
      'the database takes no changes: default_transaction_read_only is on',
    );
    await setReadOnly(false);
    await waitFor(async () => !JSON.stringify(await readiness()).includes('"database":"failed"'));
    expect((await reveal()).status).toBe(200);
  });
});
