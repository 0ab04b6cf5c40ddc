import { randomUUID } from 'node:crypto';
import { type TicketStatus } from '#contracts';
import { type Outcome, RabbitContext } from '#messaging';
import { TicketEventsController } from '../../apps/credentials/src/messaging/ticket-events.controller.js';
import { HelpdeskEventsController } from '../../apps/tickets/src/messaging/helpdesk-events.controller.js';
import { home, type Stage } from './stage.js';

/** An event on its way. It is kept when it has arrived, since it may come again. */
export interface Letter {
  readonly ticketId: string;
  /** What another home says; undefined in an event of `tickets`. */
  readonly said: { readonly version: number; readonly status: TicketStatus } | undefined;
  readonly bring: () => Promise<Outcome>;
  arrived: boolean;
}

/**
 * All that lies between the services: it brings events when it is told to, in any
 * order, as often as it likes.
 */
export class Post {
  readonly letters: Letter[] = [];

  constructor(private readonly stage: Stage) {}

  /** Takes what `tickets` has written to its outbox, as the relay would. */
  async collect(): Promise<void> {
    const statement = 'DELETE FROM outbox RETURNING seq::int, payload';
    const written = await this.stage.databases.tickets.query<{
      seq: number;
      payload: any;
    }>(statement);
    const consumer = this.stage.services.credentials.app.get(TicketEventsController);
    for (const { payload } of written.sort((one, other) => one.seq - other.seq)) {
      const bring = () => consumer.handle(payload);
      this.letters.push({
        ticketId: payload.data.ticketId,
        said: undefined,
        bring,
        arrived: false,
      });
    }
  }

  /** Another home writes. */
  say(ticketId: string, version: number, status: TicketStatus): void {
    const data = { ticketId, version, status, requesterId: 'customer-1', assigneeId: 'agent-1' };
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: home.source,
      type: 'ticket.status.changed',
      data,
    };
    const delivery = {
      messageId: event.id,
      type: event.type,
      attempt: 1,
      redelivered: false,
      headers: {},
      userId: undefined,
    };
    const consumer = this.stage.services.tickets.app.get(HelpdeskEventsController);
    const bring = () => consumer.statusChanged(event, new RabbitContext(delivery));
    this.letters.push({ ticketId, said: { version, status }, bring, arrived: false });
  }
}
