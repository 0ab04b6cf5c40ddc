import { isDeepStrictEqual } from 'node:util';
import { type GateRecord, isEndedPhase, ownHome } from '#contracts';
import { personById } from './person.js';
import { phaseFrom } from './phase.js';
import { revise, type StoredTicket, type Ticket } from './ticket.js';
import { type Transition } from './transition.js';

/**
 * What a gate of `credentials` means for a ticket restored from a backup. `up-to-date`:
 * the ticket lost nothing that the gate knows. `undecided`: the data does not tell
 * whether the ticket ended after the gate's credentials were submitted; an operator must
 * decide.
 */
export type Lift = 'up-to-date' | 'undecided' | Transition;

/**
 * Which of the two holds the later state of the ticket: its gate, or the restored ticket
 * with what people did to it since.
 */
export type Source = 'gate' | 'ticket';

/**
 * Seconds from the restore within which the time of a change does not tell on which side
 * of it that was made: the one was read by an operator, on whatever clock, the other is
 * the database's, and there may have been another database before.
 */
export const margin = 60;

/**
 * Lifts a ticket to at least the state it had. Version and phase never decrease, and the
 * version grows beyond both, since consumers trust the highest one.
 *
 * If the ticket was not changed since the restore, the gate holds a later state of the
 * same history: its status is taken over, and its people too if it has a later version
 * (an event that ends a gate carries no people). Changes made since the restore stay,
 * since people made them; then only the phase is lifted, to the next one with the same
 * parity. Within the margin, both are tried, and have to agree.
 * @param trust where the later state is, as a person has decided; or when the restored
 *   database was first used: then the ticket's last change tells
 */
export function lift(ticket: StoredTicket, gate: GateRecord, trust: Source | Date): Lift {
  if (isUpToDate(ticket, gate)) return 'up-to-date';
  const [one = 'undecided', other = one] = sourcesOf(ticket, trust).map((source) =>
    liftBy(source, ticket, gate),
  );
  return isDeepStrictEqual(one, other) ? one : 'undecided';
}

function sourcesOf({ updatedAt }: StoredTicket, trust: Source | Date): readonly Source[] {
  if (typeof trust === 'string') return [trust];
  const changedAfter = (updatedAt.getTime() - trust.getTime()) / 1000;
  if (Math.abs(changedAfter) <= margin) return ['gate', 'ticket'];
  return [changedAfter < 0 ? 'gate' : 'ticket'];
}

function liftBy(source: Source, ticket: StoredTicket, gate: GateRecord): Lift {
  const isUnchanged = source === 'gate' && gate.phase >= ticket.phase;
  if (!isUnchanged && mayHaveEndedSince(ticket, gate)) return 'undecided';
  const { status, requester, assignee } = isUnchanged ? remembered(ticket, gate) : ticket;
  const phase = phaseFrom(Math.max(ticket.phase, gate.phase), status);
  const version = Math.max(ticket.version, gate.version);
  return {
    ticket: revise({ ...ticket, version }, { status, phase, requester, assignee }),
    previousStatus: ticket.status,
    statusChanged: status !== ticket.status,
    assigneeChanged: assignee?.id !== ticket.assignee?.id,
  };
}

export const isUpToDate = (ticket: Pick<Ticket, 'phase' | 'version'>, gate: GateRecord): boolean =>
  gate.phase <= ticket.phase && gate.version <= ticket.version;

/**
 * Our own closed tickets are never reopened, so this one was closed after
 * everything that a live gate knows.
 */
const isFinal = ({ home, status }: Ticket): boolean => home === ownHome && status === 'closed';

/**
 * The gate's credentials may have been submitted before the ticket ended, or after: since
 * the restore it may have ended, and even been reopened, at phases that the gate had
 * passed already, or at the same one. Only at phase 0 has it never ended.
 */
const mayHaveEndedSince = (ticket: Ticket, gate: GateRecord): boolean =>
  gate.credentials > 0 &&
  gate.phase > 0 &&
  gate.phase >= ticket.phase &&
  !isEndedPhase(gate.phase) &&
  !isFinal(ticket);

function remembered(
  ticket: Ticket,
  gate: GateRecord,
): Pick<Ticket, 'status' | 'requester' | 'assignee'> {
  const status = isFinal(ticket) ? ticket.status : gate.status;
  const { requester, assignee } = ticket;
  if (gate.version <= ticket.version) return { status, requester, assignee };
  return {
    status,
    requester: personById(gate.requesterId, requester),
    assignee: personById(gate.assigneeId, assignee),
  };
}
