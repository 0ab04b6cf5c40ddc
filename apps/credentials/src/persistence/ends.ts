import { type TicketStatus } from '#contracts';
import { type Statement, statement } from '#postgres';
import { type DestroyedCredential } from './destruction.js';

/** What is known of a ticket that `tickets` says something about. */
export interface EndFacts {
  readonly ticketId: string;
  readonly hasGate: boolean;
  /** Whether its access log has begun. */
  readonly isLogged: boolean;
}

/** After the locks have been taken, so that it is true of what they hold. */
export const endFacts = (ticketIds: readonly string[]): Statement<EndFacts> =>
  statement(
    `SELECT of_ticket AS "ticketId",
       EXISTS (SELECT FROM ticket_gate WHERE ticket_id = of_ticket) AS "hasGate",
       EXISTS (SELECT FROM access_log_head WHERE ticket_id = of_ticket) AS "isLogged"
     FROM unnest($1::text[]) AS asked (of_ticket)`,
    [ticketIds],
  );

/** A stored credential, as its destruction will name it. */
export interface CredentialToDestroy extends DestroyedCredential {
  readonly ticketId: string;
}

/**
 * All that is stored under these tickets, whose gates are locked: it can only be deleted.
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

/** An end that an event has told. */
export interface ReportedEnd {
  readonly ticketId: string;
  readonly phase: number;
  readonly status: TicketStatus;
}

/** Phase and status change; the version waits for an answer. */
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
