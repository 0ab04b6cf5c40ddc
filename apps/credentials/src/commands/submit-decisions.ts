import { v7 as uuidv7 } from 'uuid';
import { credentialActionEvent } from '#contracts';
import { type Claimed, type IdempotencyScope, type Remembered } from '#idempotency';
import { type CausedEvent } from '#outbox';
import { type Moment } from '#waiting';
import { doneBy } from '../audit/caller.js';
import { type HeldSecret, type Vault } from '../custody/vault.js';
import { requireRoomForOne } from '../domain/credential-quota.js';
import { type GateState, mergeAnswer } from '../domain/gate.js';
import { type GrowingChain } from '../domain/growing-chain.js';
import { type SubmittedGate } from '../persistence/gates.js';
import { type NewCredential, summaryOfNew } from '../persistence/summaries.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { AskAgain, GateCrossed, type Permission } from './at-the-gate.js';
import { type Decision } from './batches.js';
import { type Passed } from './while-live.js';
import { scopeOf, type SubmitCommand, type SubmitFacts, type Submitted } from './submit-command.js';

/** A ticket after the commands of the batch that were decided so far. */
interface TicketState {
  readonly chain: GrowingChain;
  readonly hasOpenRequest: boolean;
  gate: GateState;
  answer: LeasedStanding | undefined;
  lastNumber: number;
  live: number;
}

/**
 * Decides one submission after the other, seals what may be stored, and collects what is
 * to be written.
 */
export class SubmitDecisions {
  readonly stored: NewCredential[] = [];
  readonly events: CausedEvent[] = [];
  readonly claims: Claimed[] = [];
  private readonly states = new Map<string, TicketState>();
  private readonly keys: Map<string, string>;

  constructor(
    private readonly facts: SubmitFacts,
    private readonly vault: Vault,
    private readonly kek: HeldSecret['kek'],
    private readonly isStale: (answer: LeasedStanding) => boolean,
  ) {
    this.keys = new Map(
      facts.remembered.filter(({ isOld }) => !isOld).map((one) => [nameOf(one), one.resourceId]),
    );
  }

  get chains(): ReadonlyMap<string, GrowingChain> {
    return this.facts.chains;
  }

  get gates(): SubmittedGate[] {
    return [...this.states.values()].flatMap(({ answer, lastNumber }) =>
      answer === undefined ? [] : [{ answer, lastNumber }],
    );
  }

  /** Tickets whose open request is fulfilled. */
  get fulfilled(): string[] {
    return [...this.states].flatMap(([ticketId, { answer, hasOpenRequest }]) =>
      answer !== undefined && hasOpenRequest ? [ticketId] : [],
    );
  }

  /** Keys older than 24 hours that are used again: their old rows are deleted first. */
  get renewed(): IdempotencyScope[] {
    const old = new Set(this.facts.remembered.filter(({ isOld }) => isOld).map(nameOf));
    return this.claims
      .map(({ scope }) => scope)
      .filter((scope) => old.has(nameOf({ ticketId: '', ...scope })));
  }

  decide(command: SubmitCommand, trueAt: Moment): Decision<Passed<Submitted>> {
    const state = this.stateOf(command.ticketId);
    if (state === 'deferred') return 'deferred';
    try {
      const { answer } = command;
      if (state === undefined) throw new AskAgain();
      requireMergeable(state.gate, command);
      if (this.isStale(answer)) throw new AskAgain();
      const result = this.submit(command, state);
      return { done: { result, answer, trueAt } };
    } catch (failed) {
      return { failed };
    }
  }

  /** @returns undefined where the ticket has no gate yet */
  private stateOf(ticketId: string): TicketState | 'deferred' | undefined {
    const known = this.states.get(ticketId);
    if (known !== undefined) return known;
    const { gates, chains, tickets } = this.facts;
    const [gate, chain, ticket] = [
      gates.get(ticketId),
      chains.get(ticketId),
      tickets.get(ticketId),
    ];
    if (ticket?.hasGate === false) return undefined;
    if (gate === undefined || chain === undefined || ticket === undefined) return 'deferred';
    const { live, hasOpenRequest } = ticket;
    const { lastNumber } = gate;
    const state = { chain, hasOpenRequest, gate, answer: undefined, lastNumber, live };
    this.states.set(ticketId, state);
    return state;
  }

  private submit(command: SubmitCommand, state: TicketState): Submitted {
    const scope = scopeOf(command);
    const first = scope && this.keys.get(nameOf({ ticketId: '', ...scope }));
    if (first !== undefined) return { repeats: first };
    requireRoomForOne(state.live);
    const credential = this.seal(command, uuidv7(), state.lastNumber + 1);
    this.write(command, credential, state);
    if (scope !== undefined) {
      this.keys.set(nameOf({ ticketId: '', ...scope }), credential.id);
      this.claims.push({ scope, resourceId: credential.id });
    }
    return { summary: summaryOfNew(credential) };
  }

  private seal(
    { ticketId, answer, caller: { actor }, secret, lifetime }: SubmitCommand,
    id: string,
    number: number,
  ): NewCredential {
    const { at } = this.facts;
    return {
      boundPhase: answer.phase,
      number,
      submittedBy: actor.id,
      submittedByName: actor.name ?? null,
      submittedAt: at,
      expiresAt: new Date(at.getTime() + lifetime * 1000),
      hasLink: secret.link !== null,
      ...this.vault.seal({ ticketId, id }, this.kek, secret),
    };
  }

  private write(
    { ticketId, answer, caller, headers }: SubmitCommand,
    credential: NewCredential,
    state: TicketState,
  ): void {
    const { id, number } = credential;
    const { at } = state.chain.add([{ ...doneBy(caller, 'credential.submit'), credentialId: id }]);
    state.gate = state.answer = answer;
    state.lastNumber = number;
    state.live += 1;
    this.stored.push(credential);
    const data = { ticketId, credentialId: id, actorId: caller.actor.id };
    this.events.push({ event: credentialActionEvent('credential.submitted', data, at), headers });
  }
}

/**
 * A gate without a phase may be younger than the question to `tickets`: an end between
 * the gate and the question would have left no trace. A gate with a phase existed before
 * the answer that gave it that phase, so every later end has reached it, or will.
 * @throws AskAgain.
 * @throws GateCrossed where something has to be destroyed first
 */
function requireMergeable(gate: GateState, { answer, isGateOlder }: Permission): void {
  const merge = mergeAnswer(gate, answer);
  if (merge === 'regressed' || (gate.phase < 0 && !isGateOlder)) throw new AskAgain();
  if (merge === 'crossed') throw new GateCrossed();
}

const nameOf = ({ ticketId, actorId, key }: Pick<Remembered, 'ticketId' | 'actorId' | 'key'>) =>
  JSON.stringify([ticketId, actorId, key]);
