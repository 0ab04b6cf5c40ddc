import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { InvalidEventError, isEnded, parseTicketEvent, type TicketEvent } from '#contracts';
import { done, type Outcome, reject, retry, unavailable } from '#messaging';
import { isDatabaseUnavailable, UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { applyAnswer, applyEvent } from '../commands/apply-standing/apply-standing.js';
import { DestructionFailures } from '../commands/apply-standing/destruction-failures.js';
import { AccessByStanding } from '../standing/access-by-standing.js';
import { StandingBook } from '../standing/standing-book.js';

/** Consumes `ticket.events`: destroys on an end, and asks for the truth on anything else that is news. Acknowledged after the commit. */
@Controller()
export class TicketEventsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: AccessByStanding,
    private readonly book: StandingBook,
    private readonly failures: DestructionFailures,
  ) {}

  @EventPattern('ticket.status.changed')
  statusChanged(@Payload() payload: unknown): Promise<Outcome> {
    return this.handle(payload);
  }

  @EventPattern('ticket.assigned')
  assigned(@Payload() payload: unknown): Promise<Outcome> {
    return this.handle(payload);
  }

  @EventPattern('ticket.created')
  created(@Payload() payload: unknown): Promise<Outcome> {
    return this.handle(payload);
  }

  private async handle(payload: unknown): Promise<Outcome> {
    let event: TicketEvent;
    try {
      event = parseTicketEvent(payload);
    } catch (error) {
      return reject(error instanceof InvalidEventError ? error.message : 'not a ticket event');
    }
    try {
      await this.apply(event);
      return done();
    } catch (error) {
      if (isDatabaseUnavailable(error)) return unavailable('the database cannot be reached');
      if (isEnded(event.data.status) && !(error instanceof Problem)) this.failures.count('event', event.data.ticketId, error);
      return retry(error instanceof Problem ? error.code : 'the event could not be applied');
    }
  }

  private async apply(event: TicketEvent): Promise<void> {
    const { ticketId } = event.data;
    this.book.forget(ticketId);
    const meaning = await this.unitOfWork.run((tx) => applyEvent(tx, event));
    if (meaning === 'done') return;
    const truth = await this.access.truth(ticketId);
    const applied = await this.unitOfWork.run((tx) => applyAnswer(tx, truth, { triggerId: event.id, reason: 'ticket-ended' }));
    if (applied?.merge === 'regressed') throw new Problem('standing-unknown');
  }
}
