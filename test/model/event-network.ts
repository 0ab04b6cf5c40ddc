import { randomUUID } from 'node:crypto';
import { type TicketStatus } from '#contracts';
import { type Outcome, RabbitContext } from '#messaging';
import { TicketEventsController } from '../../apps/credentials/src/messaging/ticket-events.controller.js';
import { HelpdeskEventsController } from '../../apps/tickets/src/messaging/helpdesk-events.controller.js';
import { home, type Stage } from './stage.js';

/** An event between the services. It is kept after its delivery, to be repeated. */
export interface Delivery {
  readonly ticketId: string;
  /** What another home says; undefined in an event of `tickets`. */
  readonly fromHome: { readonly version: number; readonly status: TicketStatus } | undefined;
  readonly deliver: () => Promise<Outcome>;
  delivered: boolean;
}

/** In the place of relay and broker: delivers events in any order, and repeatedly. */
export class EventNetwork {
  readonly deliveries: Delivery[] = [];

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
      const deliver = () => consumer.handle(payload);
      this.deliveries.push({
        ticketId: payload.data.ticketId,
        fromHome: undefined,
        deliver,
        delivered: false,
      });
    }
  }

  /** Publishes an event of another home. */
  publishFromHome(ticketId: string, version: number, status: TicketStatus): void {
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
    const deliver = () => consumer.statusChanged(event, new RabbitContext(delivery));
    this.deliveries.push({ ticketId, fromHome: { version, status }, deliver, delivered: false });
  }
}
