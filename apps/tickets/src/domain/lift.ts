import { type GateRecord, isEnded, isEndedPhase, ownHome } from '#contracts';
import { type Person } from './person.js';
import { revise, type Ticket } from './ticket.js';
import { type Transition } from './transition.js';

/**
 * What a gate of `credentials` means to a ticket that was restored from a backup. `level`: nothing was lost that the gate knows of.
 * `undecided`: nobody here can tell whether the ticket ended after what is stored under the gate was shared; a person has to.
 */
export type Lift = 'level' | 'undecided' | Transition;

/**
 * Lifts a ticket to where it was at least. Version and phase never fall, and the version grows beyond both, since whoever listens takes the
 * highest for the truth.
 *
 * Where nobody has changed the ticket since the restore, the gate remembers a later moment of the same history: its status is taken over,
 * and so are its people, if it knows of a later version (an event that ended the gate told no people). What was changed since stands, for
 * people did it, and only the phase is lifted, to the next that says the same.
 * @param restoredAt when the restored database was first used, or earlier: what was changed since was changed by people
 */
export function lift(ticket: Ticket, gate: GateRecord, restoredAt: Date, now: Date): Lift {
  if (isLevel(ticket, gate)) return 'level';
  const isUnchanged = ticket.updatedAt < restoredAt && gate.phase >= ticket.phase;
  if (!isUnchanged && mayHaveEndedSince(ticket, gate)) return 'undecided';
  const { status, requester, assignee } = isUnchanged ? remembered(ticket, gate) : ticket;
  const phase = phaseFrom(Math.max(ticket.phase, gate.phase), isEnded(status));
  const version = Math.max(ticket.version, gate.version);
  return {
    ticket: revise({ ...ticket, version }, { status, phase, requester, assignee }, now),
    previousStatus: ticket.status,
    statusChanged: status !== ticket.status,
    assigneeChanged: assignee?.id !== ticket.assignee?.id,
  };
}

export const isLevel = (ticket: Pick<Ticket, 'phase' | 'version'>, gate: GateRecord): boolean =>
  gate.phase <= ticket.phase && gate.version <= ticket.version;

/** Our own closed ticket was never reopened, so it was closed after everything that a live gate knows of. */
const isFinal = ({ home, status }: Ticket): boolean => home === ownHome && status === 'closed';

/**
 * What is stored under the gate may have been shared before the ticket ended, or after: between the restore and now it may have ended, and
 * been reopened too, at phases that the gate had behind it already, or at the very same. Only at phase 0 it has never ended.
 */
const mayHaveEndedSince = (ticket: Ticket, gate: GateRecord): boolean =>
  gate.credentials > 0 && gate.phase > 0 && gate.phase >= ticket.phase && !isEndedPhase(gate.phase) && !isFinal(ticket);

function remembered(ticket: Ticket, gate: GateRecord): Pick<Ticket, 'status' | 'requester' | 'assignee'> {
  const status = isFinal(ticket) ? ticket.status : gate.status;
  const { requester, assignee } = ticket;
  if (gate.version <= ticket.version) return { status, requester, assignee };
  return { status, requester: person(gate.requesterId, requester), assignee: person(gate.assigneeId, assignee) };
}

/** Gates know no names; the one that is known of the same person stays. */
const person = (id: string | null, known: Person | null): Person | null =>
  id === known?.id ? known : id === null ? null : { id, name: null };

/** The first phase from this one on that is odd if the ticket has ended, and even if it is live. */
const phaseFrom = (phase: number, ended: boolean): number => (isEndedPhase(phase) === ended ? phase : phase + 1);
