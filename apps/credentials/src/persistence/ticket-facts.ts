import { type Statement, statement } from '#postgres';

/** What this database has of a ticket, whoever has locked it. */
export interface TicketFacts {
  readonly ticketId: string;
  readonly hasGate: boolean;
  /** Whether its access log has begun. */
  readonly isLogged: boolean;
}

/**
 * To be read after the locks were taken: until then it may change. What there is, and was
 * not locked, another transaction has locked.
 * @param columns further ones, of the ticket `of_ticket`
 */
export const ticketFacts = <Facts extends TicketFacts = TicketFacts>(
  ticketIds: readonly string[],
  columns = '',
): Statement<Facts> =>
  statement(
    `SELECT of_ticket AS "ticketId",
       EXISTS (SELECT FROM ticket_gate WHERE ticket_id = of_ticket) AS "hasGate",
       EXISTS (SELECT FROM access_log_head WHERE ticket_id = of_ticket) AS "isLogged"
       ${columns && `, ${columns}`}
     FROM unnest($1::text[]) AS asked (of_ticket)`,
    [ticketIds],
  );
