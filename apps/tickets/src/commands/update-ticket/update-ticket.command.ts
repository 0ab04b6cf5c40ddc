import { type Actor } from '#identity';

export interface UpdateTicket {
  readonly ticketId: string;
  readonly actor: Actor;
  /** The unparsed body: 403 depends on the ticket's status under the lock and comes before 422, so the handler validates it. */
  readonly body: unknown;
  /** Whether the caller's `If-Match` names this version; undefined where every version may be changed. */
  readonly matches: ((version: number) => boolean) | undefined;
}
