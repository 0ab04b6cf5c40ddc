import { expect, it } from '@jest/globals';
import { withBroker } from './broker.js';

it('the command does not use the default password in production, as the services do not', async () => {
  const environment = { RABBITMQ_URL: 'amqp://guest:guest@127.0.0.1:1', NODE_ENV: 'production' };
  const act = withBroker(environment, () => Promise.resolve());
  await expect(act).rejects.toThrow(
    'RABBITMQ_URL must not have the password that RabbitMQ is delivered with',
  );
});
