import { hex, type LockWait, rows, send, type Sql, type Statement, statement } from '#postgres';
import { type ChainHead, type LockedHead } from '../domain/access-chain.js';
import { type AccessEntry, type LoggedOutcome } from '../domain/access-entry.js';
import { GrowingChain, type PlacedEntry } from '../domain/growing-chain.js';

/** A head, with its ticket. */
export interface HeadRow extends ChainHead {
  readonly ticketId: string;
}

const lockHead = `
  INSERT INTO access_log_head (ticket_id, seq, hash)
  VALUES ($1, 0, '')
  ON CONFLICT (ticket_id) DO UPDATE SET seq = access_log_head.seq
  RETURNING seq, hash, date_trunc('milliseconds', clock_timestamp()) AS at`;

/**
 * Locks the heads that there are, in the order of their ids: after the gates' locks and
 * before other rows' (the lock order). For entries about what must be looked up once they
 * have been waited for.
 */
export const lockedHeads = (ticketIds: readonly string[], lockWait: LockWait): Statement<HeadRow> =>
  statement(
    `SELECT ticket_id AS "ticketId", seq, hash
     FROM access_log_head
     WHERE ticket_id = ANY($1)
     ORDER BY ticket_id
     FOR UPDATE ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}`,
    [ticketIds],
  );

const appendEntries = `
  WITH entry AS (
    INSERT INTO access_log (
      ticket_id, seq, at, actor_id, actor_name, actor_role, action,
      credential_id, outcome, reason, request_id, address, hash
    )
    SELECT e.ticket_id, e.seq, e.at, e.actor_id, e.actor_name, e.actor_role, e.action,
      e.credential_id, e.outcome, e.reason, e.request_id, e.address, e.hash
    FROM jsonb_to_recordset($1::jsonb) AS e(
      ticket_id text, seq int, at timestamptz, actor_id text, actor_name text, actor_role text,
      action text, credential_id uuid, outcome text, reason text, request_id text,
      address text, hash bytea
    )
  )
  UPDATE access_log_head head
  SET seq = grown.seq, hash = grown.hash
  FROM unnest($2::text[], $3::int[], $4::bytea[]) AS grown (ticket_id, seq, hash)
  WHERE head.ticket_id = grown.ticket_id`;

/** Fails where somebody else has begun one of these chains meanwhile. */
const beginChains = `
  INSERT INTO access_log_head (ticket_id, seq, hash)
  SELECT ticket_id, 0, ''
  FROM unnest($1::text[]) AS begun (ticket_id)`;

/** What writes all that was added to these chains. */
export function growing(chains: Iterable<GrowingChain>): Statement[] {
  const grown = [...chains].filter(({ added }) => added.length > 0);
  if (grown.length === 0) return [];
  const begun = grown.filter(({ isNew }) => isNew).map(({ ticketId }) => ticketId);
  const entries = grown.flatMap(({ added }) => added.map(toRow));
  return [
    ...(begun.length > 0 ? [statement(beginChains, [begun])] : []),
    statement(appendEntries, [
      JSON.stringify(entries),
      grown.map(({ ticketId }) => ticketId),
      grown.map(({ head }) => String(head.seq)),
      grown.map(({ head }) => hex(head.hash)),
    ]),
  ];
}

/** As {@link lockedHeads}, of one ticket; its log begins here if it has none. */
export async function lockAccessLog(tx: Sql, ticketId: string): Promise<GrowingChain> {
  const [head] = await rows<LockedHead>(tx, lockHead, [ticketId]);
  if (head === undefined) throw new Error('the access log has no head');
  return new GrowingChain(ticketId, head, head.at);
}

/**
 * Appends in the caller's transaction.
 * @returns the new head
 */
export async function appendToAccessLog(
  tx: Sql,
  ticketId: string,
  entries: readonly AccessEntry[],
): Promise<LockedHead> {
  const chain = await lockAccessLog(tx, ticketId);
  const head = chain.add(entries);
  for (const written of growing([chain])) await send(tx, written);
  return head;
}

const toRow = ({ ticketId, seq, at, entry, hash }: PlacedEntry) => ({
  ticket_id: ticketId,
  seq,
  at,
  actor_id: entry.actorId,
  actor_name: entry.actorName ?? null,
  actor_role: entry.actorRole,
  action: entry.action,
  credential_id: entry.credentialId ?? null,
  outcome: entry.outcome,
  reason: entry.reason ?? null,
  request_id: entry.requestId ?? null,
  address: entry.address ?? null,
  hash: hex(hash),
});

/** Which of these events, that assigned tickets, are in the logs of those already. */
export const loggedAssignments = (
  events: readonly { readonly id: string; readonly data: { readonly ticketId: string } }[],
): Statement<{ eventId: string }> =>
  statement(
    `SELECT request_id AS "eventId"
     FROM access_log
     JOIN unnest($1::text[], $2::text[]) AS assigned (of_ticket, event_id)
       ON ticket_id = of_ticket AND request_id = event_id
     WHERE action IN ('assign', 'unassign')`,
    [events.map(({ data }) => data.ticketId), events.map(({ id }) => id)],
  );

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
