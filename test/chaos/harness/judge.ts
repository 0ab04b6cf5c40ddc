import { isEndedPhase } from '#contracts';
import { type Evidence, type Stored } from './evidence.js';
import { type KnownTicket, type Ledger } from './ledger.js';

export interface Judgement {
  /** Tickets in the ledger that are ended. */
  readonly ended: number;
  /** Each in words; none when every promise was kept. */
  readonly lost: readonly string[];
}

/**
 * Decides whether every promise was kept: what was accepted is there, nothing live is
 * under an ended ticket, nothing is gone from under a live one, and every destruction
 * has its receipt and was published.
 */
export function judge(ledger: Ledger, evidence: Evidence): Judgement {
  const floors = new Map(ledger.credentials.map(({ id, floor }) => [id, floor]));
  const lost = [
    ...[...ledger.tickets.values()].map((ticket) => faultOfTicket(ticket, evidence)),
    ...[...floors.keys()].map((id) =>
      evidence.stored.has(id) ? undefined : `credential ${id} was accepted and is not known`,
    ),
    ...[...evidence.stored.values()].map((credential) => {
      const fault =
        ledger.lost.has(credential.ticketId) || ledger.withdrawn.has(credential.id)
          ? faultOfGone(credential, evidence)
          : faultOf(credential, floors.get(credential.id) ?? 0, evidence);
      return fault && `credential ${credential.id} of ${credential.ticketId} ${fault}`;
    }),
  ];
  const ended = [...ledger.tickets.keys()].filter((id) =>
    isEndedPhase(evidence.tickets.get(id)?.phase ?? 0),
  );
  return { ended: ended.length, lost: lost.filter((fault) => fault !== undefined) };
}

function faultOfTicket(
  { id, status, inDoubt }: KnownTicket,
  { tickets }: Evidence,
): string | undefined {
  const truth = tickets.get(id);
  if (truth === undefined) return `ticket ${id} was accepted and is not known`;
  return inDoubt || truth.status === status
    ? undefined
    : `ticket ${id} is ${truth.status} although ${status} was accepted`;
}

/** @param floor the phase that its ticket had, at least, when it was submitted */
function faultOf(
  { id, ticketId, boundPhase }: Stored,
  floor: number,
  { tickets, receipts, published }: Evidence,
): string | undefined {
  const { phase } = tickets.get(ticketId) ?? {};
  if (phase === undefined) return 'belongs to no ticket';
  const [receipt, ...more] = receipts.get(id) ?? [];
  if (boundPhase !== null) return faultOfLive(boundPhase, phase, receipt !== undefined);
  if (receipt === undefined) return 'is gone without a receipt';
  if (more.length > 0) return 'was destroyed more than once';
  if (receipt.phase <= floor || receipt.phase > phase)
    return `was destroyed at ${receipt.phase}, its ticket was live from ${floor} to ${phase}`;
  return published.has(`${receipt.id} ${id}`)
    ? undefined
    : 'was destroyed, and no event was published';
}

/**
 * Nobody knows its ticket any more, or it was taken back, so it must be gone, and by
 * nobody's end: with a receipt, and published.
 */
function faultOfGone(
  { id, boundPhase }: Stored,
  { receipts, published }: Evidence,
): string | undefined {
  const [receipt, ...more] = receipts.get(id) ?? [];
  if (boundPhase !== null) return 'is there, though its ticket is lost, or it was taken back';
  if (receipt === undefined || more.length > 0) return 'is gone, and not with one receipt';
  return published.has(`${receipt.id} ${id}`)
    ? undefined
    : 'was destroyed, and no event was published';
}

function faultOfLive(boundPhase: number, phase: number, hasReceipt: boolean): string | undefined {
  if (hasReceipt) return 'is there, in spite of its receipt';
  if (boundPhase === phase && !isEndedPhase(phase)) return undefined;
  return `has outlived its ticket: bound to ${boundPhase}, which is at ${phase}`;
}
