import { type Actor } from '#identity';

export interface UpdateTicket {
  readonly ticketId: string;
  readonly actor: Actor;
  /** As it was sent: who may send it depends on the ticket's status (403), and only then counts whether it is valid (422). */
  readonly body: unknown;
  /** Whether the caller's `If-Match` names this version; undefined where every version may be changed. */
  readonly matches: ((version: number) => boolean) | undefined;
}
