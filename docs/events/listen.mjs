/**
 * Prints every event:
 * `RABBITMQ_URL=amqp://user:password@host node docs/events/listen.mjs`. The shape
 * of a consumer to begin with.
 */
import { connect } from 'amqplib';

// A name of your own, with a version: the arguments of a declared queue cannot change.
const queue = 'listener.events.v1';
const exchanges = ['ticket.events', 'credential.events'];

const connection = await connect(process.env.RABBITMQ_URL);
const channel = await connection.createChannel();
// Whatever takes its events away ends it, for whoever keeps it running to start it again:
// it must not stay there, deaf.
for (const event of ['error', 'close'])
  connection.on(event, (error) => end(error?.message ?? 'the connection was closed'));
channel.on('error', (error) => end(error.message));

await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
for (const exchange of exchanges) {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  // '#', or the types you want, such as credentials.destroyed.
  await channel.bindQueue(queue, exchange, '#');
}
await channel.prefetch(10);
await channel.consume(queue, (message) => {
  if (message === null) return end('the queue is gone'); // deleted, or moved to another node
  const event = JSON.parse(message.content.toString());
  // Your work; what event.id names may come again.
  console.log(event.type, event.subject, JSON.stringify(event.data));
  channel.ack(message); // when it is done, not before
});

function end(reason) {
  console.error(reason);
  process.exit(1);
}
