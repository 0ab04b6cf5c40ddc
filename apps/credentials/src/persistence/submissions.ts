import { type Statement } from '#postgres';
import { unexpired } from './credentials.js';
import { exists, type TicketFacts, ticketFacts } from './ticket-facts.js';

/** What this database has of a ticket to which credentials are submitted. */
export interface SubmissionFacts extends TicketFacts {
  /** How many live credentials it has. */
  readonly live: number;
  readonly hasOpenRequest: boolean;
}

export const submissionFacts = (ticketIds: readonly string[]): Statement<SubmissionFacts> =>
  ticketFacts<SubmissionFacts>(
    ticketIds,
    `(
       SELECT count(*)::int FROM credential WHERE ticket_id = of_ticket AND ${unexpired}
     ) AS live,
     ${exists('credential_request WHERE ticket_id = of_ticket AND fulfilled_at IS NULL')}
       AS "hasOpenRequest"`,
  );
