import { credentialActionEvent } from '#contracts';
import { type CausedEvent } from '#outbox';
import { Problem } from '#problem';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type Caller, doneBy } from '../audit/caller.js';
import { type HeldSecret } from '../custody/vault.js';
import { type ObservedMark } from '../domain/database-mark.js';
import { type GrowingChain } from '../domain/growing-chain.js';
import { type StoredCredential } from '../persistence/credentials.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type RevealCount } from '../persistence/reveals.js';
import { type TicketFacts } from '../persistence/ticket-facts.js';
import { type CredentialPlace } from '../persistence/wrapped-keys.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { AskAgain, requireSame } from './at-the-gate.js';
import { type Decision } from './batches.js';
import { type Passed } from './while-live.js';

export interface RevealCommand {
  readonly ticketId: string;
  readonly caller: Caller;
  /** The standing that permits it. */
  readonly answer: LeasedStanding;
  /** One of the ticket's credentials, or null for all. */
  readonly credentialId: string | null;
  readonly reason: string | null;
  /** The trace of the request, for its events. */
  readonly headers: CausedEvent['headers'];
}

/** Not decrypted yet, but with all that decrypting needs. */
export interface Taken {
  readonly credential: StoredCredential;
  readonly kek: HeldSecret['kek'];
  /** How long it may be shown: so many milliseconds from a moment of this process. */
  readonly time: { readonly from: Moment; readonly ms: number };
}

/** To be asked last of all, since no lock keeps a credential from expiring. */
export const hasExpired = ({ time: { from, ms } }: Taken): boolean => elapsedSince(from) >= ms;

/**
 * The key of a credential, or why it cannot be had; undefined where the batch would have
 * to wait for it.
 */
export type Held = { readonly kek: HeldSecret['kek'] } | { readonly failed: unknown } | undefined;

/**
 * What the batch has locked and read. Where it skips locks, rows that another transaction
 * has locked are missing.
 */
export interface RevealFacts {
  readonly mark: ObservedMark | undefined;
  readonly gates: ReadonlyMap<string, BatchedGate>;
  readonly chains: ReadonlyMap<string, GrowingChain>;
  /** Of those whose gate or log was not locked. */
  readonly tickets: ReadonlyMap<string, TicketFacts>;
  /** By ticket and number. */
  readonly stored: readonly StoredCredential[];
  /** What there is, locked or not. */
  readonly present: readonly CredentialPlace[];
  readonly at: Date;
}

/**
 * Decides one reveal after the other, and collects what is to be written for those that
 * are permitted.
 */
export class RevealDecisions {
  readonly events: CausedEvent[] = [];
  private readonly counted = new Map<string, RevealCount>();
  private readonly locked: ReadonlySet<string>;
  private readonly deferred = new Set<string>();

  constructor(
    private readonly facts: RevealFacts,
    private readonly held: ReadonlyMap<StoredCredential, Held>,
    private readonly isStale: (answer: LeasedStanding) => boolean,
  ) {
    this.locked = new Set(facts.stored.map(nameOf));
  }

  get chains(): ReadonlyMap<string, GrowingChain> {
    return this.facts.chains;
  }

  get counts(): RevealCount[] {
    return [...this.counted.values()];
  }

  /** @param begunAt before the facts were read */
  decide(command: RevealCommand, begunAt: Moment): Decision<Passed<Taken[]>> {
    const { answer, ticketId } = command;
    const chain = this.chains.get(ticketId);
    if (chain === undefined || this.mustWait(command)) {
      this.deferred.add(ticketId);
      return 'deferred';
    }
    try {
      requireSame(this.facts.gates.get(ticketId), answer);
      const result = this.take(command, begunAt);
      if (this.isStale(answer)) throw new AskAgain();
      this.write(command, chain, result);
      return { done: { result, answer, trueAt: thisMoment() } };
    } catch (failed) {
      return { failed };
    }
  }

  /** For a lock, for a key, or behind an earlier command of its ticket. */
  private mustWait(command: RevealCommand): boolean {
    const { gates, tickets, present } = this.facts;
    const { ticketId } = command;
    return (
      this.deferred.has(ticketId) ||
      (!gates.has(ticketId) && tickets.get(ticketId)?.hasGate !== false) ||
      present.some((one) => isWanted(one, command) && !this.locked.has(nameOf(one))) ||
      this.wantedBy(command).some((credential) => this.held.get(credential) === undefined)
    );
  }

  private wantedBy(command: RevealCommand): StoredCredential[] {
    return this.facts.stored.filter((one) => isWanted(one, command));
  }

  private take(command: RevealCommand, begunAt: Moment): Taken[] {
    const found = this.wantedBy(command);
    if (command.credentialId !== null && found.length === 0) throw new Problem('not-found');
    return found.map((credential) => {
      const held = this.held.get(credential);
      if (held === undefined || 'failed' in held) throw held?.failed;
      const ms = credential.expiresAt.getTime() - this.facts.at.getTime();
      return { credential, kek: held.kek, time: { from: begunAt, ms } };
    });
  }

  private write(
    { caller, ticketId, reason, headers }: RevealCommand,
    chain: GrowingChain,
    taken: readonly Taken[],
  ): void {
    const entry = { ...doneBy(caller, 'credential.reveal'), reason };
    const ids = taken.map(({ credential: { id } }) => id);
    const { at } = chain.add(
      ids.length === 0 ? [entry] : ids.map((credentialId) => ({ ...entry, credentialId })),
    );
    const { id: by, name = null } = caller.actor;
    for (const id of ids) {
      const key = nameOf({ ticketId, id });
      const times = (this.counted.get(key)?.times ?? 0) + 1;
      this.counted.set(key, { ticketId, id, times, by, byName: name, at });
      const data = { ticketId, credentialId: id, actorId: by };
      this.events.push({ event: credentialActionEvent('credential.revealed', data, at), headers });
    }
  }
}

const nameOf = ({ ticketId, id }: CredentialPlace): string => `${ticketId} ${id}`;

const isWanted = (one: CredentialPlace, { ticketId, credentialId }: RevealCommand): boolean =>
  one.ticketId === ticketId && (credentialId ?? one.id) === one.id;
