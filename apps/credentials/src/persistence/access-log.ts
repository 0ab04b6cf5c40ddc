import { rows, type Sql } from '#postgres';
import {
  type AccessEntry,
  entryHash,
  type LockedHead,
  type LoggedOutcome,
} from '../domain/access-chain.js';

const lockHead = `
  INSERT INTO access_log_head (ticket_id, seq, hash)
  VALUES ($1, 0, '')
  ON CONFLICT (ticket_id) DO UPDATE SET seq = access_log_head.seq
  RETURNING seq, hash, date_trunc('milliseconds', clock_timestamp()) AS at`;

const appendEntries = `
  WITH entry AS (
    INSERT INTO access_log (
      ticket_id, seq, at, actor_id, actor_name, actor_role, action,
      credential_id, outcome, reason, request_id, address, hash
    )
    SELECT $1, e.seq, $4, e.actor_id, e.actor_name, e.actor_role, e.action,
      e.credential_id, e.outcome, e.reason, e.request_id, e.address, decode(e.hash, 'hex')
    FROM jsonb_to_recordset($5::jsonb) AS e(
      seq int, actor_id text, actor_name text, actor_role text, action text,
      credential_id uuid, outcome text, reason text, request_id text, address text, hash text
    )
  )
  UPDATE access_log_head SET seq = $2, hash = $3 WHERE ticket_id = $1`;

/**
 * After the gate's lock and before other rows' (the lock order). For entries about what
 * must be looked up once it has been waited for.
 */
export async function lockAccessLog(tx: Sql, ticketId: string): Promise<LockedHead> {
  const [head] = await rows<LockedHead>(tx, lockHead, [ticketId]);
  if (head === undefined) throw new Error('the access log has no head');
  return head;
}

/**
 * Appends in the caller's transaction.
 * @param locked the head, if the transaction has it already
 * @returns the new head
 */
export async function appendToAccessLog(
  tx: Sql,
  ticketId: string,
  entries: readonly AccessEntry[],
  locked?: LockedHead,
): Promise<LockedHead> {
  const head = locked ?? (await lockAccessLog(tx, ticketId));
  const { at } = head;
  let { seq, hash } = head;
  const chained = entries.map((entry) => {
    seq += 1;
    hash = entryHash(hash, ticketId, seq, at, entry);
    return toRow(entry, seq, hash);
  });
  await tx.query(appendEntries, [ticketId, seq, hash, at, JSON.stringify(chained)]);
  return { seq, hash, at };
}

const toRow = (entry: AccessEntry, seq: number, hash: Buffer) => ({
  seq,
  actor_id: entry.actorId,
  actor_name: entry.actorName ?? null,
  actor_role: entry.actorRole,
  action: entry.action,
  credential_id: entry.credentialId ?? null,
  outcome: entry.outcome,
  reason: entry.reason ?? null,
  request_id: entry.requestId ?? null,
  address: entry.address ?? null,
  hash: hash.toString('hex'),
});

/** Whether the event that assigned a ticket is in its log already. */
export async function isAssignmentLogged(
  tx: Sql,
  ticketId: string,
  eventId: string,
): Promise<boolean> {
  const statement = `
    SELECT FROM access_log
    WHERE ticket_id = $1
      AND request_id = $2
      AND action IN ('assign', 'unassign')`;
  return (await rows(tx, statement, [ticketId, eventId])).length > 0;
}

/** An entry for a reader: without its hash, with the person's name. */
export interface EntryRow {
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly action: string;
  readonly credentialId: string | null;
  readonly outcome: LoggedOutcome;
  readonly reason: string | null;
  readonly requestId: string | null;
  readonly address: string | null;
}

const columns = `
  seq, at, actor_id AS "actorId", actor_name AS "actorName", actor_role AS "actorRole", action,
  credential_id AS "credentialId", outcome, reason, request_id AS "requestId", address`;

/**
 * Newest first.
 * @param before the `seq` of the last one already seen; null for the first page
 */
export async function listEntries(
  sql: Sql,
  ticketId: string,
  before: number | null,
  limit: number,
): Promise<EntryRow[]> {
  const statement = `
    SELECT ${columns}
    FROM access_log
    WHERE ticket_id = $1
      AND ($2::int IS NULL OR seq < $2)
    ORDER BY seq DESC
    LIMIT $3`;
  return rows<EntryRow>(sql, statement, [ticketId, before, limit]);
}
