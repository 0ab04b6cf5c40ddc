import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { done, EventOf, RabbitTransport, type RabbitTransportOptions, reject } from '#messaging';

const queue = 'invoices.orders.v1';
/** A table in a service: an insert that ignores a known id makes repeats harmless. */
export const invoices = new Map<unknown, number>();
/** Nothing of it is checked before the handler. */
type OrderPlaced = { subject?: unknown; data?: { total?: unknown } | null } | null;

@Controller()
class OrdersController {
  @EventOf(queue, 'order.placed')
  placed(event: OrderPlaced) {
    if (typeof event?.data?.total !== 'number') return reject('data.total is no number');
    invoices.set(event.subject, event.data.total);
    return done();
  }
}

@Module({ controllers: [OrdersController] })
class InvoicesModule {}

export async function startInvoices(given: Pick<RabbitTransportOptions, 'connection' | 'log'>) {
  const bindings = [{ exchange: 'orders', keys: ['order.*'] }];
  const strategy = new RabbitTransport({ ...given, queue, bindings });
  const app = await NestFactory.createMicroservice(InvoicesModule, { strategy, logger: false });
  await app.listen();
  return app;
}
