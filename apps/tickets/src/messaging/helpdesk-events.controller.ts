import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { helpdeskEventType, queues } from '#contracts';
import { done, EventOf, type Outcome, RabbitContext, reject, retry, unavailable } from '#messaging';
import { isDatabaseAway } from '#postgres';
import { Log } from '#telemetry';
import { MirrorTicketHandler } from '../commands/mirror-ticket/mirror-ticket.handler.js';
import { isRefusal } from '../domain/refused-event.js';

/** Consumes `helpdesk.events`: what other homes say of their tickets. Acknowledged after the commit. */
@Controller()
export class HelpdeskEventsController {
  constructor(
    private readonly mirrorTicket: MirrorTicketHandler,
    private readonly log: Log,
  ) {}

  @EventOf(queues.ticketsHelpdeskEvents, helpdeskEventType)
  async statusChanged(@Payload() payload: unknown, @Ctx() { userId, messageId = '' }: RabbitContext): Promise<Outcome> {
    try {
      await this.mirrorTicket.execute({ document: payload, userId });
      return done();
    } catch (error) {
      if (isRefusal(error)) return reject(error.message);
      if (isDatabaseAway(error)) return unavailable('the database cannot be reached');
      this.log.error('event of another home not applied', { error, eventId: messageId });
      return retry('the event could not be applied');
    }
  }
}
