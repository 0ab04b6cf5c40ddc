import { type TicketEvent } from '#contracts';
import { type AccessEntry } from '../domain/access-entry.js';

/**
 * Who got access to a ticket's credentials, and by whom: self-assignment is not
 * prevented, so it is logged. Once per event, however often it is delivered.
 */
export function assignmentEntry({ id, data }: TicketEvent): AccessEntry {
  const { assigneeId, actorId = null } = data;
  // During a rolling upgrade, an old replica of `tickets` sends the actor without a role.
  const { actorRole = actorId === null ? 'system' : 'unknown' } = data;
  const action = assigneeId === null ? 'unassign' : 'assign';
  return { actorId, actorRole, action, outcome: 'done', reason: assigneeId, requestId: id };
}
