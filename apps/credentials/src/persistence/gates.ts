import { type Standing } from '#contracts';
import { onPrimary, rows, type Sql } from '#postgres';
import { type GateState } from '../domain/gate.js';
import { type Sighting } from '../domain/database-mark.js';
import { sighting } from './database-mark.js';

/**
 * What this service knows of a ticket. `phase` is -1 until `tickets` has answered for
 * the first time. `version` is the one of its last answer; events do not move it, since
 * they may be old or forged.
 */
export interface Gate extends GateState {
  /** Of the database that the gate was read from. */
  readonly mark: Sighting;
}

const columns = `phase, version, ${sighting} AS mark`;

/**
 * Makes the ticket's gate if there is none. Must be committed before the standing is
 * asked, or an end in between would find no gate.
 */
export async function ensureGate(sql: Sql, ticketId: string): Promise<void> {
  await sql.query('INSERT INTO ticket_gate (ticket_id) VALUES ($1) ON CONFLICT DO NOTHING', [
    ticketId,
  ]);
}

/**
 * The gates by ticket; tickets without one are left out. From the primary: an answer of
 * `tickets` is judged by them.
 */
export async function readGates(
  sql: Sql,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, GateState>> {
  const statement = `
    SELECT ticket_id AS "ticketId", phase, version
    FROM ticket_gate
    WHERE ticket_id = ANY($1)
      AND ${onPrimary('ticket_gate')}`;
  const found = await rows<GateState & { ticketId: string }>(sql, statement, [ticketIds]);
  return new Map(found.map((gate) => [gate.ticketId, gate]));
}

/**
 * For work on many tickets: waits at most two seconds for a gate, then fails (55P03), so
 * that one held gate does not delay the others. The ticket is found again later.
 */
export async function setLockTimeout(tx: Sql): Promise<void> {
  await tx.query("SET LOCAL lock_timeout = '2s'");
}

/**
 * Locks the gate: it cannot be moved, nor a credential be bound to it,
 * until the transaction ends.
 */
export async function lockGate(tx: Sql, ticketId: string): Promise<Gate | undefined> {
  const statement = `SELECT ${columns} FROM ticket_gate WHERE ticket_id = $1 FOR UPDATE`;
  return (await rows<Gate>(tx, statement, [ticketId]))[0];
}

/**
 * Holds the gate: its phase cannot change until the transaction ends. Several
 * transactions may hold it at once.
 */
export async function shareLockGate(tx: Sql, ticketId: string): Promise<Gate | undefined> {
  const statement = `SELECT ${columns} FROM ticket_gate WHERE ticket_id = $1 FOR KEY SHARE`;
  return (await rows<Gate>(tx, statement, [ticketId]))[0];
}

/** Records an answer of `tickets` in the gate. */
export async function moveGate(
  tx: Sql,
  { ticketId, phase, version, status, requesterId, assigneeId }: Standing,
): Promise<void> {
  await tx.query(
    `UPDATE ticket_gate
     SET phase = $2, version = $3, status = $4, requester_id = $5, assignee_id = $6
     WHERE ticket_id = $1`,
    [ticketId, phase, version, status, requesterId, assigneeId],
  );
}

/**
 * Records an end known from an event: phase and status change, the
 * version waits for an answer.
 */
export async function endGate(
  tx: Sql,
  { ticketId, phase, status }: Pick<Standing, 'ticketId' | 'phase' | 'status'>,
): Promise<void> {
  await tx.query('UPDATE ticket_gate SET phase = $2, status = $3 WHERE ticket_id = $1', [
    ticketId,
    phase,
    status,
  ]);
}

/**
 * Numbers a ticket's credentials from 1 on, each number once.
 * @param tx holds the gate's lock
 */
export async function nextNumber(tx: Sql, ticketId: string): Promise<number> {
  const [gate] = await rows<{ number: number }>(
    tx,
    `UPDATE ticket_gate
     SET last_number = last_number + 1
     WHERE ticket_id = $1
     RETURNING last_number AS number`,
    [ticketId],
  );
  if (gate === undefined) throw new Error('a number is taken from a gate, and there is none');
  return gate.number;
}
