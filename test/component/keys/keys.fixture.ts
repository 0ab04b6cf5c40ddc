import { readdirSync } from 'node:fs';
import pg from 'pg';
import { type DataSource } from 'typeorm';
import { DirectoryKeyRing } from '#envelope';
import { connect, type Database } from '#postgres';
import {
  checkCredentials,
  type CheckFault,
} from '../../../apps/credentials/src/custody/check-credentials.js';
import { Custody } from '../../../apps/credentials/src/custody/custody.js';
import { type RotationTurn } from '../../../apps/credentials/src/custody/rotation/key-rotation.js';
import { type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  newTicket,
  secret,
  startCredentials,
} from '../credentials/harness.js';

/**
 * The running service, and a rotator beside it with connections and a view of the ring of
 * its own, as another replica has.
 */
export interface KeysUnderTest {
  readonly service: CredentialsUnderTest;
  readonly custody: Custody;
  /** Another rotator. */
  another(): Promise<Custody>;
  /** Submits so many credentials, each under a ticket of its own. @returns the paths */
  submit(count: number): Promise<string[]>;
  /** What an agent is shown of each. */
  reveal(paths: readonly string[]): Promise<unknown[]>;
  /** Of the keys that the database knows. */
  rows(): Promise<{ id: string; is_current: boolean }[]>;
  current(): Promise<string>;
  /** Ids of the files in the ring. */
  files(): string[];
  check(): ReturnType<typeof checkAll>;
  stop(): Promise<void>;
}

export async function startKeys(): Promise<KeysUnderTest> {
  const service = await startCredentials();
  const sources: DataSource[] = [];
  const another = async () => {
    const source = await connect({ url: service.database.serviceUrl });
    sources.push(source);
    return new Custody(source, await DirectoryKeyRing.open(service.keyringDir));
  };
  const custody = await another();
  const rows = () =>
    service.database.query<{ id: string; is_current: boolean }>(
      'SELECT id, is_current FROM key_encryption_key ORDER BY created_at',
    );
  return {
    service,
    custody,
    another,
    rows,
    submit: (count) => Promise.all(Array.from({ length: count }, () => submitOne(service))),
    reveal: (paths) =>
      Promise.all(
        paths.map(
          async (path) => (await service.call('agent-1', 'POST', `${path}/reveal`)).body.items,
        ),
      ),
    current: async () => (await rows()).find((row) => row.is_current)!.id,
    files: () =>
      readdirSync(service.keyringDir).flatMap((name) => /^(.*)\.kek$/.exec(name)?.[1] ?? []),
    check: () => checkAll(sources[0]!, custody.vault),
    stop: async () => {
      await Promise.all(sources.map((source) => source.destroy()));
      await service.stop();
    },
  };
}

/** What `keys check` finds. */
export async function checkAll(database: Database, vault: Custody['vault']) {
  const faults: CheckFault[] = [];
  const opened = await checkCredentials(database, vault, (fault) => faults.push(fault));
  return { opened, faults };
}

async function submitOne(service: CredentialsUnderTest): Promise<string> {
  const { path } = newTicket(service);
  const { status, body } = await service.call('customer-1', 'POST', path, secret);
  if (status !== 201) throw new Error(`not submitted: ${JSON.stringify(body)}`);
  return path;
}

/**
 * Begins one epoch after the other as long as the work goes on.
 * @throws what the work throws
 */
export async function rotateDuring(
  { rotation }: Custody,
  work: Promise<unknown>,
): Promise<RotationTurn[]> {
  const state = { isWorking: true };
  const ended = work.finally(() => {
    state.isWorking = false;
  });
  const turns: RotationTurn[] = [];
  while (state.isWorking) turns.push(await rotation.turn(0));
  await ended;
  return turns;
}

/** Resolves when a transaction waits for what another one has locked. */
export const anythingBlocked = ({ database }: CredentialsUnderTest): Promise<true> =>
  waitFor(() => isWaited(database, 'transactionid'));

async function isWaited(database: TestDatabase, locktype: string): Promise<boolean> {
  const statement = `
    SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE NOT granted AND locktype = $1 AND datname = current_database()`;
  return (await database.query(statement, [locktype])).length > 0;
}

const lock = 4711;

/**
 * Has every statement of a kind stand still in the middle until it is let go.
 * @param event such as `BEFORE INSERT ON credential`
 */
export async function shareGate({ database }: CredentialsUnderTest, event: string) {
  const holder = new pg.Client({ connectionString: database.ownerUrl });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [lock]);
  await database.query(`
    CREATE OR REPLACE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM pg_advisory_xact_lock_shared(${lock}); RETURN COALESCE(NEW, OLD); END $$`);
  await database.query(
    `CREATE TRIGGER stand_still ${event} FOR EACH ROW EXECUTE FUNCTION stand_still()`,
  );
  return {
    /** Resolves when something stands still. */
    reached: () => waitFor(() => isWaited(database, 'advisory')),
    letGo: async () => {
      await holder.end();
      await database.query('DROP FUNCTION stand_still CASCADE');
    },
  };
}
