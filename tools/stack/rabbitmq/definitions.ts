import { createHash, randomBytes } from 'node:crypto';
import { exchanges } from '#contracts';

/**
 * Broker users; each service may write its own exchange only.
 * `operator` may do everything.
 */
export const brokerUsers = ['tickets', 'credentials', 'gateway', 'operator'] as const;
export type BrokerUser = (typeof brokerUsers)[number];

interface Permission {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

const exactly = (...names: readonly string[]): string =>
  names.map((name) => `^${name.replaceAll('.', '\\.')}$`).join('|');
const { helpdesk, ticket, ticketNews, credential } = exchanges;

/**
 * No service may publish to the default exchange: it reaches every queue, the other
 * service's too.
 */
const permissions: Record<BrokerUser, Permission> = {
  tickets: {
    configure: `^tickets\\.|${exactly(ticket, ticketNews, helpdesk, credential)}`,
    write: `^tickets\\.|${exactly(ticket, ticketNews)}`,
    read: `^tickets\\.|${exactly(helpdesk, credential)}`,
  },
  credentials: {
    configure: `^credentials\\.|${exactly(credential, ticket)}`,
    write: `^credentials\\.|${exactly(credential)}`,
    read: `^credentials\\.|${exactly(ticket)}`,
  },
  gateway: {
    configure: `^gateway\\.|^amq\\.gen|${exactly(ticketNews, credential)}`,
    write: '^gateway\\.|^amq\\.gen',
    read: `^gateway\\.|^amq\\.gen|${exactly(ticketNews, credential)}`,
  },
  operator: { configure: '.*', write: '.*', read: '.*' },
};

/**
 * RabbitMQ's definitions file, imported at every boot: it makes
 * these users, and no `guest`.
 * @param more virtual hosts beside `/`, with the same permissions
 */
export function brokerDefinitions(
  passwords: Record<BrokerUser, string>,
  more: readonly string[] = [],
): string {
  const vhosts = ['/', ...more];
  return JSON.stringify({
    users: brokerUsers.map((name) => ({
      name,
      password_hash: hashPassword(passwords[name]),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: name === 'operator' ? ['administrator'] : [],
    })),
    vhosts: vhosts.map((name) => ({ name })),
    permissions: vhosts.flatMap((vhost) =>
      brokerUsers.map((user) => ({ user, vhost, ...permissions[user] })),
    ),
  });
}

/**
 * base64(salt, SHA-256(salt, password)), salt of 4 bytes:
 * https://www.rabbitmq.com/docs/passwords#computing-password-hash
 */
function hashPassword(password: string): string {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
