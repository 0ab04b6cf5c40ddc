import { type EntityManager } from 'typeorm';
import { onPrimary, rows, type Sql } from '#postgres';
import { type StoredTicket, type Ticket } from '../domain/ticket.js';
import { timeOfChange, timeOfInsert } from './database-time.js';
import { TicketEntity } from './ticket.entity.js';
import { ticketColumns, type TicketRow, toRow, toTicket } from './ticket-mapping.js';

/**
 * By id; unknown ones are left out. From the primary, since they decide access. One
 * statement for any number of them.
 */
export async function findTickets(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredTicket>> {
  const statement = `SELECT ${ticketColumns}
    FROM ticket
    WHERE id = ANY($1)
      AND ${onPrimary('ticket')}`;
  const found = (await rows<TicketRow>(sql, statement, [ids])).map(toTicket);
  return new Map(found.map((ticket) => [ticket.id, ticket]));
}

/**
 * The ticket, locked against changes until the transaction
 * ends. Replies, which refer to its key, can still be added.
 */
export async function lockTicket(tx: EntityManager, id: string): Promise<StoredTicket | undefined> {
  const row = await tx.findOne(TicketEntity, {
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  return row === null ? undefined : toTicket(row);
}

/** @returns it as it is stored */
export const insertTicket = async (tx: EntityManager, ticket: Ticket): Promise<StoredTicket> =>
  requireStored(withTimes(ticket, await insertion(tx, ticket).execute()));

/**
 * @returns it as it is stored; undefined, and changes nothing, if the ticket exists.
 *   Waits for a transaction that is inserting it
 */
export const insertUnlessKnown = async (
  tx: EntityManager,
  ticket: Ticket,
): Promise<StoredTicket | undefined> =>
  withTimes(ticket, await insertion(tx, ticket).orIgnore().execute());

const times = ['createdAt', 'updatedAt'];

const insertion = (tx: EntityManager, ticket: Ticket) =>
  tx
    .createQueryBuilder()
    .insert()
    .into(TicketEntity)
    .values({ ...toRow(ticket), createdAt: timeOfInsert, updatedAt: timeOfInsert })
    .returning(times);

/**
 * Writes the mutable fields of a ticket and the time; needs the
 * lock of {@link lockTicket}.
 * @returns it as it is stored
 */
export async function updateTicket(tx: EntityManager, ticket: Ticket): Promise<StoredTicket> {
  const {
    id,
    status,
    version,
    phase,
    subject,
    requesterId,
    requesterName,
    assigneeId,
    assigneeName,
    doubted,
  } = toRow(ticket);
  const people = { requesterId, requesterName, assigneeId, assigneeName };
  const fields = { status, version, phase, subject, ...people, doubted, updatedAt: timeOfChange };
  const update = tx
    .createQueryBuilder()
    .update(TicketEntity)
    .set(fields)
    .where({ id })
    .returning(times);
  return requireStored(withTimes(ticket, await update.execute()));
}

/**
 * @param written what a statement that returns the times gave; no row where it wrote none
 */
function withTimes(ticket: Ticket, written: { readonly raw: unknown }): StoredTicket | undefined {
  const [row] = written.raw as { created_at: Date; updated_at: Date }[];
  return row && { ...ticket, createdAt: row.created_at, updatedAt: row.updated_at };
}

function requireStored(ticket: StoredTicket | undefined): StoredTicket {
  if (ticket === undefined) throw new Error('a ticket was deleted, which none ever is');
  return ticket;
}

/** The tickets by id; unknown ones are left out. */
export async function readPhases(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<Ticket, 'version' | 'phase'>>> {
  const statement = `SELECT id, version, phase
    FROM ticket
    WHERE id = ANY($1)
      AND ${onPrimary('ticket')}`;
  const found = await rows<Pick<Ticket, 'id' | 'version' | 'phase'>>(sql, statement, [ids]);
  return new Map(found.map((ticket) => [ticket.id, ticket]));
}
