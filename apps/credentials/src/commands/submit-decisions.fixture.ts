import { randomBytes } from 'node:crypto';
import { KeyEncryptionKey } from '#envelope';
import { type Remembered } from '#idempotency';
import { type CausedEvent } from '#outbox';
import { thisMoment } from '#waiting';
import { revealPlaintext } from '../custody/reveal-plaintext.js';
import { Vault } from '../custody/vault.js';
import { GrowingChain, type PlacedEntry } from '../domain/growing-chain.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type NewCredential } from '../persistence/summaries.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type SubmitCommand, type SubmitFacts } from './submit-command.js';
import { SubmitDecisions } from './submit-decisions.js';

const at = new Date('2026-12-01T12:00:00.123Z');
const kek = KeyEncryptionKey.fromBytes('01900000-0000-7000-8000-000000000000', randomBytes(32));
const vault = new Vault({ get: () => Promise.resolve(kek) });
export const tickets = ['answered', 'new', 'without-a-gate'];

/** What is stored of the tickets; `live` as it was before any of the commands. */
export interface Tables {
  readonly gates: readonly BatchedGate[];
  readonly live: Readonly<Record<string, number>>;
  readonly keys: readonly Remembered[];
  readonly openRequests: readonly string[];
  readonly credentials: readonly NewCredential[];
  readonly log: readonly PlacedEntry[];
  readonly events: readonly CausedEvent[];
}

export const headOf = ({ log }: Tables, ticketId: string) =>
  log.filter((entry) => entry.ticketId === ticketId).at(-1);

/** @param locked the gates and logs of these tickets, by another transaction */
export function read(tables: Tables, locked: readonly string[]): SubmitFacts {
  const { gates, live, keys, openRequests, credentials } = tables;
  const free = tickets.filter((ticketId) => !locked.includes(ticketId));
  const known = tickets.map((ticketId) => ({
    ticketId,
    hasGate: gates.some((gate) => gate.ticketId === ticketId),
    isLogged: headOf(tables, ticketId) !== undefined,
    live: (live[ticketId] ?? 0) + credentials.filter((one) => one.ticketId === ticketId).length,
    hasOpenRequest: openRequests.includes(ticketId),
  }));
  return {
    mark: undefined,
    gates: new Map(
      gates.filter(({ ticketId }) => free.includes(ticketId)).map((gate) => [gate.ticketId, gate]),
    ),
    chains: new Map(free.map((id) => [id, new GrowingChain(id, headOf(tables, id), at)])),
    tickets: new Map(known.map((ticket) => [ticket.ticketId, ticket])),
    remembered: keys,
    kekId: kek.id,
    at,
  };
}

/** As the statements of a batch do. */
function write(tables: Tables, decisions: SubmitDecisions): Tables {
  const { chains, stored, events, claims, renewed, fulfilled } = decisions;
  const moved = new Map(decisions.gates.map((gate) => [gate.answer.ticketId, gate]));
  const kept = tables.keys.filter(
    ({ isOld, ...key }) =>
      !isOld || !renewed.some((scope) => nameOf({ ticketId: '', ...scope }) === nameOf(key)),
  );
  const claimed = claims.map(({ scope, resourceId }) => {
    return { ticketId: '', ...scope, resourceId, isOld: false };
  });
  return {
    ...tables,
    gates: tables.gates.map((gate) => {
      const { answer, lastNumber } = moved.get(gate.ticketId) ?? {};
      return answer === undefined || lastNumber === undefined
        ? gate
        : { ...gate, phase: answer.phase, version: answer.version, lastNumber };
    }),
    keys: [...kept, ...claimed],
    openRequests: tables.openRequests.filter((ticketId) => !fulfilled.includes(ticketId)),
    credentials: [...tables.credentials, ...stored],
    log: [...tables.log, ...[...chains.values()].flatMap(({ added }) => added)],
    events: [...tables.events, ...events],
  };
}

export const nameOf = ({
  ticketId,
  actorId,
  key,
}: Pick<Remembered, 'ticketId' | 'actorId' | 'key'>) => `${ticketId} ${actorId} ${key}`;

/** The outcome of each command, and what is stored after all of them. */
export function perform(
  tables: Tables,
  commands: readonly SubmitCommand[],
  locked: readonly string[] = [],
) {
  const isStale = ({ version }: LeasedStanding) => version === 99;
  const decisions = new SubmitDecisions(read(tables, locked), vault, kek, isStale);
  const trueAt = thisMoment();
  const outcomes = commands.map((command) => {
    const decision = decisions.decide(command, trueAt);
    if (decision === 'deferred') return decision;
    if ('done' in decision) return decision.done.result;
    const { constructor, message } = decision.failed as Error;
    return `${constructor.name} ${message}`;
  });
  return { outcomes, tables: write(tables, decisions) };
}

/** Without what is random: an id becomes the place of its credential, bytes the text. */
export function shown({
  outcomes,
  tables,
}: {
  outcomes: readonly unknown[];
  tables: Tables;
}): unknown {
  const { credentials, log, events, ...others } = tables;
  const all = {
    outcomes,
    ...others,
    credentials: credentials.map((sealed) => {
      const { ticketId, number, boundPhase, submittedBy, expiresAt } = sealed;
      const username = revealPlaintext(vault.open({ sealed, kek }).username);
      return { ticketId, number, boundPhase, submittedBy, expiresAt, username };
    }),
    log: tickets.map((id) =>
      log
        .filter(({ ticketId }) => ticketId === id)
        .map(({ seq, entry: { credentialId, requestId } }) => ({ seq, credentialId, requestId })),
    ),
    events: events.map(({ event, headers }) => ({ event: { ...event, id: '' }, headers })),
  };
  const text = credentials.reduce(
    (json, { id, ticketId, number }) => json.replaceAll(id, `${ticketId} ${number}`),
    JSON.stringify(all),
  );
  return JSON.parse(text);
}
