import { type TicketEvent } from '#contracts';
import { rows, type Sql } from '#postgres';
import { appendToAccessLog } from './access-log.js';

const isLogged = async (tx: Sql, ticketId: string, eventId: string): Promise<boolean> => {
  const statement = `SELECT FROM access_log WHERE ticket_id = $1 AND request_id = $2 AND action IN ('assign', 'unassign')`;
  return (await rows(tx, statement, [ticketId, eventId])).length > 0;
};

/**
 * Writes down who was let at a ticket's credentials, and by whom: an agent may take a ticket, so that is a log and not a wall. Once for
 * each event, however often it comes.
 * @param tx holds the gate's lock, so that of two deliveries at once the second one sees the entry of the first; where there is no gate
 *   yet, a unique index refuses the second one, which sees it when it is tried again
 */
export async function logAssignment(tx: Sql, { id, data }: TicketEvent): Promise<void> {
  const { ticketId, assigneeId, actorId = null } = data;
  // During a rolling upgrade, a replica of `tickets` that is still old tells who it was, but not in which role.
  const { actorRole = actorId === null ? 'system' : 'unknown' } = data;
  if (await isLogged(tx, ticketId, id)) return;
  const action = assigneeId === null ? 'unassign' : 'assign';
  await appendToAccessLog(tx, ticketId, [{ actorId, actorRole, action, outcome: 'done', reason: assigneeId, requestId: id }]);
}
