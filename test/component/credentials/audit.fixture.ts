import { join } from 'node:path';
import { connect, UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { auditVerbs } from '../../../apps/credentials/src/cli/audit.verbs.js';
import { entryHash } from '../../../apps/credentials/src/domain/access-chain.js';
import { Checkpoints } from '../../../apps/credentials/src/audit/checkpoints.js';
import { SigningKeys } from '../../../apps/credentials/src/receipts/signing-keys.js';
import { type TestDatabase } from '../../support/database.js';
import { type Outcome, runVerbs } from '../../support/verbs.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

/**
 * The running service, its checkpoints in the hands of the test, and the
 * commands of ops beside it.
 */
export interface AuditUnderTest {
  readonly service: CredentialsUnderTest;
  readonly checkpoints: Checkpoints;
  /** What `npm run audit --` does. */
  run(...args: string[]): Promise<Outcome>;
  /**
   * A ticket whose chain has four entries: submit, reveal, reveal, and the delete
   * that leaves nothing stored.
   */
  usedTicket(): Promise<string>;
  /** A chain with so many reveals of 400 days ago. */
  writeOldChain(ticketId: string, count: number): Promise<void>;
  /** As whoever owns the database, with the ticket as $1. */
  tamper(ticketId: string, statement: string): Promise<unknown>;
  /** The whole chain of a ticket. */
  forget(ticketId: string): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startAudit(): Promise<AuditUnderTest> {
  const service = await startCredentials();
  const database = await connect({ url: service.database.serviceUrl });
  const keys = new SigningKeys(
    database,
    new SigningKeyDirectory(join(service.keyringDir, 'checkpoint-keys')),
  );
  const checkpoints = new Checkpoints(new UnitOfWork(database), keys, {
    seconds: 0,
    file: undefined,
  });
  const tamper = (ticketId: string, statement: string) =>
    service.database.query(statement, [ticketId]);
  await usedTicket(service);
  // Now that there is one, the service will not take one of its own while a test
  // has something in disorder.
  await checkpoints.keep();
  return {
    service,
    checkpoints,
    run: (...args) => run(service, args),
    usedTicket: () => usedTicket(service),
    writeOldChain: (ticketId, count) => writeOldChain(service.database, ticketId, count),
    tamper,
    forget: (ticketId) =>
      tamper(
        ticketId,
        `WITH gone AS (DELETE FROM access_log WHERE ticket_id = $1)
           DELETE FROM access_log_head WHERE ticket_id = $1`,
      ),
    stop: async () => {
      await database.destroy();
      await service.stop();
    },
  };
}

const run = (
  { database: { serviceUrl, ownerUrl } }: CredentialsUnderTest,
  args: string[],
): Promise<Outcome> =>
  runVerbs(auditVerbs, ['audit', ...args], {
    CREDENTIALS_DATABASE_URL: serviceUrl,
    CREDENTIALS_MIGRATION_DATABASE_URL: ownerUrl,
  });

async function usedTicket(service: CredentialsUnderTest): Promise<string> {
  const { ticketId, path } = newTicket(service);
  const { body } = await service.call('customer-1', 'POST', path, secret);
  for (let count = 0; count < 2; count += 1)
    await service.call('agent-1', 'POST', `${path}/reveal`);
  await service.call('agent-1', 'DELETE', `${path}/${body.id}`);
  return ticketId;
}

async function writeOldChain(
  database: TestDatabase,
  ticketId: string,
  count: number,
): Promise<void> {
  const at = new Date(Date.now() - 400 * 86_400_000);
  const hashes: Buffer[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const entry = {
      actorId: 'agent-1',
      actorRole: 'agent',
      action: 'reveal',
      outcome: 'done',
    } as const;
    hashes.push(entryHash(hashes.at(-1) ?? Buffer.alloc(0), ticketId, seq, at, entry));
  }
  await database.query(
    `INSERT INTO access_log (ticket_id, seq, at, hash, actor_id, actor_role, action, outcome)
     SELECT $1, seq, $2, hash, 'agent-1', 'agent', 'reveal', 'done'
     FROM unnest($3::bytea[]) WITH ORDINALITY AS entry (hash, seq)`,
    [ticketId, at, hashes],
  );
  await database.query('INSERT INTO access_log_head (ticket_id, seq, hash) VALUES ($1, $2, $3)', [
    ticketId,
    count,
    hashes.at(-1),
  ]);
}
