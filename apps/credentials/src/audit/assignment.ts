import { type TicketEvent } from '#contracts';
import { type Sql } from '#postgres';
import { appendToAccessLog, isAssignmentLogged } from '../persistence/access-log.js';

/**
 * Logs who got access to a ticket's credentials, and by whom: self-assignment is not
 * prevented, so it is logged. Once per event, however often it is delivered.
 * @param tx holds the gate's lock, so that of two simultaneous deliveries the second sees
 *   the entry of the first. Without a gate a unique index refuses the second one, which
 *   sees the entry on its retry
 */
export async function logAssignment(tx: Sql, { id, data }: TicketEvent): Promise<void> {
  const { ticketId, assigneeId, actorId = null } = data;
  // During a rolling upgrade, an old replica of `tickets` sends the actor without a role.
  const { actorRole = actorId === null ? 'system' : 'unknown' } = data;
  if (await isAssignmentLogged(tx, ticketId, id)) return;
  const action = assigneeId === null ? 'unassign' : 'assign';
  await appendToAccessLog(tx, ticketId, [
    { actorId, actorRole, action, outcome: 'done', reason: assigneeId, requestId: id },
  ]);
}
