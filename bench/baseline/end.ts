import { v7 as uuidv7 } from 'uuid';
import { credentialsDestroyedEvent, exchanges, type Standing, ticketEvent } from '#contracts';
import { append } from '#outbox';
import { rows, type Sql } from '#postgres';
import { appendToAccessLog } from '../../apps/credentials/src/persistence/access-log.js';
import { deleteCredentials } from '../../apps/credentials/src/persistence/destruction.js';
import { endGate, lockGate } from '../../apps/credentials/src/persistence/gates.js';
import { insertReceipt } from '../../apps/credentials/src/persistence/receipts.js';
import { type Baseline } from './baseline.js';

const columns = `id, home, subject, description, status, version, phase,
  requester_id AS "requesterId", requester_name AS "requesterName",
  assignee_id AS "assigneeId", assignee_name AS "assigneeName",
  created_at AS "createdAt", updated_at AS "updatedAt"`;
const reason = 'ticket-ended';

/**
 * Resolves a ticket and destroys what is under it, one after the other in one request:
 * there is no event to wait for.
 */
export async function end(
  { tickets, credentials }: Baseline,
  ticketId: string,
  actorId: string,
): Promise<Standing> {
  await tickets.query(`SELECT ${columns} FROM ticket WHERE id = $1`, [ticketId]);
  const standing = await tickets.transaction((tx) => resolve(tx, ticketId, actorId));
  await credentials.transaction((tx) => destroy(tx, standing));
  return standing;
}

async function resolve(tx: Sql, ticketId: string, actorId: string): Promise<Standing> {
  const [ticket] = await rows<Standing>(
    tx,
    `SELECT ${columns} FROM ticket WHERE id = $1 FOR NO KEY UPDATE`,
    [ticketId],
  );
  if (ticket === undefined) throw new Error('the benchmark names tickets that exist');
  const { version, phase, requesterId, assigneeId, home } = ticket;
  const ended = {
    ticketId,
    status: 'resolved' as const,
    version: version + 1,
    phase: phase + 1,
    requesterId,
    assigneeId,
    home,
  };
  const [stored] = await rows<{ at: Date }>(
    tx,
    `UPDATE ticket
     SET status = $1,
       version = $2,
       phase = $3,
       assignee_id = $4,
       assignee_name = NULL,
       updated_at = clock_timestamp()
     WHERE id = $5
     RETURNING updated_at AS at`,
    [ended.status, ended.version, ended.phase, assigneeId, ticketId],
  );
  const data = { ...ended, previousStatus: ticket.status, actorId };
  await append(tx, exchanges.ticket, [
    ticketEvent('ticket.status.changed', data, stored?.at ?? new Date()),
  ]);
  return ended;
}

async function destroy(tx: Sql, standing: Standing): Promise<void> {
  const { ticketId, phase } = standing;
  await lockGate(tx, ticketId);
  const destroyed = await deleteCredentials(tx, ticketId, 'all');
  const credentialIds = destroyed.map(({ id }) => id);
  const entry = {
    actorId: null,
    actorRole: 'system',
    action: 'destroy',
    outcome: 'done' as const,
    reason,
  };
  const head = await appendToAccessLog(
    tx,
    ticketId,
    credentialIds.map((id) => ({ ...entry, credentialId: id })),
  );
  const receiptId = await insertReceipt(tx, {
    ticketId,
    reason,
    phase,
    triggerId: uuidv7(),
    destroyed,
    head,
  });
  await append(tx, exchanges.credential, [
    credentialsDestroyedEvent({ ticketId, phase, reason, credentialIds, receiptId }, head.at),
  ]);
  await endGate(tx, standing);
}
