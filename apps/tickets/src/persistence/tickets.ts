import { type EntityManager } from 'typeorm';
import { rows, type Sql } from '#postgres';
import { type Ticket } from '../domain/ticket.js';
import { TicketEntity } from './ticket.entity.js';
import { toRow, toTicket } from './ticket-mapping.js';

export async function findTicket(manager: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await manager.findOneBy(TicketEntity, { id });
  return row === null ? undefined : toTicket(row);
}

/** Like {@link findTicket}, and nobody else changes it until the transaction ends. Replies, which refer to its key, still come in. */
export async function lockTicket(tx: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await tx.findOne(TicketEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  return row === null ? undefined : toTicket(row);
}

export async function insertTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  await tx.insert(TicketEntity, toRow(ticket));
}

/** @returns false, and changes nothing, where the ticket is known already; waits for whoever is making it known at the moment */
export async function insertUnlessKnown(tx: EntityManager, ticket: Ticket): Promise<boolean> {
  const insert = tx.createQueryBuilder().insert().into(TicketEntity).values(toRow(ticket)).orIgnore().returning('id');
  const { raw } = (await insert.execute()) as { raw: unknown[] };
  return raw.length > 0;
}

/** Writes what may ever change of a ticket; needs the lock of {@link lockTicket}. */
export async function updateTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  const { id, status, version, phase, subject, requesterId, requesterName, assigneeId, assigneeName, updatedAt } = toRow(ticket);
  const people = { requesterId, requesterName, assigneeId, assigneeName };
  await tx.update(TicketEntity, { id }, { status, version, phase, subject, ...people, updatedAt });
}

/** Where tickets are, by id; those that are not known are left out. */
export async function readPhases(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Pick<Ticket, 'version' | 'phase'>>> {
  const found = await rows<Pick<Ticket, 'id' | 'version' | 'phase'>>(sql, 'SELECT id, version, phase FROM ticket WHERE id = ANY($1)', [
    ids,
  ]);
  return new Map(found.map((ticket) => [ticket.id, ticket]));
}
