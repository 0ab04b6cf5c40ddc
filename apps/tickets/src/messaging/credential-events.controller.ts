import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { InvalidEventError, queues } from '#contracts';
import { done, EventOf, type Outcome, RabbitContext, reject, retry, unavailable } from '#messaging';
import { isDatabaseAway } from '#postgres';
import { Log } from '#telemetry';
import { RememberDestroyed } from '../commands/remember-destroyed.js';

/**
 * Consumes `credential.events`: remembers what was destroyed, should a restore bring it
 * back. Acknowledged after the commit.
 */
@Controller()
export class CredentialEventsController {
  constructor(
    private readonly rememberDestroyed: RememberDestroyed,
    private readonly log: Log,
  ) {}

  @EventOf(queues.ticketsCredentialEvents, 'credentials.destroyed')
  async destroyed(
    @Payload() document: unknown,
    @Ctx() { messageId = '' }: RabbitContext,
  ): Promise<Outcome> {
    try {
      await this.rememberDestroyed.execute(document);
      return done();
    } catch (error) {
      if (error instanceof InvalidEventError) return reject(error.message);
      if (isDatabaseAway(error)) return unavailable('the database cannot be reached');
      this.log.error('destruction not remembered', { error, eventId: messageId });
      return retry('the event could not be applied');
    }
  }
}
