import { type Standing } from '#contracts';
import {
  type LockWait,
  onPrimary,
  rows,
  send,
  type Sql,
  type Statement,
  statement,
} from '#postgres';
import { type GateState } from '../domain/gate.js';
import { type ObservedMark } from '../domain/database-mark.js';
import { observedMark } from './database-mark.js';

/**
 * What this service knows of a ticket. `phase` is -1 until `tickets` has answered for
 * the first time. `version` is the one of its last answer; events do not move it, since
 * they may be old or forged.
 */
export interface Gate extends GateState {
  /** Of the database that the gate was read from. */
  readonly mark: ObservedMark;
}

const columns = `phase, version, ${observedMark} AS mark`;

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
  await send(tx, shortLockTimeout);
}

export const shortLockTimeout: Statement = statement("SET LOCAL lock_timeout = '2s'");

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

/** A gate of a batch. */
export interface BatchedGate extends Gate {
  readonly ticketId: string;
  /** The highest number that a credential of the ticket was given. */
  readonly lastNumber: number;
}

/** As {@link shareLockGate}, in the order of their ids. */
export const sharedGates = (
  ticketIds: readonly string[],
  lockWait: LockWait,
): Statement<BatchedGate> => lockedBy('FOR KEY SHARE', ticketIds, lockWait);

/** As {@link lockGate}, in the order of their ids. */
export const lockedGates = (
  ticketIds: readonly string[],
  lockWait: LockWait,
): Statement<BatchedGate> => lockedBy('FOR UPDATE', ticketIds, lockWait);

const lockedBy = (
  lock: 'FOR KEY SHARE' | 'FOR UPDATE',
  ticketIds: readonly string[],
  lockWait: LockWait,
): Statement<BatchedGate> =>
  statement(
    `SELECT ticket_id AS "ticketId", last_number AS "lastNumber", ${columns}
     FROM ticket_gate
     WHERE ticket_id = ANY($1)
     ORDER BY ticket_id
     ${lock} ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}`,
    [ticketIds],
  );

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

/** A gate after the commands of a batch. */
export interface SubmittedGate {
  /** The answer of `tickets` that it records. */
  readonly answer: Standing;
  readonly lastNumber: number;
}

/**
 * Records answers of `tickets` in the gates, and the last number given: the credentials
 * of a ticket are numbered from 1 on, each number once.
 */
export const advancingGates = (gates: readonly SubmittedGate[]): Statement =>
  statement(
    `UPDATE ticket_gate
     SET phase = moved.phase, version = moved.version, status = moved.status,
       requester_id = moved.requester_id, assignee_id = moved.assignee_id,
       last_number = moved.last_number
     FROM unnest($1::text[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[])
       AS moved (ticket_id, phase, version, status, requester_id, assignee_id, last_number)
     WHERE ticket_gate.ticket_id = moved.ticket_id`,
    [
      gates.map(({ answer }) => answer.ticketId),
      gates.map(({ answer }) => String(answer.phase)),
      gates.map(({ answer }) => String(answer.version)),
      gates.map(({ answer }) => answer.status),
      gates.map(({ answer }) => answer.requesterId),
      gates.map(({ answer }) => answer.assigneeId),
      gates.map(({ lastNumber }) => String(lastNumber)),
    ],
  );
