import { type EntityManager } from 'typeorm';
import {
  type HelpdeskOrder,
  type HelpdeskOrigin,
  InvalidEventError,
  readHelpdeskOrder,
} from '#contracts';
import { readClock, type UnitOfWork } from '#postgres';
import { type Log } from '#telemetry';
import { EventTimes } from '../domain/event-times.js';
import { doubtBy, type NotUnderstood } from '../domain/doubt.js';
import { doubtOf } from '../domain/mirror.js';
import { type Position, positionOf } from '../domain/position.js';
import { type StoredTicket } from '../domain/ticket.js';
import { keepEarlyDoubt, lockEarlyDoubt, readEarlyDoubt } from '../persistence/early-doubts.js';
import { readMirror, writeMirror } from '../persistence/ticket-mirrors.js';
import { lockTicket } from '../persistence/tickets.js';
import { recordChange } from './record-change.js';

interface DoubtTicketInput {
  /** Of an event that its home may send. */
  readonly origin: HelpdeskOrigin;
  /** A CloudEvent, as it was received. */
  readonly document: unknown;
  /**
   * Why it was not understood, or not applied: the rule that it breaks, never a value.
   */
  readonly reason: string;
}

export class DoubtTicket {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly times: EventTimes,
    private readonly log: Log,
  ) {}

  /**
   * A ticket's own home has said something of it that is not understood, perhaps that it
   * has ended: the ticket is in doubt, unless something later is known of it. One that is
   * unknown here will be, once it is known.
   */
  async execute(command: DoubtTicketInput): Promise<void> {
    const { origin, reason } = command;
    if (!(await this.doubt(command))) return;
    this.log.error('ticket in doubt', {
      ticketId: origin.ticketId,
      eventId: origin.id ?? '',
      text: reason,
    });
  }

  /** @returns whether the doubt is new for the ticket */
  private doubt({ origin, document, reason }: DoubtTicketInput): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const event = { at: this.placeOf(document, await readClock(tx)), eventId: origin.id, reason };
      const ticket =
        (await lockTicket(tx, origin.ticketId)) ??
        (await keepUnlessKnown(tx, origin.ticketId, event));
      if (ticket?.home !== origin.source) return false;
      const known = { ticket, ...(await readMirror(tx, ticket.id)) };
      const change = doubtOf(known, event);
      await writeMirror(tx, ticket.id, known, change);
      if (change.ticket === ticket) return false;
      await recordChange(tx, change, undefined);
      return true;
    });
  }

  /**
   * @returns undefined where it is of no use: a time of the future would be later than
   *   everything that its home says until then
   */
  private placeOf(document: unknown, now: Date): Position | undefined {
    const order = orderOf(document);
    const at = order && positionOf(order);
    return order && EventTimes.isOrderOf(order) && this.times.isAhead(order, now) ? undefined : at;
  }
}

/** @returns the ticket if it has just become known */
async function keepUnlessKnown(
  tx: EntityManager,
  ticketId: string,
  event: NotUnderstood,
): Promise<StoredTicket | undefined> {
  await lockEarlyDoubt(tx, ticketId);
  const ticket = await lockTicket(tx, ticketId);
  if (ticket !== undefined) return ticket;
  const known = await readEarlyDoubt(tx, ticketId);
  const early = doubtBy(event, known, null);
  if (early !== undefined && early !== known) await keepEarlyDoubt(tx, ticketId, early);
  return undefined;
}

function orderOf(document: unknown): HelpdeskOrder | undefined {
  try {
    return readHelpdeskOrder(document);
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
