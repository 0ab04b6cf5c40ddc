import { type Chain, type StoredEntry } from '../audit/verify-chain.js';
import { rows, type Sql } from '#postgres';

interface HeadRow {
  readonly ticketId: string;
  readonly seq: number;
  readonly hash: Buffer;
  readonly prunedSeq: number;
  readonly prunedHash: Buffer;
}

/** Chains by the bytes of their ticket ids, after the one given. */
export async function chainsAfter(sql: Sql, after: string, limit: number): Promise<Chain[]> {
  const found = await rows<HeadRow>(
    sql,
    `SELECT ticket_id AS "ticketId", seq, hash, pruned_seq AS "prunedSeq", pruned_hash AS "prunedHash" FROM access_log_head
      WHERE ticket_id COLLATE "C" > $1 ORDER BY ticket_id COLLATE "C" LIMIT $2`,
    [after, limit],
  );
  return found.map(({ ticketId, seq, hash, prunedSeq, prunedHash }) => ({
    ticketId,
    start: { seq: prunedSeq, hash: prunedHash },
    head: { seq, hash },
  }));
}

/** A ticket's entries as they are stored, in their order. */
export const entriesOf = (sql: Sql, ticketId: string): Promise<StoredEntry[]> =>
  rows<StoredEntry>(
    sql,
    `SELECT seq, at, actor_id AS "actorId", actor_role AS "actorRole", action, credential_id AS "credentialId", outcome, reason,
       request_id AS "requestId", address, hash FROM access_log WHERE ticket_id = $1 ORDER BY seq`,
    [ticketId],
  );

/** Tickets that have entries but no head, which nobody writes. */
export async function headless(sql: Sql): Promise<string[]> {
  const found = await rows<{ ticketId: string }>(
    sql,
    `SELECT DISTINCT ticket_id AS "ticketId" FROM access_log l
      WHERE NOT EXISTS (SELECT FROM access_log_head h WHERE h.ticket_id = l.ticket_id) ORDER BY 1`,
  );
  return found.map(({ ticketId }) => ticketId);
}

/** What a checkpoint covered and is not so any more: the entry is gone (no hash) or another. */
export const strayedFrom = (sql: Sql, number: number): Promise<{ ticketId: string; seq: number; missing: boolean }[]> =>
  rows(
    sql,
    `SELECT c.ticket_id AS "ticketId", c.seq, l.hash IS NULL AS missing FROM audit_checkpoint_head c
       LEFT JOIN access_log_head h USING (ticket_id)
       LEFT JOIN access_log l ON l.ticket_id = c.ticket_id AND l.seq = c.seq
      WHERE c.number = $1 AND c.seq > coalesce(h.pruned_seq, 0) AND l.hash IS DISTINCT FROM c.hash ORDER BY 1`,
    [number],
  );
