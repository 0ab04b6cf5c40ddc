import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerOf, serviceRoleOf } from '../stack/postgres/databases.js';
import { brokerDefinitions, type BrokerUser, brokerUsers } from '../stack/rabbitmq/definitions.js';

/**
 * First step of `docker compose up`: makes every password of the system, once, in a
 * volume that only its containers see. Each service reads its own by NAME_FILE, so no
 * password stands in an image, in the compose file or in an environment.
 */
const folder = process.argv[2] ?? '/secrets';
const password = (): string => randomBytes(24).toString('base64url');
/**
 * The user in our own images. PostgreSQL and RabbitMQ start as root, read their secrets
 * and then change to another user.
 */
const node = 1000;

function write(file: string, content: string, mode = 0o400): void {
  const path = join(folder, file);
  writeFileSync(path, content, { mode });
  chownSync(path, node, node);
}

function databaseUrls(database: string): void {
  for (const [kind, role] of [
    ['migration-database-url', ownerOf(database)],
    ['database-url', serviceRoleOf(database)],
  ] as const) {
    write(`${database}-${kind}`, `postgres://${role}:${password()}@postgres:5432/${database}`);
  }
}

function broker(): void {
  const passwords = Object.fromEntries(brokerUsers.map((user) => [user, password()])) as Record<
    BrokerUser,
    string
  >;
  for (const user of brokerUsers)
    write(`rabbitmq-url-${user}`, `amqp://${user}:${passwords[user]}@rabbitmq:5672/`);
  // Hashes only, and RabbitMQ reads it as its own user.
  write('rabbitmq-definitions.json', brokerDefinitions(passwords), 0o444);
}

if (!existsSync(join(folder, 'complete'))) {
  mkdirSync(folder, { recursive: true });
  write('postgres-password', password());
  ['tickets', 'credentials'].forEach(databaseUrls);
  broker();
  write('complete', '');
}
