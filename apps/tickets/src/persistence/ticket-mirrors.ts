import { type EntityManager } from 'typeorm';
import { type Mirrored } from '../domain/mirror.js';
import { type Positions, noPositions } from '../domain/positions.js';
import { readDoubt, writeDoubt } from './doubts.js';
import { TicketMirrorEntity } from './ticket-mirror.entity.js';

type Mirror = Omit<Mirrored, 'ticket'>;

/** Needs the lock of `lockTicket`, which every writer of it holds. */
export const readMirror = async (tx: EntityManager, ticketId: string): Promise<Mirror> => ({
  positions: await readPositions(tx, ticketId),
  doubt: await readDoubt(tx, ticketId),
});

/** What is new of it. Needs the lock of `lockTicket`, or the ticket's own insertion. */
export async function writeMirror(
  tx: EntityManager,
  ticketId: string,
  known: Mirror | undefined,
  { positions, doubt }: Mirror,
): Promise<void> {
  if (positions !== known?.positions) await writePositions(tx, ticketId, positions);
  if (doubt !== undefined && doubt !== known?.doubt) await writeDoubt(tx, ticketId, doubt);
}

async function readPositions(tx: EntityManager, ticketId: string): Promise<Positions> {
  const row = await tx.findOneBy(TicketMirrorEntity, { ticketId });
  if (row === null) return noPositions;
  const { status, requester, assignee, subject, end } = row;
  return { status, requester, assignee, subject, end };
}

async function writePositions(
  tx: EntityManager,
  ticketId: string,
  positions: Positions,
): Promise<void> {
  await tx.upsert(TicketMirrorEntity, { ticketId, ...positions }, ['ticketId']);
}
