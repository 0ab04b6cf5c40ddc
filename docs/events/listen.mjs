/** Prints every event: `RABBITMQ_URL=amqp://user:password@host node docs/events/listen.mjs`. The shape of a consumer to begin with. */
import { connect } from 'amqplib';

const queue = 'listener.events.v1'; // a name of your own, with a version: the arguments of a declared queue cannot change
const exchanges = ['ticket.events', 'credential.events'];

const connection = await connect(process.env.RABBITMQ_URL);
const channel = await connection.createChannel();
await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
for (const exchange of exchanges) {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await channel.bindQueue(queue, exchange, '#'); // or the types you want, such as credentials.destroyed
}
await channel.prefetch(10);
await channel.consume(queue, (message) => {
  if (message === null) return; // the queue was deleted
  const event = JSON.parse(message.content.toString());
  console.log(event.type, event.subject, JSON.stringify(event.data)); // your work; what event.id names may come again
  channel.ack(message); // when it is done, not before
});
