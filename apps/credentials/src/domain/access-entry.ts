import { type TicketAction } from '#access';

/**
 * Calls that are logged, and as what: done, refused and failed. Reading summaries is not
 * among them.
 */
export const loggedAs = {
  'credential.submit': 'submit',
  'credential.reveal': 'reveal',
  'credential.edit': 'edit',
  'credential.delete': 'delete',
  'request.create': 'request',
  'request.delete': 'withdraw-request',
} as const satisfies Partial<Record<TicketAction, string>>;

export type LoggedCall = keyof typeof loggedAs;

export const isLogged = (action: TicketAction): action is LoggedCall =>
  Object.hasOwn(loggedAs, action);

/** `failed`: by a fault of the system. */
export type LoggedOutcome = 'done' | 'refused' | 'failed';

/**
 * One line of a ticket's access log, before it has a place in the chain.
 * Never a secret, nor its length.
 */
export interface AccessEntry {
  /** Null for an expiry, an end, or another home. */
  readonly actorId: string | null;
  readonly actorName?: string | undefined;
  /**
   * The roles of a person's token, or `system`, or `operator`; `unknown` where an older
   * release sent a person without them.
   */
  readonly actorRole: string;
  /**
   * That of a call; `destroy`: a credential was destroyed; `assign`, `unassign`: another
   * agent, or none, may act on the ticket.
   */
  readonly action: string;
  /** Null where the entry concerns none, or all of the ticket's. */
  readonly credentialId?: string | null;
  readonly outcome: LoggedOutcome;
  /** Of a reveal, a destruction or a refusal; of an assignment the new assignee. */
  readonly reason?: string | null | undefined;
  /** The request; of an assignment the event; of an operator's order the run. */
  readonly requestId?: string | null;
  readonly address?: string | null;
}
