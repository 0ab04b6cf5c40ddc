import { type DataSource } from 'typeorm';
import { connect, PipelinedTransactions, UnitOfWork } from '#postgres';
import { ApplyBatch } from '../../../apps/credentials/src/commands/apply-batch.js';
import { silentLog } from '#telemetry';
import { DestructionFailures } from '../../../apps/credentials/src/commands/destruction-failures.js';
import { readGates } from '../../../apps/credentials/src/persistence/gates.js';
import { ApplyTruth } from '../../../apps/credentials/src/jobs/apply-truth.js';
import { Reconciler } from '../../../apps/credentials/src/jobs/reconciler.js';
import { StandingAlarm } from '../../../apps/credentials/src/standing/standing-alarm.js';
import { StandingCache } from '../../../apps/credentials/src/standing/standing-cache.js';
import { Sweeper } from '../../../apps/credentials/src/jobs/sweeper.js';
import { type CredentialsUnderTest } from './harness.js';

const uncounted = { inc: () => undefined };
export const untilTheEnd = new AbortController().signal;

/**
 * The reconciler and the sweeper by themselves, beside a service that leaves them to the
 * test: one turn when the test says so.
 */
export async function startUpkeep({ database, tickets }: CredentialsUnderTest) {
  const dataSource: DataSource = await connect({ url: database.serviceUrl });
  const unitOfWork = new UnitOfWork(dataSource);
  const batch = new ApplyBatch(new PipelinedTransactions(dataSource));
  const standings = new StandingCache(tickets, (ids) => readGates(dataSource, ids), 0);
  const failures = new DestructionFailures(silentLog, uncounted);
  const alarm = new StandingAlarm(dataSource, silentLog, uncounted);
  const reconciler = new Reconciler(
    dataSource,
    new ApplyTruth(dataSource, batch, standings, alarm, failures),
  );
  const sweeper = new Sweeper(dataSource, unitOfWork, failures);
  return {
    reconcile: async (signal = untilTheEnd) => (await reconciler.run(signal)).done,
    sweep: (signal = untilTheEnd) => sweeper.run(signal),
    stop: () => dataSource.destroy(),
  };
}

/** From now on nothing of this ticket can be deleted. @returns what takes that back */
export async function blockDestruction(
  { database }: CredentialsUnderTest,
  ticketId: string,
): Promise<() => Promise<unknown>> {
  await database.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
     AS $$ BEGIN RAISE 'no'; END $$`,
  );
  await database.query(
    `CREATE TRIGGER refuse
       BEFORE DELETE ON credential
       FOR EACH ROW WHEN (OLD.ticket_id = '${ticketId}') EXECUTE FUNCTION refuse()`,
  );
  return () => database.query('DROP FUNCTION refuse CASCADE');
}

export interface Receipt {
  readonly reason: string;
  readonly trigger_id: string | null;
  readonly credential_ids: string[];
}

export const receipts = (
  { database }: CredentialsUnderTest,
  ticketId: string,
): Promise<Receipt[]> =>
  database.query<Receipt & Record<string, unknown>>(
    `SELECT reason, trigger_id, credential_ids
     FROM destruction_receipt
     WHERE ticket_id = $1
     ORDER BY id`,
    [ticketId],
  );
