import { type CredentialSummaryResponse } from '#contracts';
import { type IdempotencyScope, type Remembered } from '#idempotency';
import { type CausedEvent } from '#outbox';
import { type Caller } from '../audit/caller.js';
import { type Secret } from '../custody/vault.js';
import { type ObservedMark } from '../domain/database-mark.js';
import { type GrowingChain } from '../domain/growing-chain.js';
import { submitRoute } from '../persistence/first-notes.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type SubmissionFacts } from '../persistence/submissions.js';
import { type Permission } from './at-the-gate.js';

export interface SubmitCommand extends Permission {
  readonly ticketId: string;
  readonly caller: Caller;
  readonly secret: Secret;
  /** Seconds until it expires. */
  readonly lifetime: number;
  readonly idempotencyKey: string | undefined;
  /** The trace of the request, for its event. */
  readonly headers: CausedEvent['headers'];
}

/** `repeats`: its key was used before, for that credential, and nothing was stored. */
export type Submitted =
  { readonly summary: CredentialSummaryResponse } | { readonly repeats: string };

/**
 * What the batch has locked and read. Where it skips locks, rows that another transaction
 * has locked are missing.
 */
export interface SubmitFacts {
  readonly mark: ObservedMark | undefined;
  readonly gates: ReadonlyMap<string, BatchedGate>;
  readonly chains: ReadonlyMap<string, GrowingChain>;
  readonly tickets: ReadonlyMap<string, SubmissionFacts>;
  readonly remembered: readonly Remembered[];
  readonly kekId: string;
  readonly at: Date;
}

export const scopeOf = ({
  caller,
  ticketId,
  idempotencyKey: key,
}: Pick<SubmitCommand, 'caller' | 'ticketId' | 'idempotencyKey'>): IdempotencyScope | undefined =>
  key === undefined ? undefined : { actorId: caller.actor.id, route: submitRoute, ticketId, key };
