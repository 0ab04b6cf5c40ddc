import { type Actor } from '#identity';

export interface UpdateTicket {
  readonly ticketId: string;
  readonly actor: Actor;
  /** As it was sent: who may send it depends on the ticket's status (403), and only then counts whether it is valid (422). */
  readonly body: unknown;
  /** Whether the caller's `If-Match` allows a change of this version. */
  readonly matches: (version: number) => boolean;
}
