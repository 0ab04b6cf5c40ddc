import { type Actor } from '#identity';

export interface UpdateTicket {
  readonly ticketId: string;
  readonly actor: Actor;
  /**
   * The body, not validated yet: 403 comes before 422 and depends on the ticket's status
   * under the lock (docs/adr/0002).
   */
  readonly body: unknown;
  /**
   * Whether the caller's `If-Match` names this version; undefined where
   * every version may be changed.
   */
  readonly matches: ((version: number) => boolean) | undefined;
}
