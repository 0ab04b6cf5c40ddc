import { rows, type Sql } from '#postgres';
import { type TicketHead } from '../domain/access-chain.js';

/** Any constant: serialises checkpoints, which are numbered. */
const checkpointLock = 7_300_148;

export interface Checkpoint {
  readonly number: number;
  readonly at: Date;
  readonly digest: Buffer;
  readonly jws: string;
}

const columns = 'number, at, digest, jws';

export async function lockCheckpoints(tx: Sql): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [checkpointLock]);
}

export async function lastCheckpoint(sql: Sql): Promise<Checkpoint | undefined> {
  const statement = `SELECT ${columns} FROM audit_checkpoint ORDER BY number DESC LIMIT 1`;
  return (await rows<Checkpoint>(sql, statement))[0];
}

/**
 * Whether the last checkpoint is at least this many seconds old, by the database's clock.
 */
export async function isCheckpointDue(sql: Sql, seconds: number): Promise<boolean> {
  const statement = `
    SELECT at <= clock_timestamp() - make_interval(secs => $1) AS due
    FROM audit_checkpoint
    ORDER BY number DESC
    LIMIT 1`;
  const [last] = await rows<{ due: boolean }>(sql, statement, [seconds]);
  return last?.due ?? true;
}

/** In their order. */
export const checkpointsAfter = (sql: Sql, number: number, limit: number): Promise<Checkpoint[]> =>
  rows<Checkpoint>(
    sql,
    `SELECT ${columns}
     FROM audit_checkpoint
     WHERE number > $1
     ORDER BY number
     LIMIT $2`,
    [number, limit],
  );

/**
 * Chains that grew since they were last covered, by the bytes of their ticket ids, after
 * the one given. Locks nothing: an appender that holds a head for long must delay neither
 * the checkpoint nor, through it, the appenders of other chains.
 */
export const grownHeads = (tx: Sql, after: string, limit: number): Promise<TicketHead[]> =>
  rows<TicketHead>(
    tx,
    `SELECT h.ticket_id AS "ticketId", h.seq, h.hash
     FROM access_log_head h
     LEFT JOIN access_log_covered c USING (ticket_id)
     WHERE h.seq > coalesce(c.seq, 0)
       AND h.ticket_id COLLATE "C" > $1
     ORDER BY h.ticket_id COLLATE "C"
     LIMIT $2`,
    [after, limit],
  );

export const headsOf = (sql: Sql, number: number): Promise<TicketHead[]> =>
  rows<TicketHead>(
    sql,
    `SELECT ticket_id AS "ticketId", seq, hash
     FROM audit_checkpoint_head
     WHERE number = $1
     ORDER BY ticket_id`,
    [number],
  );

/** Stores the checkpoint with the heads that it covers, and how far they are covered. */
export async function insertCheckpoint(
  tx: Sql,
  { number, at, digest, jws }: Checkpoint,
  heads: readonly TicketHead[],
): Promise<void> {
  await tx.query(
    `INSERT INTO audit_checkpoint (number, at, digest, jws)
     VALUES ($1, $2, $3, $4)`,
    [number, at, digest, jws],
  );
  const [ids, seqs, hashes] = [
    heads.map(({ ticketId }) => ticketId),
    heads.map(({ seq }) => seq),
    heads.map(({ hash }) => hash),
  ];
  await tx.query(
    `INSERT INTO audit_checkpoint_head (number, ticket_id, seq, hash)
     SELECT $1, *
     FROM unnest($2::text[], $3::int[], $4::bytea[])`,
    [number, ids, seqs, hashes],
  );
  await tx.query(
    `INSERT INTO access_log_covered (ticket_id, seq)
     SELECT *
     FROM unnest($1::text[], $2::int[])
     ON CONFLICT (ticket_id) DO UPDATE SET seq = excluded.seq`,
    [ids, seqs],
  );
}
