import { type CredentialsDestroyedData, type RememberedDestruction } from '#contracts';
import { deleteInBatches, onPrimary, rows, type Sql } from '#postgres';

/**
 * How far the database of `credentials` had come. `statement` is its own, signed; here
 * it is only ordered and kept.
 */
export interface CredentialsMark {
  readonly database: string;
  readonly life: number;
  readonly beat: number;
  readonly statement: string;
}

/** Keeps it unless a later one is kept already. */
export async function keepMark(
  sql: Sql,
  { database, life, beat, statement }: CredentialsMark,
): Promise<void> {
  await sql.query(
    `INSERT INTO credentials_mark (database, life, beat, statement)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (database) DO UPDATE
     SET life = excluded.life,
       beat = excluded.beat,
       statement = excluded.statement
     WHERE (credentials_mark.life, credentials_mark.beat) < (excluded.life, excluded.beat)`,
    [database, life, beat, statement],
  );
}

/** A standby that lags lacks the latest destructions. */
const there = onPrimary('credentials_mark');

/** The latest statement of that database; null where there is none. */
export async function keptStatement(sql: Sql, database: string): Promise<string | null> {
  const statement = `SELECT statement FROM credentials_mark WHERE database = $1 AND ${there}`;
  return (await rows<{ statement: string }>(sql, statement, [database]))[0]?.statement ?? null;
}

/**
 * No credential may live for longer: the maximum of CREDENTIAL_TTL_DAYS. For events of a
 * release that did not say when the last one expires.
 */
const longestLifeDays = 3650;

/**
 * Remembers them until the last of each would have expired. An event may arrive again.
 * One statement for any number of them, in the order of the ids, whoever else does it.
 */
export async function rememberDestroyed(
  sql: Sql,
  destroyed: readonly CredentialsDestroyedData[],
): Promise<void> {
  await sql.query(
    `INSERT INTO destroyed_credential (id, ticket_id, receipt_id, reason, forget_at)
     SELECT id, "ticketId", "receiptId", reason,
       coalesce("expiresAt", clock_timestamp() + make_interval(days => $2))
     FROM jsonb_to_recordset($1::jsonb) AS event (
       "ticketId" text, "receiptId" uuid, reason text, "credentialIds" uuid[],
       "expiresAt" timestamptz
     )
     CROSS JOIN unnest("credentialIds") AS id
     ORDER BY id
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(destroyed), longestLifeDays],
  );
}

/** Those of the credentials that were destroyed. */
export const destroyedAmong = (
  sql: Sql,
  credentialIds: readonly string[],
): Promise<RememberedDestruction[]> =>
  rows<RememberedDestruction>(
    sql,
    `SELECT id AS "credentialId", receipt_id AS "receiptId", reason
     FROM destroyed_credential
     WHERE id = ANY($1)
       AND ${there}
     ORDER BY id`,
    [credentialIds],
  );

/** With a margin of a day: the sweeper of `credentials` may be late. */
export async function forgetExpired(sql: Sql): Promise<void> {
  await deleteInBatches(
    sql,
    'destroyed_credential',
    "forget_at < (SELECT clock_timestamp()) - interval '1 day'",
  );
}
