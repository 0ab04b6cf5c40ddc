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

/** What decides access to a ticket, at one version of it. `tickets` alone gives it. */
export interface Standing {
  readonly ticketId: string;
  readonly status: TicketStatus;
  /** One more with every change of the ticket. */
  readonly version: number;
  /** Even while live, odd while ended, one more at every crossing. */
  readonly phase: number;
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly home: string;
  /**
   * Its home has said something of it, while it is live, that `tickets` did not
   * understand: perhaps that it has ended.
   */
  readonly doubted?: true;
}

/** Ids made here are UUIDv7; a mirrored ticket's begins with its home's prefix. */
export const ticketIdPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
