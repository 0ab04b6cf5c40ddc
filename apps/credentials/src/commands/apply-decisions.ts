import { type Standing, type TicketEvent } from '#contracts';
import { type CausedEvent } from '#outbox';
import { assignmentEntry } from '../audit/assignment.js';
import { type AnswerMerge, type GateState, mergeAnswer, mergeEvent } from '../domain/gate.js';
import { type GrowingChain } from '../domain/growing-chain.js';
import { type CredentialToDestroy, type ReportedEnd } from '../persistence/ends.js';
import { type BatchedGate, type SubmittedGate } from '../persistence/gates.js';
import { type NewReceipt } from '../persistence/receipts.js';
import { type TicketFacts } from '../persistence/ticket-facts.js';
import { type Cause } from './apply-standing.js';
import { type Decision } from './batches.js';
import { bySystem, recordDestruction } from './destroy.js';

/** What `tickets` says of a ticket: by an event, or by an answer. */
export type ApplyCommand = {
  readonly ticketId: string;
  /** The trace of what caused it, for the events that it causes. */
  readonly headers: CausedEvent['headers'];
} & ({ readonly event: TicketEvent } | { readonly standing: Standing; readonly cause: Cause });

export interface AppliedReport {
  /**
   * What an answer meant for the gate; undefined where there is no gate, since nothing
   * was ever done under the ticket. `ask`: an event after which `tickets` must be asked.
   */
  readonly merge: AnswerMerge | 'ask' | undefined;
  /** How many credentials were destroyed. */
  readonly destroyed: number;
}

/**
 * What the batch has locked and read. Where it skips locks, rows that another transaction
 * has locked are missing.
 */
export interface ApplyFacts {
  readonly gates: ReadonlyMap<string, BatchedGate>;
  readonly chains: ReadonlyMap<string, GrowingChain>;
  readonly tickets: ReadonlyMap<string, TicketFacts>;
  readonly stored: readonly CredentialToDestroy[];
  /** Ids of events whose assignment is in the log. */
  readonly logged: readonly string[];
}

/** A ticket after the commands of the batch that were decided so far. */
interface TicketState {
  readonly chain: GrowingChain;
  /** Undefined where there is none. */
  readonly gate: BatchedGate | undefined;
  state: GateState;
  stored: readonly CredentialToDestroy[];
}

/** Decides one report after the other, and collects what is to be written. */
export class ApplyDecisions {
  readonly toDestroy: CredentialToDestroy[] = [];
  readonly receipts: NewReceipt[] = [];
  readonly events: CausedEvent[] = [];
  private readonly states = new Map<string, TicketState>();
  private readonly moved = new Map<string, SubmittedGate>();
  private readonly ended = new Map<string, ReportedEnd>();
  private readonly logged: Set<string>;

  constructor(private readonly facts: ApplyFacts) {
    this.logged = new Set(facts.logged);
  }

  get chains(): ReadonlyMap<string, GrowingChain> {
    return this.facts.chains;
  }

  get moves(): SubmittedGate[] {
    return [...this.moved.values()];
  }

  /** To be written after the moves. */
  get ends(): ReportedEnd[] {
    return [...this.ended.values()];
  }

  decide(command: ApplyCommand): Decision<AppliedReport> {
    const state = this.stateOf(command.ticketId);
    if (state === undefined) return 'deferred';
    return { done: 'event' in command ? this.event(command, state) : this.answer(command, state) };
  }

  /** @returns undefined where another transaction has locked a row of it */
  private stateOf(ticketId: string): TicketState | undefined {
    const known = this.states.get(ticketId);
    if (known !== undefined) return known;
    const { gates, chains, tickets, stored } = this.facts;
    const [gate, chain] = [gates.get(ticketId), chains.get(ticketId)];
    if (chain === undefined || (gate === undefined && tickets.get(ticketId)?.hasGate !== false))
      return undefined;
    const state = {
      chain,
      gate,
      state: gate ?? { phase: -1, version: 0 },
      stored: stored.filter((one) => one.ticketId === ticketId),
    };
    this.states.set(ticketId, state);
    return state;
  }

  private event(
    { event, headers }: ApplyCommand & { readonly event: TicketEvent },
    ticket: TicketState,
  ): AppliedReport {
    const { id, type, data } = event;
    // Also before anything is submitted: the assignee will be able to read what is
    // submitted later.
    if (type === 'ticket.assigned' && !this.logged.has(id)) {
      this.logged.add(id);
      ticket.chain.add([assignmentEntry(event)]);
    }
    if (ticket.gate === undefined) return noEffect;
    const merge = mergeEvent(ticket.state, data);
    if (merge === 'ask') return { merge, destroyed: 0 };
    if (merge === 'known') return noEffect;
    const cause = { triggerId: id, reason: 'ticket-ended' } as const;
    const destroyed = this.destroyAll(ticket, data, cause, headers);
    ticket.state = { phase: data.phase, version: ticket.state.version };
    this.ended.set(data.ticketId, data);
    return { merge: undefined, destroyed };
  }

  private answer(
    { standing, cause, headers }: ApplyCommand & { readonly standing: Standing; cause: Cause },
    ticket: TicketState,
  ): AppliedReport {
    if (ticket.gate === undefined) return noEffect;
    const merge = mergeAnswer(ticket.state, standing);
    if (merge === 'regressed' || merge === 'unchanged') return { merge, destroyed: 0 };
    const destroyed = merge === 'crossed' ? this.destroyAll(ticket, standing, cause, headers) : 0;
    ticket.state = standing;
    this.moved.set(standing.ticketId, { answer: standing, lastNumber: ticket.gate.lastNumber });
    this.ended.delete(standing.ticketId);
    return { merge, destroyed };
  }

  private destroyAll(
    ticket: TicketState,
    { ticketId, phase }: Pick<Standing, 'ticketId' | 'phase'>,
    cause: Cause,
    headers: CausedEvent['headers'],
  ): number {
    const destroyed = ticket.stored;
    if (destroyed.length === 0) return 0;
    const facts = { ticketId, phase, actor: bySystem, ...cause };
    const { receipt, event } = recordDestruction(facts, destroyed, ticket.chain);
    this.toDestroy.push(...destroyed);
    this.receipts.push(receipt);
    this.events.push({ event, headers });
    ticket.stored = [];
    return destroyed.length;
  }
}

const noEffect: AppliedReport = { merge: undefined, destroyed: 0 };
