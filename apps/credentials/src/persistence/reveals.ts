import { type LockWait, type Statement, statement } from '#postgres';
import { sealedColumns, type StoredCredential, unexpired } from './credentials.js';
import { type CredentialPlace } from './wrapped-keys.js';

/** All of a ticket's credentials, or one of them. */
export interface WantedCredentials {
  readonly ticketId: string;
  readonly id: string | null;
}

/**
 * Locks the credentials to be revealed, by ticket and number, and reads them, still
 * sealed. Expired ones are left out; the expiry is checked again after a wait for a row
 * that was changed. What expires later is logged, and left out when it would be shown.
 */
export const takenForReveal = (
  wanted: readonly WantedCredentials[],
  lockWait: LockWait,
): Statement<StoredCredential> =>
  statement(
    `SELECT ${sealedColumns}
     FROM credential
     JOIN unnest($1::text[], $2::uuid[]) AS wanted (of_ticket, of_id)
       ON ticket_id = of_ticket AND (of_id IS NULL OR id = of_id)
     WHERE ${unexpired}
     ORDER BY ticket_id, number
     FOR NO KEY UPDATE OF credential ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}`,
    [wanted.map(({ ticketId }) => ticketId), wanted.map(({ id }) => id)],
  );

/**
 * What has not expired of these tickets' credentials, locked or not. To be read after the
 * locks were taken: what was not locked then, another transaction has locked.
 */
export const presentCredentials = (ticketIds: readonly string[]): Statement<CredentialPlace> =>
  statement(
    `SELECT ticket_id AS "ticketId", id
     FROM credential
     WHERE ticket_id = ANY($1)
       AND ${unexpired}`,
    [ticketIds],
  );

/** How often a batch reveals a credential, and who was the last to reveal it. */
export interface RevealCount {
  readonly ticketId: string;
  readonly id: string;
  readonly times: number;
  readonly by: string;
  readonly byName: string | null;
  /** The time of the access-log entry. */
  readonly at: Date;
}

/** From arrays: of JSON the planner would expect a hundred rows, and read the table. */
export const countingReveals = (counts: readonly RevealCount[]): Statement =>
  statement(
    `UPDATE credential
     SET reveals = reveals + times, last_revealed_at = at,
       last_revealed_by = by, last_revealed_by_name = by_name
     FROM unnest($1::text[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::timestamptz[])
       AS counted (of_ticket, of_id, times, by, by_name, at)
     WHERE ticket_id = of_ticket
       AND id = of_id`,
    [
      counts.map(({ ticketId }) => ticketId),
      counts.map(({ id }) => id),
      counts.map(({ times }) => String(times)),
      counts.map(({ by }) => by),
      counts.map(({ byName }) => byName),
      counts.map(({ at }) => at.toISOString()),
    ],
  );
