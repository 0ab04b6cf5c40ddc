import { createHash } from 'node:crypto';
import { rows, type Sql } from '#postgres';

export type LoggedOutcome = 'done' | 'refused' | 'failed';

/**
 * One line of a ticket's access log, before it has a place in the chain.
 * Never a secret, nor its length.
 */
export interface AccessEntry {
  readonly actorId: string | null;
  readonly actorName?: string | undefined;
  readonly actorRole: string;
  readonly action: string;
  readonly credentialId?: string | null;
  readonly outcome: LoggedOutcome;
  readonly reason?: string | null | undefined;
  readonly requestId?: string | null;
  readonly address?: string | null;
}

/** The end of a ticket's chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * The end of a chain whose lock this transaction has, and when it got
 * it, by the database's clock.
 */
export interface LockedHead extends ChainHead {
  readonly at: Date;
}

/**
 * The hash of an entry: SHA-256 over its predecessor's hash and its own fields, each with
 * its length before it (4 bytes, big endian; all ones for null), so that no two different
 * entries have the same input. A person's name is left out, so that it can be erased.
 */
export function entryHash(
  previous: Buffer,
  ticketId: string,
  seq: number,
  at: Date,
  entry: AccessEntry,
): Buffer {
  const { actorId, actorRole, action, credentialId, outcome, reason, requestId, address } = entry;
  const fields = [
    ticketId,
    String(seq),
    at.toISOString(),
    actorId,
    actorRole,
    action,
    credentialId,
    outcome,
    reason,
    requestId,
    address,
  ];
  const hash = createHash('sha256').update('access-log/1').update(previous);
  for (const field of fields) {
    const bytes = Buffer.from(field ?? '', 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field === null || field === undefined ? 0xffffffff : bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

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
