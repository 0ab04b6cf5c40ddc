import { type EntityManager } from 'typeorm';
import { rows, type Sql } from '#postgres';
import { type Ticket } from '../domain/ticket.js';
import { TicketEntity } from './ticket.entity.js';
import { toRow, toTicket } from './ticket-mapping.js';

export async function findTicket(manager: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await manager.findOneBy(TicketEntity, { id });
  return row === null ? undefined : toTicket(row);
}

/**
 * Like {@link findTicket}, and locks the ticket against changes until the transaction ends. Replies, which refer to its key, can still be
 * added.
 */
export async function lockTicket(tx: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await tx.findOne(TicketEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  return row === null ? undefined : toTicket(row);
}

export async function insertTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  await tx.insert(TicketEntity, toRow(ticket));
}

/** @returns false, and changes nothing, if the ticket exists; waits for a transaction that is inserting it */
export async function insertUnlessKnown(tx: EntityManager, ticket: Ticket): Promise<boolean> {
  const insert = tx.createQueryBuilder().insert().into(TicketEntity).values(toRow(ticket)).orIgnore().returning('id');
  const { raw } = (await insert.execute()) as { raw: unknown[] };
  return raw.length > 0;
}

/** Writes the mutable fields of a ticket; needs the lock of {@link lockTicket}. */
export async function updateTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  const { id, status, version, phase, subject, requesterId, requesterName, assigneeId, assigneeName, updatedAt } = toRow(ticket);
  const people = { requesterId, requesterName, assigneeId, assigneeName };
  await tx.update(TicketEntity, { id }, { status, version, phase, subject, ...people, updatedAt });
}

/** The tickets by id; unknown ones are left out. */
export async function readPhases(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Pick<Ticket, 'version' | 'phase'>>> {
  const found = await rows<Pick<Ticket, 'id' | 'version' | 'phase'>>(sql, 'SELECT id, version, phase FROM ticket WHERE id = ANY($1)', [
    ids,
  ]);
  return new Map(found.map((ticket) => [ticket.id, ticket]));
}
