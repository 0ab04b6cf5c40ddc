import { type Statement, statement } from '#postgres';

/** What this database has of a ticket, whoever has locked it. */
export interface TicketFacts {
  readonly ticketId: string;
  readonly hasGate: boolean;
  /** Whether its access log has begun. */
  readonly isLogged: boolean;
}

/**
 * As EXISTS, for which the server might read the whole table into memory, and keep a plan
 * for that.
 */
export const exists = (rows: string): string => `(SELECT true FROM ${rows} LIMIT 1) IS NOT NULL`;

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
       ${exists('ticket_gate WHERE ticket_id = of_ticket')} AS "hasGate",
       ${exists('access_log_head WHERE ticket_id = of_ticket')} AS "isLogged"
       ${columns && `, ${columns}`}
     FROM unnest($1::text[]) AS asked (of_ticket)`,
    [ticketIds],
  );
