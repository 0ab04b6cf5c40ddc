import { type EntityManager } from 'typeorm';
import {
  exchanges,
  type HelpdeskEvent,
  type HelpdeskOrigin,
  parseHelpdeskEvent,
  readHelpdeskOrigin,
} from '#contracts';
import { append } from '#outbox';
import { isDatabaseAway, readClock, type UnitOfWork } from '#postgres';
import { EventTimes } from '../domain/event-times.js';
import { createdEvent } from '../domain/events.js';
import { type Homes } from '../domain/homes.js';
import { createFromEvent, merge, type Mirrored, recall } from '../domain/mirror.js';
import { isRefusal, RefusedEventError } from '../domain/refused-event.js';
import { lockEarlyDoubt, takeEarlyDoubt } from '../persistence/early-doubts.js';
import { readMirror, writeMirror } from '../persistence/ticket-mirrors.js';
import { insertUnlessKnown, lockTicket } from '../persistence/tickets.js';
import { type DoubtTicket } from './doubt-ticket.js';
import { recordChange } from './record-change.js';

interface MirrorTicketInput {
  /** A CloudEvent, as it was received: what its words mean is known of its home alone. */
  readonly document: unknown;
  /**
   * The publisher's user, verified by the broker; undefined if the publisher named none.
   */
  readonly userId: string | undefined;
}

export class MirrorTicket {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly homes: Homes,
    private readonly times: EventTimes,
    private readonly doubtTicket: DoubtTicket,
  ) {}

  /**
   * Merges an event of its home into the mirrored ticket. An event without news changes
   * nothing. One that its home may send, but that is not understood, or cannot be
   * applied, puts the ticket in doubt, which is committed when this throws: it may be an
   * end. Where it is applied later, that settles the doubt.
   * @throws InvalidEventError, RefusedEventError
   */
  async execute({ document, userId }: MirrorTicketInput): Promise<void> {
    const origin = readHelpdeskOrigin(document);
    const { statuses } = this.homes.requireTrustedSource(origin, userId);
    try {
      await this.mirror(parseHelpdeskEvent(document, statuses));
    } catch (error) {
      if (!isDatabaseAway(error))
        await this.doubtTicket.execute({ origin, document, reason: reasonOf(error) });
      throw error;
    }
  }

  /**
   * It came in a way in which its home says nothing, but may be about a
   * ticket that its home speaks of.
   * @throws RefusedEventError always; what its home may say has put
   *   the ticket in doubt before
   */
  async refuse({ document, userId }: MirrorTicketInput, reason: string): Promise<never> {
    const origin = this.trustedOrigin(document, userId);
    if (origin !== undefined) await this.doubtTicket.execute({ origin, document, reason });
    throw new RefusedEventError(reason);
  }

  private trustedOrigin(document: unknown, userId: string | undefined): HelpdeskOrigin | undefined {
    try {
      const origin = readHelpdeskOrigin(document);
      this.homes.requireTrustedSource(origin, userId);
      return origin;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  private mirror(event: HelpdeskEvent): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      if (EventTimes.isOrderOf(event)) this.times.requireNotAhead(event, await readClock(tx));
      if (!(await insertIfNew(tx, event))) await mergeInto(tx, event);
    });
  }
}

const reasonOf = (error: unknown): string =>
  isRefusal(error) ? error.message : 'it was understood, but could not be applied';

/**
 * @returns false if the ticket is known already, and committed: of two simultaneous first
 *   events, one waits for the other
 */
async function insertIfNew(tx: EntityManager, event: HelpdeskEvent): Promise<boolean> {
  const { ticket, ...mirror } = createFromEvent(event);
  const stored = await insertUnlessKnown(tx, ticket);
  if (stored === undefined) return false;
  await writeMirror(tx, ticket.id, undefined, mirror);
  await append(tx, exchanges.ticket, [createdEvent(stored, undefined)]);
  await recallDoubt(tx, { ticket: stored, ...mirror }, event);
  return true;
}

/**
 * Events are handled at the same time, and tried again: a later one, that was not
 * understood, may have been here before.
 */
async function recallDoubt(
  tx: EntityManager,
  known: Mirrored,
  event: HelpdeskEvent,
): Promise<void> {
  await lockEarlyDoubt(tx, event.ticketId);
  const early = await takeEarlyDoubt(tx, event.ticketId);
  if (early === undefined) return;
  const change = recall(known, early, event);
  await writeMirror(tx, event.ticketId, known, change);
  if (change.ticket !== known.ticket) await recordChange(tx, change, undefined);
}

async function mergeInto(tx: EntityManager, event: HelpdeskEvent): Promise<void> {
  const ticket = await lockTicket(tx, event.ticketId);
  if (ticket === undefined) throw new Error('a ticket was deleted, which none ever is');
  const known = { ticket, ...(await readMirror(tx, ticket.id)) };
  const change = merge(known, event);
  await writeMirror(tx, ticket.id, known, change);
  if (change.ticket !== ticket) await recordChange(tx, change, undefined);
}
