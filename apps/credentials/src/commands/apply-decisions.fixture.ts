import { type CausedEvent } from '#outbox';
import { GrowingChain, type PlacedEntry } from '../domain/growing-chain.js';
import { type CredentialToDestroy } from '../persistence/ends.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type NewReceipt } from '../persistence/receipts.js';
import { type ApplyCommand, ApplyDecisions, type ApplyFacts } from './apply-decisions.js';

export const at = new Date('2026-12-01T12:00:00.123Z');
export const tickets = ['live', 'other', 'new', 'without-a-gate'];

/** A row of its gate with the standing that it knows. */
export type GateRow = BatchedGate & { readonly status: string; readonly assigneeId: string | null };
type CredentialRow = CredentialToDestroy & { readonly boundPhase: number };

/** What is stored of the tickets. */
export interface Tables {
  readonly gates: readonly GateRow[];
  readonly credentials: readonly CredentialRow[];
  readonly log: readonly PlacedEntry[];
  readonly receipts: readonly NewReceipt[];
  readonly events: readonly CausedEvent[];
}

export const logOf = ({ log }: Tables, ticketId: string) =>
  log.filter((entry) => entry.ticketId === ticketId);

/** @param locked the gates and logs of these tickets, by another transaction */
function read(tables: Tables, locked: readonly string[]): ApplyFacts {
  const { gates, credentials, log } = tables;
  const free = tickets.filter((ticketId) => !locked.includes(ticketId));
  const chains = free.map((id) => new GrowingChain(id, logOf(tables, id).at(-1), at));
  return {
    gates: new Map(
      gates.filter(({ ticketId }) => free.includes(ticketId)).map((gate) => [gate.ticketId, gate]),
    ),
    chains: new Map(chains.map((chain) => [chain.ticketId, chain])),
    tickets: new Map(
      tickets.map((ticketId) => {
        const hasGate = gates.some((gate) => gate.ticketId === ticketId);
        return [ticketId, { ticketId, hasGate, isLogged: logOf(tables, ticketId).length > 0 }];
      }),
    ),
    stored: credentials,
    logged: log.flatMap(({ entry: { action, requestId } }) =>
      action !== 'destroy' && typeof requestId === 'string' ? [requestId] : [],
    ),
  };
}

/** As the statements of a batch do, in their order; the foreign key is looked at last. */
function write(tables: Tables, decisions: ApplyDecisions): Tables {
  const { toDestroy, chains, receipts, events, moves, ends } = decisions;
  const moved = new Map(
    moves.map(({ answer, lastNumber }) => [answer.ticketId, { answer, lastNumber }]),
  );
  const ended = new Map(ends.map((end) => [end.ticketId, end]));
  const gates = tables.gates.map((gate) => {
    const { answer, lastNumber } = moved.get(gate.ticketId) ?? {
      answer: gate,
      lastNumber: gate.lastNumber,
    };
    const { phase, status } = ended.get(gate.ticketId) ?? answer;
    return {
      ...gate,
      phase,
      version: answer.version,
      status,
      assigneeId: answer.assigneeId,
      lastNumber,
    };
  });
  const credentials = tables.credentials.filter((one) => !toDestroy.includes(one));
  for (const { ticketId, boundPhase } of credentials)
    if (gates.find((gate) => gate.ticketId === ticketId)?.phase !== boundPhase)
      throw new Error(`a credential of ${ticketId} is bound to another phase`);
  return {
    gates,
    credentials,
    log: [...tables.log, ...[...chains.values()].flatMap(({ added }) => added)],
    receipts: [...tables.receipts, ...receipts],
    events: [...tables.events, ...events],
  };
}

/** The outcome of each report, and what is stored after all of them. */
export function perform(
  tables: Tables,
  commands: readonly ApplyCommand[],
  locked: readonly string[] = [],
) {
  const decisions = new ApplyDecisions(read(tables, locked));
  const outcomes = commands.map((command) => decisions.decide(command));
  return { outcomes, tables: write(tables, decisions) };
}

/** Of `credentials.destroyed`, which is all that a report publishes. */
export const dataOf = (event: CausedEvent['event']) =>
  (event as unknown as { readonly data: { readonly credentialIds: readonly string[] } }).data;

/** Without ids that are random, and by ticket, whose logs do not know of each other. */
export const shown = ({ outcomes, tables }: { outcomes: readonly unknown[]; tables: Tables }) => ({
  outcomes,
  ...tables,
  log: tickets.map((ticketId) => logOf(tables, ticketId)),
  receipts: tables.receipts.map((receipt) => ({ ...receipt, id: '' })),
  events: tables.events.map(({ event, headers }) => ({
    headers,
    event: { ...event, id: '', data: { ...dataOf(event), receiptId: '' } },
  })),
});
