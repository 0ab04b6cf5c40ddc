/** The vocabulary of docs/contract.md, "Words". */
export const ticketStatuses = ['open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];
export const isStatus = (value: unknown): value is TicketStatus =>
  ticketStatuses.some((status) => status === value);

/** `resolved` and `closed` are ended; the others are live. */
export const isEnded = (status: TicketStatus): boolean =>
  status === 'resolved' || status === 'closed';

/** A phase is even while the ticket is live and odd while it is ended. */
export const isEndedPhase = (phase: number): boolean => phase % 2 === 1;

export const roles = ['customer', 'agent', 'admin', 'service'] as const;
export type Role = (typeof roles)[number];

/** The roles of a token as one word, sorted: `admin+agent`. */
export const joinRoles = (roles: ReadonlySet<Role>): string => [...roles].sort().join('+');

/**
 * The home of our own tickets; another home is the CloudEvents `source` of the service
 * that owns the ticket's status.
 */
export const ownHome = '/tickets';
