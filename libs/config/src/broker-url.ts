import { unescape } from 'node:querystring';
import { type EnvironmentReader } from './environment-reader.js';

/** RabbitMQ's default user and password, which clients also use when given none. */
const delivered = 'guest';

/** `RABBITMQ_URL`; in production the default password is refused. */
export function readBrokerUrl(read: EnvironmentReader): string {
  const url = read.secretUrl('RABBITMQ_URL', ['amqp:', 'amqps:']);
  if (read.optional('NODE_ENV') !== 'production') return url;
  if (URL.canParse(url) && ['', delivered].includes(unescape(new URL(url).password)))
    read.fault(
      'RABBITMQ_URL',
      'must not have the password that RabbitMQ is delivered with, or none, with ' +
        'NODE_ENV=production',
      undefined,
    );
  return url;
}
