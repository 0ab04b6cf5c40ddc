import { type Chain, type StoredEntry } from '../audit/verify-chain.js';
import { affected, rows, type Sql } from '#postgres';

interface HeadRow {
  readonly ticketId: string;
  readonly seq: number;
  readonly hash: Buffer;
  readonly prunedSeq: number;
  readonly prunedHash: Buffer;
}

const heads = 'SELECT ticket_id AS "ticketId", seq, hash, pruned_seq AS "prunedSeq", pruned_hash AS "prunedHash" FROM access_log_head';

const toChain = ({ ticketId, seq, hash, prunedSeq, prunedHash }: HeadRow): Chain => ({
  ticketId,
  start: { seq: prunedSeq, hash: prunedHash },
  head: { seq, hash },
});

/** Chains by the bytes of their ticket ids, after the one given. */
export async function chainsAfter(sql: Sql, after: string, limit: number): Promise<Chain[]> {
  const statement = `${heads} WHERE ticket_id COLLATE "C" > $1 ORDER BY ticket_id COLLATE "C" LIMIT $2`;
  return (await rows<HeadRow>(sql, statement, [after, limit])).map(toChain);
}

/** Locks the chain: nothing is appended until the transaction ends. */
export async function lockChain(tx: Sql, ticketId: string): Promise<Chain> {
  const [head] = await rows<HeadRow>(tx, `${heads} WHERE ticket_id = $1 FOR UPDATE`, [ticketId]);
  if (head === undefined) throw new Error('the access log has no head');
  return toChain(head);
}

const entriesAfter = `
  SELECT seq, at, actor_id AS "actorId", actor_role AS "actorRole", action, credential_id AS "credentialId", outcome, reason,
    request_id AS "requestId", address, hash FROM access_log WHERE ticket_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`;
const page = 1000;

/** A ticket's entries as they are stored, in their order. One page of them is in memory: a chain has no limit. */
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

/** Tickets with entries but no head, which the service never writes. */
export async function headless(sql: Sql): Promise<string[]> {
  const found = await rows<{ ticketId: string }>(
    sql,
    `SELECT DISTINCT ticket_id AS "ticketId" FROM access_log l
      WHERE NOT EXISTS (SELECT FROM access_log_head h WHERE h.ticket_id = l.ticket_id) ORDER BY 1`,
  );
  return found.map(({ ticketId }) => ticketId);
}

/** A chain may be cut after this entry. */
export interface Cut {
  readonly ticketId: string;
  readonly seq: number;
}

/** For each ticket without a stored credential: its last entry that is at least this many days old and covered by a checkpoint. */
export const oldCuts = (sql: Sql, days: number): Promise<Cut[]> =>
  rows<Cut>(
    sql,
    `SELECT ticket_id AS "ticketId", max(seq) AS seq FROM access_log l JOIN audit_checkpoint_head c USING (ticket_id, seq, hash)
      WHERE l.at < clock_timestamp() - make_interval(days => $1) AND NOT EXISTS (SELECT FROM credential s WHERE s.ticket_id = l.ticket_id)
      GROUP BY ticket_id ORDER BY 1`,
    [days],
  );

export const isAnythingStored = async (sql: Sql, ticketId: string): Promise<boolean> =>
  (await rows(sql, 'SELECT FROM credential WHERE ticket_id = $1 LIMIT 1', [ticketId])).length > 0;

/** @returns how many entries were deleted; the position and hash of the last one stay in the head */
export async function cutChain(tx: Sql, ticketId: string, seq: number): Promise<number> {
  await tx.query(
    `UPDATE access_log_head h SET pruned_seq = l.seq, pruned_hash = l.hash FROM access_log l
      WHERE h.ticket_id = $1 AND l.ticket_id = $1 AND l.seq = $2`,
    [ticketId, seq],
  );
  return affected(tx, 'DELETE FROM access_log WHERE ticket_id = $1 AND seq <= $2', [ticketId, seq]);
}

/** Chains pruned at an entry that no checkpoint covers, which the command never does. */
export const cutElsewhere = (sql: Sql): Promise<Cut[]> =>
  rows<Cut>(
    sql,
    `SELECT ticket_id AS "ticketId", pruned_seq AS seq FROM access_log_head h WHERE pruned_seq > 0 AND NOT EXISTS (
       SELECT FROM audit_checkpoint_head c WHERE c.ticket_id = h.ticket_id AND c.seq = h.pruned_seq AND c.hash = h.pruned_hash) ORDER BY 1`,
  );

/** Entries that a checkpoint covered but that are missing or changed now. */
export const strayedFrom = (sql: Sql, number: number): Promise<{ ticketId: string; seq: number; missing: boolean }[]> =>
  rows(
    sql,
    `SELECT c.ticket_id AS "ticketId", c.seq, l.hash IS NULL AS missing FROM audit_checkpoint_head c
       LEFT JOIN access_log_head h USING (ticket_id)
       LEFT JOIN access_log l ON l.ticket_id = c.ticket_id AND l.seq = c.seq
      WHERE c.number = $1 AND c.seq > coalesce(h.pruned_seq, 0) AND l.hash IS DISTINCT FROM c.hash ORDER BY 1`,
    [number],
  );
