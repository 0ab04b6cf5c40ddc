import { v7 as uuidv7 } from 'uuid';
import { credentialsDestroyedEvent, exchanges, type Standing, ticketEvent } from '#contracts';
import { append } from '#outbox';
import { rows, send, type Sql } from '#postgres';
import { GrowingChain } from '../../apps/credentials/src/domain/growing-chain.js';
import { growing, lockedHeads } from '../../apps/credentials/src/persistence/access-log.js';
import { batchTime } from '../../apps/credentials/src/persistence/batch-time.js';
import { deleting, endingGates, storedUnder } from '../../apps/credentials/src/persistence/ends.js';
import { lockedGates } from '../../apps/credentials/src/persistence/gates.js';
import { receiptOf, recording } from '../../apps/credentials/src/persistence/receipts.js';
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
  const { ticketId, phase, status } = standing;
  await send(tx, lockedGates([ticketId], 'wait'));
  const [head] = await send(tx, lockedHeads([ticketId], 'wait'));
  const [clock] = await send(tx, batchTime('wait'));
  if (head === undefined || clock === undefined)
    throw new Error('the benchmark ends tickets that were shared under');
  const destroyed = await send(tx, storedUnder([ticketId]));
  const facts = { ticketId, phase, reason, triggerId: uuidv7() } as const;
  const credentialIds = destroyed.map(({ id }) => id);
  const chain = new GrowingChain(ticketId, head, clock.at);
  const entry = { actorId: null, actorRole: 'system', action: 'destroy', reason };
  chain.add(credentialIds.map((id) => ({ ...entry, outcome: 'done', credentialId: id })));
  const receipt = receiptOf({ ...facts, destroyed, head: chain.head });
  await send(tx, deleting(destroyed));
  for (const written of [...growing([chain]), recording([receipt])]) await send(tx, written);
  await append(tx, exchanges.credential, [
    credentialsDestroyedEvent(
      { ticketId, phase, reason, credentialIds, receiptId: receipt.id },
      clock.at,
    ),
  ]);
  await send(tx, endingGates([{ ticketId, phase, status }]));
}
