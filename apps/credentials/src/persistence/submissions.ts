import { type Statement, statement } from '#postgres';
import { unexpired } from './credentials.js';

/** What this database has of a ticket to which credentials are submitted. */
export interface SubmissionFacts {
  readonly ticketId: string;
  readonly hasGate: boolean;
  /** Whether its access log has begun. */
  readonly isLogged: boolean;
  /** How many live credentials it has. */
  readonly live: number;
  readonly hasOpenRequest: boolean;
}

/** To be read after the locks were taken: until then it may change. */
export const submissionFacts = (ticketIds: readonly string[]): Statement<SubmissionFacts> =>
  statement(
    `SELECT of_ticket AS "ticketId",
       EXISTS (SELECT FROM ticket_gate WHERE ticket_id = of_ticket) AS "hasGate",
       EXISTS (SELECT FROM access_log_head WHERE ticket_id = of_ticket) AS "isLogged",
       (
         SELECT count(*)::int FROM credential WHERE ticket_id = of_ticket AND ${unexpired}
       ) AS live,
       EXISTS (
         SELECT FROM credential_request WHERE ticket_id = of_ticket AND fulfilled_at IS NULL
       ) AS "hasOpenRequest"
     FROM unnest($1::text[]) AS asked (of_ticket)`,
    [ticketIds],
  );
