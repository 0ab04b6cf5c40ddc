import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import {
  InvalidEventError,
  isEnded,
  parseTicketEvent,
  queues,
  type TicketEvent,
  ticketEventTypes,
} from '#contracts';
import { done, EventOf, type Outcome, reject, retry, unavailable } from '#messaging';
import { isDatabaseAway } from '#postgres';
import { Problem } from '#problem';
import { Log } from '#telemetry';
import { ApplyBatch } from '../commands/apply-batch.js';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { AccessByStanding } from '../standing/access-by-standing.js';
import { StandingCache } from '../standing/standing-cache.js';

/**
 * Consumes `ticket.events`: destroys on an end, and asks `tickets` on any other change.
 * Acknowledged after the commit.
 */
@Controller()
export class TicketEventsController {
  constructor(
    private readonly batch: ApplyBatch,
    private readonly access: AccessByStanding,
    private readonly standings: StandingCache,
    private readonly failures: DestructionFailures,
    private readonly log: Log,
  ) {}

  @EventOf(queues.credentialsTicketEvents, ...ticketEventTypes)
  async handle(@Payload() payload: unknown): Promise<Outcome> {
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
      if (isDatabaseAway(error)) return unavailable('the database cannot be reached');
      // The code that asked `tickets` has logged or counted why it has no answer.
      if (error instanceof Problem) return retry(error.code);
      this.report(event, error);
      return retry('the event could not be applied');
    }
  }

  private report({ id, type, data: { ticketId, status } }: TicketEvent, error: unknown): void {
    if (type === 'ticket.status.changed' && isEnded(status))
      this.failures.count('event', ticketId, error);
    else
      this.log.error('ticket event not applied', { eventId: id, eventType: type, ticketId, error });
  }

  private async apply(event: TicketEvent): Promise<void> {
    const { ticketId } = event.data;
    this.standings.forget(ticketId);
    const heard = await this.batch.event(event);
    if (heard.merge !== 'ask') return;
    const answer = await this.access.latest(ticketId);
    const cause = { triggerId: event.id, reason: 'ticket-ended' } as const;
    const applied = await this.batch.answer(answer, cause);
    if (applied.merge === 'regressed') throw new Problem('standing-unknown');
  }
}
