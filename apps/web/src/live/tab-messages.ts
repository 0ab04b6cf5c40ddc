import { type StreamEvent } from './event-stream.js';

/** Between the tabs that share a stream. Never a token, nor a secret. */
export type TabMessage = LeaderMessageOfTerm | MemberMessage;

/** Each new leader's term is greater than all before it. */
export type LeaderMessageOfTerm = LeaderMessage & { readonly term: number };

export type LeaderMessage =
  /** A new leader asks who wants which ticket; events before this may be missed. */
  | { readonly kind: 'ask' }
  /** There is no stream from now on; `isLasting` if that may take a while. */
  | { readonly kind: 'lost'; readonly isLasting: boolean }
  /** The stream is full, and this ticket is not among those of it. */
  | { readonly kind: 'left-out'; readonly ticketId: string }
  /** The answer to a `ping`. */
  | { readonly kind: 'here' }
  /** As the stream delivered it. */
  | { readonly kind: 'event'; readonly event: StreamEvent };

export type MemberMessage =
  | { readonly kind: 'want'; readonly from: string; readonly ticketId: string }
  | { readonly kind: 'gone'; readonly from: string }
  | { readonly kind: 'ping' };

/** The ticket that an event is about. */
export const ticketOf = ({ data }: StreamEvent): unknown =>
  (data as { ticketId?: unknown } | null)?.ticketId;

/**
 * Whether it says what became of a subscription: `sync`, from now on the ticket's events
 * follow; `refused`, this person may not have them.
 */
export const isSubscriptionResult = ({ type }: StreamEvent): boolean =>
  type === 'sync' || type === 'refused';
