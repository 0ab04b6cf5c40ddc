import { rows, type Sql } from '#postgres';
import { type Chain, type StoredEntry } from '../domain/access-chain.js';

interface HeadRow {
  readonly ticketId: string;
  readonly seq: number;
  readonly hash: Buffer;
  readonly prunedSeq: number;
  readonly prunedHash: Buffer;
}

const heads = `
  SELECT ticket_id AS "ticketId", seq, hash,
    pruned_seq AS "prunedSeq", pruned_hash AS "prunedHash"
  FROM access_log_head`;

const toChain = ({ ticketId, seq, hash, prunedSeq, prunedHash }: HeadRow): Chain => ({
  ticketId,
  start: { seq: prunedSeq, hash: prunedHash },
  head: { seq, hash },
});

/** To be the first of a transaction, which then sees the chains as at one moment. */
export async function readOneMoment(tx: Sql): Promise<void> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

/** Chains by the bytes of their ticket ids, after the one given. */
export async function chainsAfter(sql: Sql, after: string, limit: number): Promise<Chain[]> {
  const statement = `${heads}
  WHERE ticket_id COLLATE "C" > $1
  ORDER BY ticket_id COLLATE "C"
  LIMIT $2`;
  return (await rows<HeadRow>(sql, statement, [after, limit])).map(toChain);
}

export const chainOf = (sql: Sql, ticketId: string): Promise<Chain> =>
  readChain(sql, `${heads} WHERE ticket_id = $1`, ticketId);

/** Locks the chain: nothing is appended until the transaction ends. */
export const lockChain = (tx: Sql, ticketId: string): Promise<Chain> =>
  readChain(tx, `${heads} WHERE ticket_id = $1 FOR UPDATE`, ticketId);

async function readChain(sql: Sql, statement: string, ticketId: string): Promise<Chain> {
  const [head] = await rows<HeadRow>(sql, statement, [ticketId]);
  if (head === undefined) throw new Error('the access log has no head');
  return toChain(head);
}

const entriesAfter = `
  SELECT seq, at, actor_id AS "actorId", actor_role AS "actorRole", action,
    credential_id AS "credentialId", outcome, reason, request_id AS "requestId", address, hash
  FROM access_log WHERE ticket_id = $1 AND seq > $2
  ORDER BY seq
  LIMIT $3`;
const page = 1000;

/**
 * A ticket's entries as they are stored, in their order. One page of them is in
 * memory: a chain has no limit.
 */
export async function* entriesOf(sql: Sql, ticketId: string): AsyncGenerator<StoredEntry> {
  // Below every integer, so that nothing can be hidden before the first entry.
  let after = -(2 ** 31);
  for (;;) {
    const found = await rows<StoredEntry>(sql, entriesAfter, [ticketId, after, page]);
    yield* found;
    if (found.length < page) return;
    after = found.at(-1)?.seq ?? after;
  }
}

/**
 * Tickets with entries but no head, which the service never writes, by the bytes of
 * their ids, after the one given.
 */
export const headlessAfter = (
  sql: Sql,
  after: string,
  limit: number,
): Promise<Pick<Chain, 'ticketId'>[]> =>
  rows(
    sql,
    `SELECT DISTINCT ticket_id COLLATE "C" AS "ticketId"
     FROM access_log l
     WHERE ticket_id COLLATE "C" > $1
       AND NOT EXISTS (SELECT FROM access_log_head h WHERE h.ticket_id = l.ticket_id)
     ORDER BY 1
     LIMIT $2`,
    [after, limit],
  );

/** A chain may be cut after this entry. */
export interface Cut {
  readonly ticketId: string;
  readonly seq: number;
}

/**
 * For each ticket without a stored credential: its last entry that is at least this many
 * days old and covered by a checkpoint. By the bytes of their ids, after the one given.
 */
export const cutsAfter = (sql: Sql, days: number, after: string, limit: number): Promise<Cut[]> =>
  rows<Cut>(
    sql,
    `SELECT l.ticket_id COLLATE "C" AS "ticketId", max(l.seq) AS seq
     FROM access_log l
     JOIN audit_checkpoint_head c USING (ticket_id, seq, hash)
     WHERE l.at < clock_timestamp() - make_interval(days => $1)
       AND l.ticket_id COLLATE "C" > $2
       AND NOT EXISTS (SELECT FROM credential s WHERE s.ticket_id = l.ticket_id)
     GROUP BY 1
     ORDER BY 1
     LIMIT $3`,
    [days, after, limit],
  );

/**
 * Deletes the entries up to this one.
 * @returns the hash of this one; undefined if it is not there
 */
export async function deleteEntries(
  tx: Sql,
  ticketId: string,
  seq: number,
): Promise<Buffer | undefined> {
  const statement = `
    WITH gone AS (
      DELETE FROM access_log
      WHERE ticket_id = $1
        AND seq <= $2
      RETURNING seq, hash
    )
    SELECT hash FROM gone WHERE seq = $2`;
  return (await rows<{ hash: Buffer }>(tx, statement, [ticketId, seq]))[0]?.hash;
}

/** From now on the chain begins after this entry. */
export async function moveStart(
  tx: Sql,
  ticketId: string,
  { seq, hash }: Chain['start'],
): Promise<void> {
  await tx.query(
    `UPDATE access_log_head
     SET pruned_seq = $2, pruned_hash = $3
     WHERE ticket_id = $1`,
    [ticketId, seq, hash],
  );
}

/**
 * Chains that begin after the last entry that a checkpoint covers, which the
 * command never does, by the bytes of their ids, after the one given. While one is
 * pruned in batches, the entry where it will begin is still there: the entries that
 * lead to it are verified with it.
 */
export const cutTooFarAfter = (sql: Sql, after: string, limit: number): Promise<Cut[]> =>
  rows<Cut>(
    sql,
    `SELECT h.ticket_id COLLATE "C" AS "ticketId", pruned_seq AS seq
     FROM access_log_head h
     WHERE pruned_seq > 0
       AND h.ticket_id COLLATE "C" > $1
       AND NOT EXISTS (
         SELECT FROM audit_checkpoint_head c
         WHERE c.ticket_id = h.ticket_id
           AND (c.seq > h.pruned_seq OR c.seq = h.pruned_seq AND c.hash = h.pruned_hash)
       )
     ORDER BY 1
     LIMIT $2`,
    [after, limit],
  );

/**
 * Entries that a checkpoint covered but that are missing or changed
 * now; no more than it covers.
 */
export const mismatchesWith = (
  sql: Sql,
  number: number,
): Promise<{ ticketId: string; seq: number; missing: boolean }[]> =>
  rows(
    sql,
    `SELECT c.ticket_id AS "ticketId", c.seq, l.hash IS NULL AS missing
     FROM audit_checkpoint_head c
     LEFT JOIN access_log_head h USING (ticket_id)
     LEFT JOIN access_log l ON l.ticket_id = c.ticket_id AND l.seq = c.seq
     WHERE c.number = $1
       AND c.seq > coalesce(h.pruned_seq, 0)
       AND l.hash IS DISTINCT FROM c.hash
     ORDER BY 1`,
    [number],
  );
