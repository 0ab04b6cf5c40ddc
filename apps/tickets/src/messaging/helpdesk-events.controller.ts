import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { helpdeskEventType, queues } from '#contracts';
import {
  anyType,
  done,
  EventOf,
  type Outcome,
  RabbitContext,
  reject,
  retry,
  unavailable,
} from '#messaging';
import { isDatabaseAway } from '#postgres';
import { Log } from '#telemetry';
import { MirrorTicket } from '../commands/mirror-ticket.js';
import { isRefusal } from '../domain/refused-event.js';

/**
 * Consumes `helpdesk.events`: what other homes say of their tickets.
 * Acknowledged after the commit.
 */
@Controller()
export class HelpdeskEventsController {
  constructor(
    private readonly mirrorTicket: MirrorTicket,
    private readonly log: Log,
  ) {}

  @EventOf(queues.ticketsHelpdeskEvents, helpdeskEventType)
  statusChanged(@Payload() document: unknown, @Ctx() context: RabbitContext): Promise<Outcome> {
    return this.outcomeOf(context, () =>
      this.mirrorTicket.execute({ document, userId: context.userId }),
    );
  }

  /**
   * Nobody else listens: with a typing error in its routing key, an end would be
   * confirmed to its home, and lost.
   */
  @EventOf(queues.ticketsHelpdeskEvents, anyType)
  byAnotherKey(@Payload() document: unknown, @Ctx() context: RabbitContext): Promise<Outcome> {
    const reason = `its routing key is none of: ${helpdeskEventType}`;
    return this.outcomeOf(context, () =>
      this.mirrorTicket.refuse({ document, userId: context.userId }, reason),
    );
  }

  private async outcomeOf(
    { messageId = '' }: RabbitContext,
    work: () => Promise<void>,
  ): Promise<Outcome> {
    try {
      await work();
      return done();
    } catch (error) {
      if (isRefusal(error)) return reject(error.message);
      if (isDatabaseAway(error)) return unavailable('the database cannot be reached');
      this.log.error('event of another home not applied', { error, eventId: messageId });
      return retry('the event could not be applied');
    }
  }
}
