import { type StreamEvent } from './event-stream.js';

/** What tabs that share a stream tell each other. Never a token, nor a secret. */
export type Message = FromLeaderOfTerm | FromMember;

/** Each leadership has a greater term than the ones before it. */
export type FromLeaderOfTerm = FromLeader & { readonly term: number };

export type FromLeader =
  /** Who is there? What comes next may have a gap before it. */
  | { readonly kind: 'ask' }
  /** There is no stream from now on; `isLasting` where that may take a while. */
  | { readonly kind: 'lost'; readonly isLasting: boolean }
  /** The stream is about as many tickets as it can be, and this one is not among them. */
  | { readonly kind: 'left-out'; readonly ticketId: string }
  /** The answer to a `ping`. */
  | { readonly kind: 'here' }
  /** As it came by the stream. */
  | { readonly kind: 'event'; readonly event: StreamEvent };

export type FromMember =
  | { readonly kind: 'want'; readonly from: string; readonly ticketId: string }
  | { readonly kind: 'gone'; readonly from: string }
  | { readonly kind: 'ping' };

/** The ticket that an event is about: its data says so. */
export const ticketOf = ({ data }: StreamEvent): unknown =>
  (data as { ticketId?: unknown } | null)?.ticketId;

/**
 * Whether it tells how a ticket stands: what happens to it is told from now on,
 * or is not for this person.
 */
export const isStanding = ({ type }: StreamEvent): boolean => type === 'sync' || type === 'refused';
