import { type TicketStatus } from '#contracts';
import { type Statement, statement } from '#postgres';
import { type DestroyedCredential } from './destruction.js';

/** A stored credential, with what its destruction records. */
export interface CredentialToDestroy extends DestroyedCredential {
  readonly ticketId: string;
}

/**
 * All credentials of these tickets. The gates are locked, so other transactions may
 * delete some meanwhile, but add none.
 */
export const storedUnder = (ticketIds: readonly string[]): Statement<CredentialToDestroy> =>
  statement(
    `SELECT ticket_id AS "ticketId", id, kek_id AS "kekId", expires_at AS "expiresAt"
     FROM credential
     WHERE ticket_id = ANY($1)
     ORDER BY ticket_id, number`,
    [ticketIds],
  );

export const deleting = (credentials: readonly CredentialToDestroy[]): Statement =>
  statement(
    `DELETE FROM credential
     USING unnest($1::text[], $2::uuid[]) AS destroyed (ticket_id, id)
     WHERE credential.ticket_id = destroyed.ticket_id
       AND credential.id = destroyed.id`,
    [credentials.map(({ ticketId }) => ticketId), credentials.map(({ id }) => id)],
  );

/** An end that an event has reported. */
export interface ReportedEnd {
  readonly ticketId: string;
  readonly phase: number;
  readonly status: TicketStatus;
}

/** Sets phase and status. The version is set by the next answer of `tickets`. */
export const endingGates = (ends: readonly ReportedEnd[]): Statement =>
  statement(
    `UPDATE ticket_gate
     SET phase = ended.phase, status = ended.status
     FROM unnest($1::text[], $2::int[], $3::text[]) AS ended (ticket_id, phase, status)
     WHERE ticket_gate.ticket_id = ended.ticket_id`,
    [
      ends.map(({ ticketId }) => ticketId),
      ends.map(({ phase }) => String(phase)),
      ends.map(({ status }) => status),
    ],
  );
