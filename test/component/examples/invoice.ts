import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  type BrokerConnection,
  done,
  EventOf,
  type MessagingLog,
  type Outcome,
  RabbitTransport,
  reject,
} from '#messaging';

const queue = 'invoices.orders.v1';

/**
 * A stand-in for the table of a service; an insert that ignores an id it has
 * makes repeats harmless there.
 */
export const invoices = new Map<string, number>();

@Controller()
class OrdersController {
  @EventOf(queue, 'order.placed')
  placed(event: unknown): Outcome {
    if (!isOrder(event)) return reject('data.total is no number');
    invoices.set(event.subject, event.data.total);
    return done();
  }
}

@Module({ controllers: [OrdersController] })
class InvoicesModule {}

interface Order {
  readonly subject: string;
  readonly data: { readonly total: number };
}
const isOrder = (event: unknown): event is Order =>
  typeof (event as Partial<Order> | null)?.data?.total === 'number';

/** `close()` it before the connection. */
export async function startInvoices(
  connection: BrokerConnection,
  log: MessagingLog,
): Promise<INestMicroservice> {
  const bindings = [{ exchange: 'orders', keys: ['order.*'] }];
  const strategy = new RabbitTransport({ connection, queue, bindings, log });
  const app = await NestFactory.createMicroservice(InvoicesModule, { strategy, logger: false });
  await app.listen();
  return app;
}
