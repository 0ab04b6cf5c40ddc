import { exchanges } from '#contracts';
import { BrokerConnection, BrokerUnavailableError, ConfirmedPublisher } from '#messaging';
import { type Log } from '#telemetry';
import { type Broker } from './broker.js';

/** Publishes to `ticket.events`, mandatory: an event that no queue takes has not been told to anybody, so the outbox keeps it. */
export function rabbitBroker(url: string, log: Log): Broker {
  const connection = new BrokerConnection({ url, name: 'tickets', log });
  const publisher = new ConfirmedPublisher(connection, { exchange: exchanges.ticket, mandatory: true });
  return {
    start: () => {
      connection.start();
    },
    publish: (message) => publisher.publish(message),
    demandUp: () => {
      if (connection.state === 'down') throw new BrokerUnavailableError();
    },
    close: async () => {
      await publisher.close();
      await connection.close();
    },
  };
}
