/** Durable topic exchanges; the routing key is the event's `type`. */
export const exchanges = {
  /**
   * Events of other internal services that are the home of their own
   * tickets. Consumed by `tickets`.
   */
  helpdesk: 'helpdesk.events',
  /** Published by `tickets` alone. */
  ticket: 'ticket.events',
  /**
   * A best-effort copy of `ticket.events`, for live streams:
   * docs/adr/0010-news-beside-events.md.
   */
  ticketNews: 'ticket.news',
  /**
   * Published by `credentials` alone. `tickets` remembers what was destroyed:
   * docs/adr/0014-a-restored-credentials-database.md.
   */
  credential: 'credential.events',
} as const;

/** Names carry a version, since the arguments of a declared queue cannot change. */
export const queues = {
  credentialsTicketEvents: 'credentials.ticket-events.v1',
  ticketsHelpdeskEvents: 'tickets.helpdesk-events.v1',
  ticketsCredentialEvents: 'tickets.credential-events.v1',
} as const;
