import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Testimony } from '../../../apps/credentials/src/restore/witnesses.js';
import { type WitnessQuestion } from '../../../apps/credentials/src/restore/remote-witness.js';
import { reconcileRestoreVerbs } from '../../../apps/credentials/src/cli/reconcile-restore.verbs.js';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type TestDatabase } from '../../support/database.js';
import { emptyTables } from '../../support/empty-tables.js';
import { waitFor } from '../../support/wait-for.js';
import { type Outcome, runVerbs } from '../../support/verbs.js';
import { type Answer } from '../../support/api.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  sharedTicket,
  type SharedTicket,
  startCredentials,
} from './harness.js';
import { type FakeTickets } from './fake-tickets.js';

/** In the order of their foreign keys. */
const tables = [
  ...[
    'key_encryption_key',
    'ticket_gate',
    'credential',
    'access_log_head',
    'access_log',
    'destruction_receipt',
    'signing_key',
  ],
  ...['audit_checkpoint', 'audit_checkpoint_head', 'outbox', 'idempotency', 'database_mark'],
];

/**
 * @returns what makes the database what it is now, with the service running or not; of
 *   the tables in `but` nothing is taken back
 */
export async function backup(database: TestDatabase): Promise<(...but: string[]) => Promise<void>> {
  const query = database.query.bind(database);
  const [row] = await query<{ beat: string }>('SELECT beat FROM database_mark');
  for (const table of tables) await query(`CREATE TABLE backup_${table} AS SELECT * FROM ${table}`);
  // As time passes after a backup.
  await waitFor(
    async () =>
      (await query<{ beat: string }>('SELECT beat FROM database_mark'))[0]?.beat !== row?.beat,
  );
  return async (...but) => {
    const back = tables.filter((table) => !but.includes(table));
    const inserts = back.map((table) => `INSERT INTO ${table} SELECT * FROM backup_${table}`);
    await emptyTables(database, back, inserts);
  };
}

/** What is answered while nobody knows whether the database is the present one. */
export const unknown = { status: 503, body: { code: 'standing-unknown' } };

/**
 * A service whose database can be restored, and the processes that are started after it.
 */
export class Restorable {
  service!: CredentialsUnderTest;
  private readonly others: CredentialsUnderTest[] = [];

  /** Each test of the file has a service of its own. */
  static ofEachTest(): Restorable {
    const stage = new Restorable();
    beforeEach(async () => {
      stage.service = await startCredentials({ reconcileSeconds: 1 });
    });
    afterEach(async () => {
      for (const one of stage.others.splice(0)) await one.halt();
      await stage.service.stop();
    });
    return stage;
  }

  /** One process more. */
  async another(): Promise<CredentialsUnderTest> {
    const next = await replicaOf(this.service, { reconcileSeconds: 1 });
    this.others.push(next);
    return next;
  }

  /** Where this host keeps the mark. */
  get markFile(): string {
    return join(this.service.keyringDir, 'signing', 'database-mark.jws');
  }

  /** The mark that is kept there. */
  mark(): Testimony {
    return decodeJwt<Testimony>(readFileSync(this.markFile, 'utf8').trim());
  }

  /**
   * While somebody asks what `tickets` remembers, the service moves the mark on,
   * and `tickets` is told of it.
   */
  moveOnWhileAsked(): void {
    const { tickets } = this.service;
    tickets.beforeRecall = async () => {
      const { beat, database } = this.mark();
      await waitFor(() => this.mark().beat > beat + 1);
      tickets.statements.set(database, readFileSync(this.markFile, 'utf8').trim());
    };
  }

  /** A ticket with a credential. */
  share(by = this.service): Promise<SharedTicket> {
    return sharedTicket(by);
  }

  reveal({ path }: Pick<SharedTicket, 'path'>, by = this.service): Promise<Answer> {
    return by.call('agent-1', 'POST', `${path}/reveal`, {});
  }

  /**
   * Two tickets; then a backup; then the credential of one is
   * withdrawn, and tickets hears of it.
   */
  async withdrawAfterBackup() {
    const { service } = this;
    const [gone, live] = [await this.share(), await this.share()];
    const restore = await backup(service.database);
    expect((await service.call('customer-1', 'DELETE', `${gone.path}/${gone.id}`)).status).toBe(
      204,
    );
    service.tickets.destroyed.push({
      credentialId: gone.id,
      receiptId: gone.id,
      reason: 'withdrawn',
    });
    return { gone, live, restore };
  }

  async doubt(): Promise<string | null> {
    return (
      (
        await this.service.database.query<{ doubt: string | null }>(
          'SELECT doubt FROM database_mark',
        )
      )[0]?.doubt ?? null
    );
  }

  untilDoubt(): Promise<string> {
    return waitFor(() => this.doubt());
  }
}

/** `npm run credentials -- reconcile-restore`, which asks tickets over HTTP. */
export async function reconcileRestore(
  { database, keyringDir, tickets }: CredentialsUnderTest,
  ...args: string[]
): Promise<Outcome> {
  const server = createServer((request, answer) => {
    void text(request).then(async (body) => {
      const { database: id, credentialIds } = JSON.parse(body) as WitnessQuestion;
      const found = await witnessOf(tickets, { database: id, credentialIds: credentialIds ?? [] });
      answer
        .writeHead(found === undefined ? 503 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(found ?? {}));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    return await runVerbs(reconcileRestoreVerbs, ['reconcile-restore', '--by', 'ops', ...args], {
      CREDENTIALS_DATABASE_URL: database.serviceUrl,
      TICKETS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      KEYRING_DIR: keyringDir,
      // Another file of tests may have left it at production, where
      // development tokens are refused.
      NODE_ENV: 'test',
      AUTH_MODE: 'dev',
      AUTH_ISSUER: 'test',
      AUTH_AUDIENCE: 'test',
      AUTH_DEV_KEY_FILE: join(keyringDir, 'dev-key.pem'),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const witnessOf = (tickets: FakeTickets, question: WitnessQuestion) =>
  tickets.witness(question).catch(() => undefined);
