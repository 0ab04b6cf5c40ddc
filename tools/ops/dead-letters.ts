import { main, verb } from '#command-line';
import { readEnvironment } from '#config';
import { queues } from '#contracts';
import { BrokerConnection, deadQueue } from '#messaging';

/** `npm run dead-letters`: what the consumers could not get done. */
await main({
  name: 'dead-letters',
  summary: 'Dead letters: messages that a consumer could not get done, kept with their reason.',
  verbs: {
    count: verb({
      summary: 'How many there are, by queue.',
      run: async ({ print }) => {
        const url = readEnvironment(process.env, (read) => read.secretUrl('RABBITMQ_URL', ['amqp:', 'amqps:']));
        const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
        const connection = new BrokerConnection({ url, name: 'dead-letters', log });
        connection.start();
        while (connection.state === 'down') await new Promise((resolve) => setTimeout(resolve, 50));
        for (const queue of Object.values(queues)) print(`${deadQueue(queue)} ${(await connection.depth(deadQueue(queue))) ?? 'none yet'}`);
        await connection.close();
      },
    }),
  },
});
